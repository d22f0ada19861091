// `:load`, `:save` and `:edit`: scripts into the session and out of it.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    /// Runs a script here: the names of its top level stay.
    func load(_ path: String) async {
        guard let files = setup.files else { return refuse("scripts cannot be read from this shell") }
        guard !path.isEmpty else {
            return say(ShellRefusal("`:load` needs a file", help: "`:load FILE.aud` runs it in this session"))
        }
        switch files.read(path) {
        case .failure(let refusal): say(refusal)
        case .success(let file):
            if isKept { script.note(":load \(path)") }
            outcome = await run(file, as: .file)
        }
    }

    /// Writes what ran to its end as a script.
    func saveScript(to path: String) async {
        guard let files = setup.files else { return refuse("scripts cannot be saved from this shell") }
        guard !path.isEmpty else {
            return say(
                ShellRefusal(
                    "`:save` needs a file", help: "`:save FILE.aud` writes the statements that ended without error"))
        }
        guard script.count + script.omitted > 0 else {
            return refuse("No statement has ended without an error yet.")
        }
        let spaces = script.spaces
        guard spaces.count < 2 else { return say(.severalSpaces(spaces)) }
        let current = await session.space?.name
        let place = (spaces.first ?? current).map { ", space \($0)" } ?? ""
        let head = "# \(TerminalText.escaped("profile \(setup.profile)\(place)"))\n"
        switch await files.save(head + script.text, path) {
        case .saved:
            let left = script.omitted > 0 ? " (\(script.omitted) left out: a comment there says why)" : ""
            output.say(
                "\(counted(script.count, "statement"))\(left) in \(TerminalText.escaped(path)). To run it: "
                    + TerminalText.escaped(setup.runCommand(path, spaces.first)))
        case .refused(let refusal): say(refusal)
        case .wrong(let diagnostics, let sources):
            output.setSources(sources)
            for diagnostic in diagnostics { output.report(diagnostic) }
            output.setSources(await session.sources)
            say(
                ShellRefusal(
                    "nothing was saved: as a script these statements would not run",
                    help: script.omitted > 0
                        ? "statements whose calls were dropped, or with a token in them, are left out; what rests on them "
                            + "is not"
                        : nil))
        }
    }

    /// Opens an editor on the last statement, or on a file. What comes of it stands in the line, and runs with Enter.
    func edit(_ path: String) async {
        guard let files = setup.files, terminal.isInteractive else {
            return refuse("there is no terminal for an editor")
        }
        // The editor has the terminal, and Ctrl-C is a key of it.
        running.close()
        let result = await files.edit(path.isEmpty ? .text(lastText) : .file(path))
        running.open()
        switch result {
        case .failure(let refusal): say(refusal)
        case .success(let text): draft = path.isEmpty ? text.trimmed : ":load \(path)"
        }
    }

    /// Runs the start-up file. It may read and bind names; one that could change something does not run at all.
    func start(with file: SourceFile) async {
        let check = await session.check(file, as: .file)
        if let chunk = check.chunk, chunk.canChange {
            say(
                ShellRefusal(
                    "\(file.name) did not run: a start-up file must change nothing, and this one can "
                        + (chunk.canRemove ? "remove audiences" : "change audiences"),
                    help: "define functions in it and call them at the prompt; `aud check \(file.name)` shows what it "
                        + "can change; `--no-init` starts without it"))
            return
        }
        if await run(file, as: .file) == "failed" {
            output.say("The start-up file ended with an error; `aud --no-init` starts without it.")
        }
    }
}

extension ShellRefusal {
    /// Each statement meant the space of its moment; in a script all of them would mean one.
    fileprivate static func severalSpaces(_ spaces: [String]) -> ShellRefusal {
        ShellRefusal(
            "nothing was saved: these statements ran in the spaces \(spaces.joined(separator: ", ")), and a script "
                + "runs in one",
            help: "a shell for each of them (`aud --space NAME`) saves a script for each; `:history` has the statements"
        )
    }
}
