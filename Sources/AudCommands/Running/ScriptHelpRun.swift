import ArgumentParser
import AudLanguage
import AudRuntime
import AudShell

/// Shows the help of a script. Nothing of the script runs, and no configuration is read.
struct ScriptHelpRun: Sendable {
    var command: RunCommand
    var variables: ProcessVariables

    /// The run whose help is asked for; nil when no script is named, or no help asked for.
    static func asked(by arguments: [String], valued: Set<String>) -> RunCommand? {
        guard arguments.first == "run" else { return nil }
        var kept: [String] = []
        var isAsked = false
        var place = 0
        while place < arguments.count, arguments[place] != "--" {
            let argument = arguments[place]
            if argument == "--help" || argument == "-h" { isAsked = true } else { kept.append(argument) }
            if valued.contains(argument), place + 1 < arguments.count {
                place += 1
                kept.append(arguments[place])
            }
            place += 1
        }
        guard isAsked else { return nil }
        return try? CommandTree.parse(ordered: kept + arguments[place...]) as? RunCommand
    }

    func perform() async -> Int32 {
        let console = Console(command.arguments.output.settings, variables: variables)
        do {
            let source = ScriptSource(path: command.file)
            let folder = try source.modules(lib: command.arguments.script.lib)
            let file = try source.read()
            let session = Session(workspace: .unconnected, output: console.sessionOutput, modules: folder?.loader)
            let check = await session.check(file, as: .file)
            let (help, parameters) = Interpreter.outline(of: file)
            let text = ScriptHelp(
                path: command.file, help: help, parameters: parameters, chunk: check.chunk,
                sources: await session.sources)
            for line in text.lines(width: console.output.looks.width()) { console.output.write(line: line) }
            let errors = check.diagnostics.filter { $0.severity == .error }
            console.messages.report(errors, sources: await session.sources)
            return console.finish(errors.isEmpty ? .done : .script)
        } catch {
            console.messages.report(error)
            return console.finish(error.exit)
        }
    }
}
