import AudLanguage
import AudRuntime
import AudShell
import Synchronization

/// What is around every command that may wait: signals that cancel its work, a console in the profile's colours, an error
/// that ends it told once, and the exit code.
final class CommandFrame: Sendable {
    private let settings: ConsoleSettings
    private let variables: ProcessVariables
    private let stopsWithOutput: Bool
    private let cancellation = Cancellation()
    private let latest = Mutex<Console?>(nil)

    private init(_ settings: ConsoleSettings, _ variables: ProcessVariables, stopsWithOutput: Bool) {
        self.settings = settings
        self.variables = variables
        self.stopsWithOutput = stopsWithOutput
    }

    /// Does the work of a command and answers with the exit code.
    ///
    /// - Parameter stopsWithOutput: the work is cancelled when nobody reads its output any more. Not for work that
    ///   changes something.
    static func perform(
        _ settings: ConsoleSettings, _ variables: ProcessVariables, stopsWithOutput: Bool = false,
        _ work: @escaping @Sendable (CommandFrame) async throws -> ExitStatus
    ) async -> Int32 {
        let frame = CommandFrame(settings, variables, stopsWithOutput: stopsWithOutput)
        let (status, signal) = await Interrupts.during(frame.cancellation, atOnce: { frame.console.abandon() }) {
            do {
                return try await work(frame)
            } catch let error as CommandError {
                frame.console.messages.report(error)
                return error.exit
            } catch let error as RuntimeError {
                frame.console.messages.report(CommandError(error.message, help: error.help))
                return error.exitCode
            } catch {
                frame.console.messages.report(CommandError(Shown.text("\(error)")))
                return .script
            }
        }
        return frame.console.finish(signal == nil ? status : ExitStatus.worst([status, .interrupted]))
    }

    /// Where the command says what it has to say.
    var console: Console {
        latest.withLock { latest in
            if let latest { return latest }
            let console = makeConsole(settings)
            latest = console
            return console
        }
    }

    /// The same in the colours of a profile, where no option says any.
    func console(of profile: Profile) -> Console {
        guard settings.color == nil, let color = profile.color else { return console }
        var settings = settings
        settings.color = color
        let console = makeConsole(settings)
        latest.withLock { $0 = console }
        return console
    }

    private func makeConsole(_ settings: ConsoleSettings) -> Console {
        let console = Console(settings, variables: variables) { [cancellation] in cancellation.cancel() }
        if stopsWithOutput { console.output.onFailure { [cancellation] _ in cancellation.cancel() } }
        return console
    }
}
