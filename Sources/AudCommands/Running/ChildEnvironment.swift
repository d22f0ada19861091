#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The environment of programs that the shell starts for a person, such as the pager: that of this process without what
/// may be a secret. Those programs can start others and log what they like.
enum ChildEnvironment {
    private static let secretWords = ["TOKEN", "SECRET", "PASSWORD", "CREDENTIAL"]

    /// `NAME=value`, each name once.
    static func variables(_ mask: SecretMask, adding additions: [String: String] = [:]) -> [String] {
        var variables: [String] = []
        var place: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
        while let entry = place.pointee {
            variables.append(String(cString: entry))
            place += 1
        }
        return filtered(variables, mask) + additions.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// The variables whose names and values tell no secret.
    static func filtered(_ variables: [String], _ mask: SecretMask) -> [String] {
        variables.filter { variable in
            let name = variable.prefix { $0 != "=" }.uppercased()
            return !secretWords.contains(where: name.contains) && mask.masked(variable) == variable
        }
    }
}
