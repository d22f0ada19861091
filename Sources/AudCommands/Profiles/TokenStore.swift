#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The tokens that `aud login` keeps: a file for each profile, beside the state database, that only its owner can read.
/// They are not in the folder of the configuration, which people share and put under version control.
struct TokenStore: Sendable {
    private let folder: String

    /// nil when nothing says where it could be.
    init?(_ variables: ProcessVariables) {
        guard let state = variables.stateFolder else { return nil }
        folder = state + "/tokens"
    }

    /// The file of a profile; nil when its name is none that a file could have.
    func path(of profile: String) -> String? {
        Self.isName(profile) ? "\(folder)/\(profile)" : nil
    }

    /// The file of a profile that has logged in.
    func saved(_ profile: String) -> String? {
        path(of: profile).flatMap { access($0, F_OK) == 0 ? $0 : nil }
    }

    func save(_ token: String, of profile: String) throws(CommandError) {
        guard let path = path(of: profile) else { throw Self.wrongName(profile) }
        try PrivateFolder.make(folder)
        try FileReplacement.write(Array((token + "\n").utf8), to: path, mode: 0o600)
    }

    /// Whether there was one.
    func remove(_ profile: String) throws(CommandError) -> Bool {
        guard let path = path(of: profile) else { throw Self.wrongName(profile) }
        if unlink(path) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw CommandError("cannot remove \(Shown.path(path)): \(GuardedFile.reason(errno))")
        }
        return false
    }

    /// A name that needs no quotes in a configuration and is a file's name on every system.
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
        else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "._-".utf8.contains(byte)
            }
        }
    }

    static func wrongName(_ name: String) -> CommandError {
        CommandError(
            "a profile that logs in is named with letters, digits, '.', '_' and '-', not \(Shown.quoted(name))")
    }
}
