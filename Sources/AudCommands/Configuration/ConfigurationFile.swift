import Configuration
import Synchronization

/// `config.yaml`, read through swift-configuration. Every key is known here, so that a misspelt one is an error and never
/// silently without effect.
///
/// The provider looks values up by key and does not list its keys. It does ask its secrets specifier about each key as
/// it parses, and that is how the names of profiles and of space aliases become known.
package struct ConfigurationFile: Sendable {
    /// The profiles by name.
    package private(set) var profiles: [String: Profile] = [:]
    /// The profile that is used when none is named.
    package private(set) var preferred: String?
    /// Where it was read.
    package let path: String

    /// Reads a configuration file; nil when there is none.
    package static func read(_ path: String) throws(CommandError) -> ConfigurationFile? {
        let bytes = try GuardedFile.read(path, what: "configuration", against: .writing, limit: 1 << 20)
        guard let bytes else { return nil }
        return try ConfigurationFile(bytes, path: path)
    }

    /// Reads the text of a configuration.
    package init(_ bytes: [UInt8], path: String) throws(CommandError) {
        self.path = path
        guard !Self.isEmpty(bytes) else { return }
        let keys = KeyRecorder()
        let snapshot: YAMLSnapshot
        do {
            snapshot = try YAMLSnapshot(
                data: bytes.span.bytes, providerName: path,
                parsingOptions: .init(secretsSpecifier: .dynamic { key, _ in keys.record(key) })
            )
        } catch {
            throw CommandError(
                "cannot read the configuration \(Shown.path(path)): \(Shown.text("\(error)"))",
                help: "a configuration is YAML and looks like this:\n\(Self.example)"
            )
        }
        try fill(ConfigurationValues(snapshot: snapshot, path: path), keys: keys.keys)
    }

    private mutating func fill(_ values: ConfigurationValues, keys: [String]) throws(CommandError) {
        var keysOfProfile: [String: [String]] = [:]
        for key in keys {
            let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            switch parts[0] {
            case "profile" where parts.count == 1:
                preferred = try values.string(key)
            case "profiles" where parts.count > 2:
                keysOfProfile[parts[1], default: []].append(parts.dropFirst(2).joined(separator: "."))
            case "profiles":
                throw values.wrong(key, expected: "settings under a name, such as profiles.acme.region")
            default:
                throw values.unknown(key, parts[0], known: ["profile", "profiles"])
            }
        }
        for (name, keys) in keysOfProfile.sorted(by: { $0.key < $1.key }) {
            profiles[name] = try Profile(name: name, keys: keys, values: values)
        }
    }

    /// The profile that a command works with: the named one, the preferred one, the only one, or one without settings.
    package func profile(_ name: String?) throws(CommandError) -> Profile {
        if let name = name ?? preferred {
            if let profile = profiles[name] { return profile }
            let known = profiles.keys.sorted().map(Shown.text)
            throw CommandError(
                "there is no profile \(Shown.quoted(name)) in \(Shown.path(path))",
                help: known.isEmpty ? "it has none yet" : "it has: \(known.joined(separator: ", "))"
            )
        }
        if profiles.count > 1 {
            let known = profiles.keys.sorted().map(Shown.text).joined(separator: ", ")
            throw CommandError(
                "there are several profiles: \(known)",
                help: "choose one with --profile NAME, or name the usual one in \(Shown.path(path)): profile: NAME"
            )
        }
        return profiles.values.first ?? Profile(name: "default")
    }

    /// What the help and the messages show.
    package static let example = """
          profiles:
            acme:
              region: eu
              space: prod
              spaces:
                prod: 9aQ1Lj62S4bomZKLF4DPqW
              token-command: [pass, segment/acme]
              limits:
                update: 10/60s
        """

    /// Only comments and blank lines; the provider takes such a text for an error.
    private static func isEmpty(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
            let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
            return text.isEmpty || text.first == UInt8(ascii: "#") || text.elementsEqual("---".utf8)
        }
    }
}

/// Notes the keys that the provider asks about.
private final class KeyRecorder: Sendable {
    private let seen = Mutex<[String]>([])

    var keys: [String] { seen.withLock { $0 } }

    /// Nothing in the file is a secret: it says how to get the token and never holds it.
    func record(_ key: String) -> Bool {
        seen.withLock { $0.append(key) }
        return false
    }
}
