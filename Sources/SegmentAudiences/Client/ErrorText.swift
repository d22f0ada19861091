// Words for failures. Each says what happened, then what it may be due to or what to do, from the status, the API's own
// error envelope and, when the body is no JSON (a proxy's page, an empty or cut-off body), what can be made out of it.

import HTTPTypes

struct ErrorText {
    private let method: String
    private let path: String
    private let base: BaseURL
    private let response: HTTPResponseMessage?
    private let details: [APIError.Detail]

    init<Response, Effect>(
        endpoint: Endpoint<Response, Effect>, base: BaseURL, response: HTTPResponseMessage? = nil
    ) {
        method = endpoint.method.rawValue
        path = endpoint.path.description
        self.base = base
        self.response = response
        let isFailure = response.map { !(200...299).contains($0.status) } ?? false
        details = isFailure ? ErrorText.details(response?.body ?? []) : []
    }

    /// The error for a status other than 2xx and 3xx.
    func error(_ kind: APIError.Kind, isRetryable: Bool = false) -> APIError {
        let said = saidByServer.map { " " + $0 } ?? ""
        return make(kind, headline(kind) + "." + said + advice(kind), isRetryable: isRetryable)
    }

    func redirect(to location: String?) -> APIError {
        let target = location.map { " to \($0)" } ?? ""
        return make(
            .redirect,
            "The server at \(base.authority) answered with a redirect\(target). Redirects are never followed, because"
                + " the token would go with them; set the base URL to the API's own address."
        )
    }

    func unreadable(_ body: UnreadableBody) -> APIError {
        let what = oddBody ?? (body.isCutOff ? "The body was cut off: " : "") + body.reason
        return make(
            .unreadable, "The answer cannot be read. \(what.capitalizingFirst()).", isRetryable: body.isCutOff
        )
    }

    func transport(_ error: TransportError) -> APIError {
        let kind: APIError.Kind =
            switch error.kind {
            case .connect, .dropped: .network
            case .timeout: .timeout
            case .tooLarge: .unreadable
            case .cancelled: .cancelled
            }
        let message =
            switch error.kind {
            case .connect: "No connection to \(base.authority): \(error.message)."
            case .dropped: "The connection to \(base.authority) broke: \(error.message)."
            case .timeout: "No answer from \(base.authority) in time: \(error.message)."
            case .tooLarge: "The answer from \(base.authority) is too large: \(error.message)."
            case .cancelled: "Cancelled."
            }
        let isRetryable = error.kind != .cancelled && error.kind != .tooLarge
        return make(kind, message, isRetryable: isRetryable, mayHaveBeenSent: error.mayHaveBeenSent)
    }

    /// The same failure for a change: nobody knows whether it was made.
    func unknown(because cause: APIError) -> APIError {
        var error = cause
        error.kind = .outcomeUnknown
        error.cause = cause.kind
        error.isRetryable = false
        error.mayHaveBeenSent = true
        error.message = "\(cause.message) The change may or may not have been made: read the audience to find out."
        return error
    }

    private func make(
        _ kind: APIError.Kind, _ message: String, isRetryable: Bool = false, mayHaveBeenSent: Bool = true
    ) -> APIError {
        APIError(
            kind, message, status: response?.status, details: details, method: method, path: path,
            requestID: response?.requestID, isRetryable: isRetryable, mayHaveBeenSent: mayHaveBeenSent
        )
    }

    private func headline(_ kind: APIError.Kind) -> String {
        let status = response.map { " (\($0.status))" } ?? ""
        return switch kind {
        case .auth: "Segment does not accept the token\(status)"
        case .forbidden: "The token may not do this\(status)"
        case .notFound: "There is no such audience or space\(status)"
        case .conflict: "The audience is locked\(status)"
        case .rateLimited: "Too many requests\(status)"
        case .server: "The server failed\(status)"
        case .timeout: "The server gave up waiting\(status)"
        case .validation: "The API refused the request\(status)"
        case .invalidArgument, .network, .unreadable, .outcomeUnknown, .cancelled, .budget, .repeatedCursor, .redirect,
            .ledger:
            "The call failed\(status)"
        }
    }

    private func advice(_ kind: APIError.Kind) -> String {
        switch kind {
        case .auth:
            if details.contains(where: { $0.message?.lowercased().contains("eu-hosted api") ?? false }) {
                return " This token belongs to a workspace in the EU: it must be sent to Segment's EU-hosted API,"
                    + " \(BaseURL.europe)."
            }
            if base == .europe {
                return " Check that it is complete and not revoked, and that its workspace is in the EU: a token of a"
                    + " US workspace goes to \(BaseURL.unitedStates)."
            }
            return " Check that it is complete and not revoked; a token of an EU workspace must be sent to Segment's"
                + " EU-hosted API, \(BaseURL.europe)."
        case .forbidden:
            return
                " The token needs a role that may do this in the space, and the workspace needs the Audience feature."
        case .notFound:
            return " Check the id and the space id; if every call is answered so, the workspace may not have the"
                + " Audience feature."
        case .conflict:
            return " Segment locks an audience while it takes in an earlier change."
        case .invalidArgument, .rateLimited, .server, .timeout, .validation, .network, .unreadable, .outcomeUnknown,
            .cancelled, .budget, .repeatedCursor, .redirect, .ledger:
            return ""
        }
    }

    /// The API's own words, or what the body is instead.
    private var saidByServer: String? {
        guard let first = details.first else { return oddBody.map { $0.capitalizingFirst() + "." } }
        let message = first.message ?? first.type ?? "no reason given"
        let field = first.field.map { "field \"\($0)\": " } ?? ""
        let more = details.count > 1 ? " (and \(details.count - 1) more)" : ""
        let end = more.isEmpty && message.hasSuffix(".") ? "" : "."
        return "Segment says: \(field)\(message)\(more)\(end)"
    }

    private static func details(_ body: [UInt8]) -> [APIError.Detail] {
        guard let json = try? JSONValue(parsing: body) else { return [] }
        // Gateways in front of the API answer `{"message": …}`.
        let entries = json["errors"]?.array ?? (json["message"] == nil ? [] : [json])
        return entries.prefix(20).compactMap { entry in
            let detail = APIError.Detail(
                type: entry["type"]?.string?.shortened(to: 100), message: entry["message"]?.string?.shortened(to: 1000),
                field: entry["field"]?.string?.shortened(to: 200)
            )
            return detail.type == nil && detail.message == nil ? nil : detail
        }
    }

    /// What came instead of the API's JSON. Looked for only when it is to be told: most answers are no errors.
    private var oddBody: String? {
        guard details.isEmpty, let response else { return nil }
        if response.body.isEmpty { return "the body is empty" }
        if let excerpt = HTMLExcerpt(response) {
            return "an HTML page came back instead of the API's JSON: \"\(excerpt.text)\""
        }
        return nil
    }
}

extension String {
    /// At most `length` characters, marked when some were left off. (The API's messages are sentences; a proxy's may be
    /// pages.)
    func shortened(to length: Int) -> String {
        count > length ? prefix(length) + "…" : self
    }

    func capitalizingFirst() -> String {
        prefix(1).uppercased() + dropFirst()
    }
}
