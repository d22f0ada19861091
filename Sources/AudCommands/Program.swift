import ArgumentParser
import AudLanguage
import AudRuntime
import AudShell

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The program: reads the command line, does what it says, and ends the process with the exit code.
public enum Program {
    /// Runs the command line of this process.
    public static func main() async -> Never {
        // A closed pipe is an error of `write`, not the end of a run that may be in the middle of its changes.
        signal(SIGPIPE, SIG_IGN)
        exit(await run(CommandLine.arguments))
    }

    /// Runs a command line; the first argument is the program's name.
    static func run(_ commandLine: [String]) async -> Int32 {
        let variables = ProcessVariables.process
        var arguments = Array(commandLine.dropFirst())
        do {
            arguments = try order.ordered(arguments)
            if let command = ScriptHelpRun.asked(by: arguments, valued: order.valued) {
                return await ScriptHelpRun(command: command, variables: variables).perform()
            }
            var command = try CommandTree.parse(ordered: arguments)
            switch command {
            case let command as AudCommand: return await start(command, commandLine, variables)
            case let command as RunCommand:
                return await ScriptRun(
                    source: ScriptSource(path: command.file), arguments: command.arguments, variables: variables,
                    commandLine: commandLine
                ).perform()
            case let command as PlanCommand:
                return await ScriptRun(
                    source: command.source, arguments: SessionArguments(planning: command), variables: variables,
                    commandLine: commandLine,
                    planning: Planning(path: command.output, isDetailed: command.detailed)
                ).perform()
            case let command as ApplyCommand:
                return await ApplyRun(command: command, variables: variables, commandLine: commandLine).perform()
            case let command as CheckCommand:
                let settings = ConsoleSettings(diagnostics: command.diagnostics.messages, color: command.color)
                return await CheckRun(
                    files: command.files, lib: command.lib, format: command.diagnostics, settings: settings,
                    variables: variables
                ).perform()
            case let command as ExplainCommand: return LookUp(variables: variables).explain(command.code)
            case let command as HelpCommand:
                return LookUp(variables: variables).help(command.topic.joined(separator: " "))
            case let command as FormatCommand:
                let settings = ConsoleSettings(diagnostics: command.diagnostics, color: command.color)
                return FormatRun(
                    files: command.files, isCheck: command.check, settings: settings, variables: variables
                ).perform()
            case let command as LimitsCommand:
                return await LimitsRun(
                    workspace: command.workspace, output: command.output.settings, variables: variables
                ).perform()
            case let command as RunsListCommand:
                return RunsRun(
                    run: nil, state: command.state, output: command.output.settings, variables: variables
                ).perform()
            case let command as RunsShowCommand:
                return RunsRun(
                    run: command.run, state: command.state, output: command.output.settings, variables: variables
                ).perform()
            case let command as ResumeCommand:
                return await ResumeRun(
                    run: command.run, workspace: command.workspace, caps: command.caps,
                    output: command.output.settings, variables: variables
                ).perform()
            case let command as UndoCommand:
                return await UndoRun(command: command, variables: variables, commandLine: commandLine).perform()
            case let command as BankedCommand: return BankedRun(command: command, variables: variables).perform()
            case let command as LoginCommand: return await LoginRun(command: command, variables: variables).perform()
            case let command as LogoutCommand:
                return LogoutRun(profile: command.profile, variables: variables).perform()
            case let command as ProfilesCommand:
                return ProfilesRun(output: command.output.settings, variables: variables).perform()
            case let command as CompletionsCommand:
                return LookUp(variables: variables).completions(command.shell)
            case is ManualCommand: return LookUp(variables: variables).manual()
            case let command as SandboxServeCommand:
                return await SandboxServer(switches: command.switches, variables: variables).perform()
            default:
                // What is left is `help`, whose run is the text that it throws.
                try command.run()
                return ExitStatus.done.rawValue
            }
        } catch {
            return tell(error, arguments)
        }
    }

    /// The shell, `-e`, or the script on standard input.
    private static func start(
        _ command: AudCommand, _ commandLine: [String], _ variables: ProcessVariables
    ) async -> Int32 {
        let source: ScriptSource? =
            if let text = command.text { .text(text) } else if isatty(STDIN_FILENO) == 1 { nil } else { .standardInput }
        guard let source else {
            return await ShellRun(
                arguments: command.arguments, variables: variables, startsUp: !command.withoutInit
            ).perform()
        }
        return await ScriptRun(
            source: source, arguments: command.arguments, variables: variables, commandLine: commandLine
        ).perform()
    }

    /// Help and the version go to standard output; a usage error is exit code 1.
    private static func tell(_ error: any Error, _ arguments: [String]) -> Int32 {
        let root = CommandTree.root(of: arguments)
        let format = UsageMessage.format(askedBy: arguments)
        let console = Console(ConsoleSettings(diagnostics: format), variables: .process)
        if let error = error as? CommandError {
            console.messages.report(error)
            return console.finish(error.exit)
        }
        let message = root.fullMessage(for: error)
        guard root.exitCode(for: error).isSuccess else {
            let text = UsageMessage.text(message, isRun: arguments.first == "run")
            if format == .rich {
                console.output.say(TerminalText.escaped(text, keepingLines: true))
            } else {
                console.messages.report(UsageMessage.error(text))
            }
            return console.finish(.script)
        }
        console.output.write(line: message)
        return console.finish(.done)
    }

    /// What the argument order needs to know of the commands.
    static let order = ArgumentOrder(
        commands: [
            "run": [], "plan": [], "apply": [], "runs": ["list", "show"], "resume": [],
            "undo": [], "banked": [], "check": [], "explain": [],
            "fmt": [], "limits": [],
            "login": [], "logout": [], "profiles": [], "completions": [], "manual": [],
            "sandbox": ["serve"], "help": [],
        ],
        valued: [
            "-e", "--profile", "--space", "--base-url", "--token-file", "--limits", "--trace", "--max-changes",
            "--max-removes", "--max-percent", "--max-broken", "--max-age", "-o", "--output", "--max-steps",
            "--max-depth", "--max-list", "--max-string", "--max-memory",
            "--max-requests",
            "--max-time", "--set", "--lib", "--format", "--diagnostics", "--color", "--state",
            "--keep-for-shell", "--edits-in-progress", "--region",
        ],
        fileExists: { access($0, F_OK) == 0 }
    )
}
