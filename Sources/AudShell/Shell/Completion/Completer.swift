// Tab: what could stand before the cursor. A pure function of the text, the cursor and what the session knows already:
// completion never sends a request.
//
// Invariant: a candidate is in source form, whole: text before the cursor from `replaceFrom` is replaced by it and reads as
// intended, whatever characters a name of the workspace has.

internal import AudLanguage

package struct Completer: Sendable {
    package var context: CompletionContext

    package init(_ context: CompletionContext) {
        self.context = context
    }

    /// More are no help, and a name in a menu is looked at.
    private static let most = 200

    /// The candidates at a cursor, a UTF-8 offset.
    package func complete(_ text: String, at cursor: Int) -> Completion {
        let bytes = Array(text.utf8)
        let cursor = min(max(0, cursor), bytes.count)
        if let place = bytes.firstIndex(where: { $0 != UInt8(ascii: " ") }), bytes[place] == UInt8(ascii: ":") {
            return cursor > place ? command(bytes[place..<cursor]) : .none
        }
        let site = CompletionSite(before: bytes[..<cursor])
        let candidates: [Candidate]
        switch site.kind {
        case .nothing: return .none
        case .name: candidates = matching(site.typed, names)
        case .statement: candidates = matching(site.typed, names + words(Self.statementWords))
        case .argument(let function): candidates = matching(site.typed, labels(of: function) + names)
        case .field: candidates = matching(site.typed, words(CompletionContext.audienceFields))
        case .stage: candidates = matching(site.typed, stages)
        case .words(let list): candidates = matching(site.typed, words(list))
        case .string(let quote, let content, let field, let function, let label):
            let isClosed = cursor < bytes.count && (bytes[cursor] == 0x22 || bytes[cursor] == 0x27)
            candidates = strings(
                StringForm(quote: quote, isClosed: isClosed), content: content, field: field, function: function,
                label: label)
        }
        return Completion(replaceFrom: site.start, candidates: Array(candidates.prefix(Self.most)))
    }

    // MARK: Words

    private static let statementWords = ["let", "var", "fn", "for", "while", "if", "try", "fail", "use", "return"]
    private static let expressionWords = ["if", "try", "not", "true", "false", "null", "it"]

    private func words(_ list: [String]) -> [Candidate] { list.map { Candidate($0) } }

    /// Names that a text has bound stand before the built-ins, and these before words of the grammar.
    private var names: [Candidate] {
        let bound = Set(context.names)
        let builtins = context.library.rows.filter { !$0.isHidden && !bound.contains($0.name) }
        return words(context.names.sorted())
            + builtins.map { Candidate($0.name, detail: $0.summary) }.sorted { $0.text < $1.text }
            + words(Self.expressionWords)
    }

    private var stages: [Candidate] {
        LanguageWord.stages.map { Candidate($0.word, label: $0.usage, detail: $0.summary) }
            + words(context.names.sorted())
    }

    private func labels(of function: String) -> [Candidate] {
        guard let place = context.library.index(of: function), !context.names.contains(function) else { return [] }
        return context.library[place].parameters.map { Candidate("\($0.name): ", detail: $0.type) }
    }

    private func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        let wanted = typed.lowercased()
        var seen: Set<String> = []
        let found = candidates.filter { $0.text.lowercased().hasPrefix(wanted) && seen.insert($0.text).inserted }
        // What is spelt as it was typed comes first.
        return found.filter { $0.text.hasPrefix(typed) } + found.filter { !$0.text.hasPrefix(typed) }
    }

    // MARK: Colon commands

    private func command(_ bytes: ArraySlice<UInt8>) -> Completion {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let blank = bytes.firstIndex(of: UInt8(ascii: " ")) else {
            let candidates = ColonCommand.all.map { Candidate(":\($0.name)", label: $0.usage, detail: $0.summary) }
            return Completion(replaceFrom: bytes.startIndex, candidates: matching(text, candidates))
        }
        let name = String(decoding: bytes[..<blank].dropFirst(), as: UTF8.self)
        let start = (bytes.lastIndex(of: UInt8(ascii: " ")) ?? blank) + 1
        let typed = String(decoding: bytes[start...], as: UTF8.self)
        let candidates: [Candidate] =
            switch ColonCommand.named(name)?.argument {
            case .format: words(OutputFormat.allCases.map(\.rawValue))
            case .space: words(context.spaces.keys.sorted())
            case .topic: words(HelpTopic.names(in: context.library))
            case nil, .nothing, .file, .run: []
            }
        return Completion(replaceFrom: start, candidates: matching(typed, candidates))
    }

    // MARK: Strings

    private func strings(
        _ form: StringForm, content: String, field: String?, function: String?, label: String?
    ) -> [Candidate] {
        let typed = form.meaning(of: content)
        if label == "space" || field == "spaceId" || label == nil && (function == "list" || function == "space") {
            return spaces(typed, form, ids: field == "spaceId")
        }
        var candidates: [Candidate] = []
        var seen: Set<String> = []
        for entry in context.audiences(typed) {
            guard let (text, detail) = offer(entry, typed, field: field, function: function) else { continue }
            let source = form.source(of: text)
            if seen.insert(source).inserted { candidates.append(Candidate(source, label: text, detail: detail)) }
        }
        return candidates
    }

    private func spaces(_ typed: String, _ form: StringForm, ids: Bool) -> [Candidate] {
        context.spaces.sorted { $0.key < $1.key }.compactMap { alias, id in
            let text = ids ? id : alias
            guard alias.lowercased().hasPrefix(typed.lowercased()) || id.hasPrefix(typed) else { return nil }
            return Candidate(form.source(of: text), label: text, detail: ids ? alias : id)
        }
    }

    /// Which text of an audience is meant: what it is compared with, or the id for a function that takes one, else the
    /// one that begins with what was typed.
    private func offer(
        _ entry: CompletionContext.Audience, _ typed: String, field: String?, function: String?
    ) -> (text: String, detail: String)? {
        let wanted = typed.lowercased()
        func fits(_ text: String?) -> String? {
            text.flatMap { $0.lowercased().hasPrefix(wanted) ? $0 : nil }
        }
        switch field {
        case "key": return fits(entry.key).map { ($0, entry.name ?? entry.id) }
        case "id": return fits(entry.id).map { ($0, entry.name ?? "") }
        case "name": return fits(entry.name).map { ($0, entry.key ?? entry.id) }
        case nil: break
        default: return nil
        }
        if let function, ["get", "enable", "disable", "remove", "wait"].contains(function) {
            return (entry.id, entry.name ?? entry.key ?? "")
        }
        if let name = fits(entry.name) { return (name, entry.key ?? entry.id) }
        if let key = fits(entry.key) { return (key, entry.name ?? entry.id) }
        return fits(entry.id).map { ($0, entry.name ?? "") }
    }
}

/// How a text is written in the string that is being typed.
private struct StringForm {
    let quote: CompletionSite.Quote
    /// Whether the closing quote stands behind the cursor already.
    let isClosed: Bool

    /// The text as a literal. What a raw string cannot hold becomes a plain one.
    func source(of text: String) -> String {
        let isPlain = TerminalText.escaped(text).utf8.count == text.utf8.count
        if quote == .raw, isPlain {
            let inner = "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            return isClosed ? inner : inner + "'"
        }
        let literal = Printer.quoted(text)
        return isClosed && quote == .plain ? String(literal.dropLast()) : literal
    }

    /// What the typed part means: escapes of quotes, backslashes and braces undone.
    func meaning(of content: String) -> String {
        if quote == .raw {
            return content.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
        }
        var meaning = ""
        var isEscaped = false
        for scalar in content.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
            } else {
                meaning.unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        return meaning
    }
}
