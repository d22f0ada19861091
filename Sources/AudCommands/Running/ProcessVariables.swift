#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The environment variables that aud knows; it looks at no others.
package struct ProcessVariables: Sendable {
    private let lookup: @Sendable (String) -> String?

    package init(_ lookup: @escaping @Sendable (String) -> String?) {
        self.lookup = lookup
    }

    package init(_ values: [String: String]) {
        self.init { values[$0] }
    }

    /// Those of this process.
    package static let process = ProcessVariables { name in
        getenv(name).map { String(cString: $0) }
    }

    package subscript(_ name: String) -> String? { lookup(name) }

    /// Those of these names that are set.
    package func values(_ names: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for name in names { values[name] = lookup(name) }
        return values
    }

    /// The folder of the configuration by the XDG rules: an empty or relative `XDG_CONFIG_HOME` does not count.
    package var configurationFolder: String? { folder("XDG_CONFIG_HOME", ".config") }

    /// The folder of the state database.
    package var stateFolder: String? { folder("XDG_STATE_HOME", ".local/state") }

    private func folder(_ name: String, _ fallback: String) -> String? {
        if let path = lookup(name), path.hasPrefix("/") { return path + "/aud" }
        guard let home = lookup("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/" + fallback + "/aud"
    }
}
