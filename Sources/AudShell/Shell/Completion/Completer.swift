// Tab: what could stand before the cursor. A pure function of the text, the cursor and what the session knows already:
// completion never sends a request.
//
// Invariant: a candidate is in source form, whole: text before the cursor from `replaceFrom` is replaced by it and reads as
// intended, whatever characters a name of the workspace has.

internal import AudLanguage
internal import AudRuntime

package struct Completer: Sendable {
    package var context: CompletionContext

    package init(_ context: CompletionContext) {
        self.context = context
    }

    /// More are no help, and a name in a menu is looked at.
    static let most = 200

    /// The candidates at a cursor, a UTF-8 offset.
    package func complete(_ text: String, at cursor: Int) -> Completion {
        let bytes = Array(text.utf8)
        let cursor = min(max(0, cursor), bytes.count)
        if let place = bytes.firstIndex(where: { $0 != UInt8(ascii: " ") }), bytes[place] == UInt8(ascii: ":") {
            return cursor > place ? command(bytes[place...], cursor) : .none
        }
        if let completion = topic(bytes[..<cursor]) { return completion }
        return statement(bytes, cursor)
    }

    /// The candidates in what the language reads: it begins with the bytes.
    func statement(_ bytes: [UInt8], _ cursor: Int) -> Completion {
        let site = CompletionSite(before: bytes[..<cursor])
        let before = String(decoding: bytes[..<site.start], as: UTF8.self)
        var names: [Candidate] { self.names(behind: before) }
        let candidates: [Candidate]
        var isCut = false
        switch site.kind {
        case .nothing: return .none
        case .name: candidates = matching(site.typed, names)
        case .statement: candidates = matching(site.typed, names + words(Self.statementWords))
        case .argument(let function): candidates = matching(site.typed, labels(of: function) + names)
        case .field(let path): candidates = matching(site.typed, fields(before, site.closing, path))
        case .value(let path):
            candidates =
                literals(site.typed, of: path) + matching(site.typed, words(FieldValues.words(of: path)) + names)
        case .stage: candidates = matching(site.typed, stages(behind: before))
        case .words(let list): candidates = matching(site.typed, words(list))
        case .string(let place):
            let isClosed = cursor < bytes.count && (bytes[cursor] == 0x22 || bytes[cursor] == 0x27)
            (candidates, isCut) = strings(StringForm(quote: place.quote, isClosed: isClosed), place)
        }
        return Completion(
            replaceFrom: site.start, candidates: Array(candidates.prefix(Self.most)),
            isCut: isCut || candidates.count > Self.most)
    }

    // MARK: Words

    private static let statementWords = ["let", "var", "fn", "for", "while", "if", "try", "fail", "use", "return"]
    private static let expressionWords = ["if", "try", "not", "true", "false", "null", "it"]

    func words(_ list: [String]) -> [Candidate] { list.map { Candidate($0) } }

    /// Names that a text has bound stand before the built-ins, and these before words of the grammar.
    private func names(behind text: String) -> [Candidate] {
        let bound = bound(behind: text)
        let builtins = context.library.rows.filter { !$0.isHidden && !bound.contains($0.name) }
        return words(bound.sorted())
            + builtins.map { Candidate($0.name, detail: $0.summary) }.sorted { $0.text < $1.text }
            + words(Self.expressionWords)
    }

    /// The names of the session, and those that the text before the cursor binds.
    private func bound(behind text: String) -> Set<String> {
        InputText(Lexer.lex(SourceFile(name: "", text: text), fileIndex: 0)).bindings.names.union(context.names)
    }

    private func stages(behind text: String) -> [Candidate] {
        LanguageWord.stages.map { Candidate($0.word, label: $0.usage, detail: $0.summary) }
            + words(bound(behind: text).sorted())
    }

    /// The fields of the value before the cursor; where nothing is known of it, those that a path may have.
    private func fields(_ text: String, _ closing: String, _ path: [String]) -> [Candidate] {
        guard let found = context.fields(text, closing) else { return FieldValues.fields(behind: path) }
        return words(found.names) + (found.isOpen ? FieldValues.fields(behind: path) : [])
    }

    private func labels(of function: String) -> [Candidate] {
        guard let place = context.library.index(of: function), !context.names.contains(function) else { return [] }
        return context.library[place].parameters.map { Candidate("\($0.name): ", detail: $0.type) }
    }

    func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        let wanted = typed.lowercased()
        var seen: Set<String> = []
        let found = candidates.filter { $0.text.lowercased().hasPrefix(wanted) && seen.insert($0.text).inserted }
        // What is spelt as it was typed comes first.
        return found.filter { $0.text.hasPrefix(typed) } + found.filter { !$0.text.hasPrefix(typed) }
    }

    /// The texts of a field as literals, found by what they say.
    private func literals(_ typed: String, of path: [String]) -> [Candidate] {
        let form = StringForm(quote: .plain, isClosed: false)
        return texts(typed, of: path, form)
    }

    private func texts(_ typed: String, of path: [String], _ form: StringForm) -> [Candidate] {
        let wanted = typed.lowercased()
        return FieldValues.texts(of: path).filter { $0.text.lowercased().hasPrefix(wanted) }.map { value in
            Candidate(form.source(of: value.text), label: value.text, detail: value.detail)
        }
    }

    // MARK: Strings

    private func strings(
        _ form: StringForm, _ place: CompletionSite.StringPlace
    ) -> (candidates: [Candidate], isCut: Bool) {
        let typed = form.meaning(of: place.content)
        let field = place.field.last
        if place.isModule { return (modules(typed, form), false) }
        if field == nil, place.label == "as", place.function == "show" {
            let formats = OutputFormat.allCases.map(\.rawValue).filter { $0.hasPrefix(typed) }
            return (formats.map { Candidate(form.source(of: $0), label: $0) }, false)
        }
        if field == nil, place.label == "by", place.function == "chart" {
            let units = CalendarUnit.allCases.map(\.rawValue).filter { $0.hasPrefix(typed) }
            return (units.map { Candidate(form.source(of: $0), label: $0) }, false)
        }
        let isSpace = place.label == "space" || place.label == nil && ["list", "space"].contains(place.function)
        if field == "spaceId" || field == nil && isSpace {
            return (spaces(typed, ids: field == "spaceId") { form.source(of: $0) }, false)
        }
        guard let field else { return audiences(typed, function: place.function, form) }
        switch field {
        case "key": return audiences(typed, of: .key, form) { $0.key }
        case "id": return audiences(typed, of: .id, form) { $0.id }
        case "name": return audiences(typed, of: .name, form) { $0.name }
        default: return (texts(typed, of: place.field, form), false)
        }
    }

    /// The aliases, then the spaces that have none; or the ids of all.
    func spaces(_ typed: String, ids: Bool, _ source: (String) -> String) -> [Candidate] {
        let wanted = typed.lowercased()
        let known = Dictionary(context.knownSpaces().map { ($0.id, $0) }) { first, _ in first }
        func detail(_ id: String, _ name: String) -> String {
            let facts = known[id].map {
                "\(counted($0.count, "audience")), seen \(HumanTime.relative($0.seen, to: context.now))"
            }
            return [name, facts ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let named = context.spaces.sorted { $0.key < $1.key }.compactMap { alias, id -> Candidate? in
            let text = ids ? id : alias
            guard alias.lowercased().hasPrefix(wanted) || id.lowercased().hasPrefix(wanted) else { return nil }
            return Candidate(source(text), label: text, detail: detail(id, ids ? alias : id))
        }
        let nameless = known.keys.filter { !context.spaces.values.contains($0) && $0.lowercased().hasPrefix(wanted) }
        return named + nameless.sorted().map { Candidate(source($0), label: $0, detail: detail($0, "")) }
    }

    // MARK: Audiences

    /// One text of the audiences.
    private func audiences(
        _ typed: String, of field: AudienceIndex.Field, _ form: StringForm,
        _ text: (CompletionContext.Audience) -> String?
    ) -> (candidates: [Candidate], isCut: Bool) {
        candidates(context.audiences(typed, field), form) { audience in
            text(audience).map { ($0, field == .name ? audience.key ?? audience.id : audience.name ?? audience.id) }
        }
    }

    /// Where nothing says which text is meant: the id for a function that takes one, else the one that begins with what
    /// was typed.
    private func audiences(
        _ typed: String, function: String?, _ form: StringForm
    ) -> (candidates: [Candidate], isCut: Bool) {
        let takesID = function.map { ["get", "enable", "disable", "remove", "wait"].contains($0) } ?? false
        let wanted = typed.lowercased()
        func fits(_ text: String?) -> String? { text.flatMap { $0.lowercased().hasPrefix(wanted) ? $0 : nil } }
        return candidates(context.audiences(typed, nil), form) { audience in
            if takesID { return (audience.id, audience.name ?? audience.key ?? "") }
            if let name = fits(audience.name) { return (name, audience.key ?? audience.id) }
            if let key = fits(audience.key) { return (key, audience.name ?? audience.id) }
            return fits(audience.id).map { ($0, audience.name ?? "") }
        }
    }

    /// Texts that two audiences have are offered once, with the facts of the first. The context gives no more than `most`
    /// audiences.
    private func candidates(
        _ audiences: [CompletionContext.Audience], _ form: StringForm,
        _ offer: (CompletionContext.Audience) -> (text: String, other: String)?
    ) -> (candidates: [Candidate], isCut: Bool) {
        var seen: Set<String> = []
        let candidates = audiences.compactMap { audience -> Candidate? in
            guard let (text, other) = offer(audience) else { return nil }
            let source = form.source(of: text)
            guard seen.insert(source).inserted else { return nil }
            let age = audience.seen.map { "seen \(HumanTime.relative($0, to: context.now))" } ?? ""
            let detail = [other, age].filter { !$0.isEmpty }.joined(separator: " · ")
            return Candidate(source, label: text, detail: detail)
        }
        return (candidates, audiences.count >= Self.most)
    }
}
