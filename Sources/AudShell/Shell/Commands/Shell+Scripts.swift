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
        guard !script.isEmpty else {
            return refuse("No statement has ended without an error yet.")
        }
        // What this file may not have, another one may: its modules are found beside it.
        var script = script
        while true {
            let written = script.written
            guard written.spaces.count < 2 else { return say(.severalSpaces(written.spaces)) }
            let current = await session.space?.name
            let place = (written.spaces.first ?? current).map { ", space \($0)" } ?? ""
            let head = "# \(TerminalText.escaped("profile \(setup.profile)\(place)"))\n"
            switch await files.save(head + written.text, path) {
            case .saved: return tellSaved(written, path)
            case .refused(let refusal): return say(refusal)
            case .wrong(let places, let diagnostics, let sources):
                // The first alone: others may come of it.
                let isLess = places.sorted { $0.key < $1.key }.contains { place, reason in
                    script.leaveOut(at: place - head.utf8.count, of: written, because: reason)
                }
                if isLess { continue }
                output.setSources(sources)
                output.report(diagnostics)
                output.setSources(await session.sources)
                return say(ShellRefusal("nothing was saved: as a script these statements would not run"))
            }
        }
    }

    private func tellSaved(_ written: SessionScript.Written, _ path: String) {
        output.say(
            "\(counted(written.count, "statement")) in \(TerminalText.escaped(path)). To run it: "
                + TerminalText.escaped(setup.runCommand(path, written.spaces.first)))
        guard !written.omissions.isEmpty else { return }
        var reasons: [(text: String, count: Int)] = []
        for reason in written.omissions.map(\.reason) {
            if let place = reasons.firstIndex(where: { $0.text == reason }) {
                reasons[place].count += 1
            } else {
                reasons.append((reason, 1))
            }
        }
        let list = reasons.map { "\($0.count) \($0.text)" }.joined(separator: ", ")
        output.say(fitted: "\(written.omissions.count) left out: \(list). Comments in the file show where.")
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
            output.say(fitted: "The start-up file ended with an error; `aud --no-init` starts without it.")
        }
    }
}

extension SessionScript.Omission {
    /// Said behind a number.
    fileprivate var reason: String {
        switch self {
        case .dropped: "whose calls were dropped"
        case .secret: "with what may be a token"
        case .unkept: "kept out of the history"
        case .failed: "ended with an error"
        case .uses: "using what is left out"
        case .refused: "that a file may not have"
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
