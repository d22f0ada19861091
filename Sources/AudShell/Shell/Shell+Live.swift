// What keeps a live statement from changing more than its writer meant: it has no plan that could be looked at first.
//
// Invariant: in a live session no text that can remove an audience runs before somebody has typed where.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    /// Asks before a live text that can remove, or where the profile asks before all changes; answers why it does not run.
    func refusalToChange(_ file: SourceFile, as mode: SourceMode) async -> String? {
        // A text with errors is refused by the run, which tells them.
        guard await session.mode == .live, let chunk = await session.check(file, as: mode).chunk,
            chunk.canRemove || chunk.canChange && setup.confirmsChanges
        else { return nil }
        guard terminal.hasPerson else {
            return "there is no terminal to confirm at: nothing was sent"
        }
        let question = ConfirmationQuestion(
            live: setup.caps, canRemove: chunk.canRemove, space: await spaces(of: file))
        guard case .statement(let answer) = await terminal.ask(Prompt(StyledText(question.text))),
            question.accepts(answer)
        else { return question.refusal }
        return nil
    }

    /// What a text can remove from: the chosen space, and those of the profile that it names. A name that means something
    /// else there costs a word at the question; none is left out.
    private func spaces(of file: SourceFile) async -> String? {
        let chosen = await session.space
        let text = String(decoding: file.bytes, as: UTF8.self)
        let named = setup.aliases.filter { alias, id in
            id != chosen?.id && (text.contains("\"\(alias)\"") || text.contains("\"\(id)\""))
        }
        let all = (chosen.map { [$0.name] } ?? []) + named.keys.sorted()
        return all.isEmpty ? nil : all.joined(separator: " ")
    }
}

extension ShellSetup {
    /// What can be done with staged calls from here.
    var stagedCommands: String {
        refusal == nil ? ":plan shows, :apply sends, :discard drops" : "read-only: :plan shows, :discard drops"
    }

    /// What it means that a shell is live.
    func meaningOfLive(isAsked: Bool) -> String {
        let which = confirmsChanges ? "change or remove something" : "remove audiences"
        return "Live: changes are sent as statements reach them; one that can \(which) "
            + (isAsked ? "waits for your answer first." : "is refused, because nobody can be asked here.")
    }
}
