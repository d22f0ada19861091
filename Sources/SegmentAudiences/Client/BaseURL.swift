// Where requests go. Invariants: HTTPS, or plain HTTP to loopback only; no user, query or fragment; the host is spelled so
// that there is no second reading of it. The token leaves the machine only inside a request to a base URL of this type.

/// The address of an API host.
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// The host name or address in lower case, without brackets.
    public let host: String
    /// The port, nil for the scheme's own.
    public let port: Int?
    /// A path in front of every endpoint, empty or `/…` without a slash at its end.
    public let prefix: String

    /// Segment's API in the United States.
    public static let unitedStates = BaseURL(scheme: "https", host: "api.segmentapis.com", port: nil, prefix: "")
    /// Segment's API in the European Union.
    public static let europe = BaseURL(scheme: "https", host: "eu1.api.segmentapis.com", port: nil, prefix: "")

    private init(scheme: String, host: String, port: Int?, prefix: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.prefix = prefix
    }

    /// Reads an address such as `https://api.segmentapis.com` or `http://127.0.0.1:8089`; the error says what is wrong.
    public init(_ text: String) throws(APIError) {
        func refuse(_ reason: String) -> APIError {
            APIError(.invalidArgument, "\"\(text)\" is no base URL: \(reason)")
        }
        guard let separator = text.firstRange(of: "://") else {
            throw refuse("it must begin with https://, or with http:// for a server on this machine")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw refuse("the scheme must be https") }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var path = String(rest.dropFirst(authority.count))
        guard !path.contains(where: { $0 == "?" || $0 == "#" }) else { throw refuse("leave off what follows the path") }
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw refuse("the path has characters that must be percent-encoded")
        }
        while path.hasSuffix("/") { path.removeLast() }
        guard !authority.contains("@") else { throw refuse("leave off the user name") }
        let (host, portText) = BaseURL.split(authority)
        guard BaseURL.isHost(host) else { throw refuse("\"\(host)\" is no host name") }
        var port: Int?
        if let portText {
            guard let number = Int(portText), (1...65_535).contains(number), portText.allSatisfy(\.isASCII) else {
                throw refuse("\"\(portText)\" is no port")
            }
            port = number
        }
        self.init(scheme: scheme, host: host.lowercased(), port: port, prefix: path)
        guard scheme == "https" || isLoopback else {
            throw refuse("plain http would show the token to the network; use https (http is for this machine only)")
        }
    }

    /// Whether this is one of Segment's own hosts.
    public var isSegment: Bool {
        scheme == "https" && port == nil && (host == Self.unitedStates.host || host == Self.europe.host)
    }

    /// Whether this is this machine: `localhost`, `::1` or 127.0.0.0/8.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { BaseURL.isOctet($0) }
    }

    /// The host and port, as in a URL.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    public var description: String { "\(scheme)://\(authority)\(prefix)" }

    private static func split(_ authority: Substring) -> (host: String, port: Substring?) {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let host = String(authority[authority.index(after: authority.startIndex)..<end])
            let rest = authority[authority.index(after: end)...]
            if rest.isEmpty { return (host, nil) }
            return rest.hasPrefix(":") ? (host, rest.dropFirst()) : ("", nil)
        }
        guard let colon = authority.firstIndex(of: ":") else { return (String(authority), nil) }
        // More than one colon without brackets has two readings: the port text then is no number.
        return (String(authority[..<colon]), authority[authority.index(after: colon)...])
    }

    private static func isHost(_ host: String) -> Bool {
        guard !host.isEmpty, host.utf8.count <= 253 else { return false }
        if host.contains(":") {
            return host.utf8.allSatisfy { isHex($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        }
        return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-")
                && label.utf8.allSatisfy { byte in
                    isHex(byte) || (byte | 0x20 >= 0x67 && byte | 0x20 <= 0x7A)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
        }
    }

    private static func isOctet(_ text: Substring) -> Bool {
        guard let number = Int(text), (0...255).contains(number) else { return false }
        return String(number) == text
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
    }
}
