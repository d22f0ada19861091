import AudShell

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Pager {
    /// The pager that the environment names.
    static func of(_ variables: ProcessVariables, mask: SecretMask) -> Pager? {
        let folders = (variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard
            let command = command(
                of: { variables[$0] }, isProgram: { name in folders.contains { access("\($0)/\(name)", X_OK) == 0 } })
        else { return nil }
        let additions = additions { variables[$0] }
        return Pager(command: command) { text in
            await PagerProcess.show(
                mask.masked(text), command: command, environment: ChildEnvironment.variables(mask, adding: additions))
        }
    }
}
