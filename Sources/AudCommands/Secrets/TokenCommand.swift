import AudRuntime
import AudShell
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// Runs the profile's `token-command`. It is a list of arguments and no shell reads it, so nothing in it is expanded.
enum TokenCommand {
    static func run(_ arguments: [String]) async throws(CommandError) -> String {
        guard let program = arguments.first else {
            throw CommandError("the profile's token-command is empty", exit: .authentication)
        }
        let name = Shown.quoted(program)
        do {
            let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
            // It may ask for a passphrase at the terminal.
            let result = try await TerminalLoan.during {
                try await Subprocess.run(
                    executable, arguments: Subprocess.Arguments(Array(arguments.dropFirst())), input: .none,
                    output: .string(limit: 1 << 16), error: .currentStandardError)
            }
            guard result.terminationStatus.isSuccess else {
                throw CommandError(
                    "the profile's token-command \(name) failed (\(result.terminationStatus))", exit: .authentication
                )
            }
            return result.standardOutput
        } catch let error as CommandError {
            throw error
        } catch is CancellationError {
            throw CommandError("interrupted while the token-command ran", exit: .interrupted)
        } catch {
            throw CommandError(
                "cannot run the profile's token-command \(name): \(Shown.text("\(error)"))",
                help: "it is a list of arguments and is run without a shell: [program, argument, …]",
                exit: .authentication
            )
        }
    }
}
