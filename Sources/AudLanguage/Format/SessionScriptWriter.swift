/// Resolves the texts of a session one after the other, as they ran, and notes what has to be written differently in a file.
struct SessionScriptWriter {
    /// A text and the changes that make it a part of a script.
    private struct Piece {
        var bytes: [UInt8]
        var statements: [Statement]
        /// What stands at an offset and stands for a name of the session.
        var uses: [UInt32: Resolution.Binding] = [:]
        /// Names that are given here, by what they stand for.
        var definitions: [Resolution.Binding: Span] = [:]
        var edits: [Edit] = []
        var comment: String?
        var omission: SessionScript.Omission?
    }

    private struct Edit {
        var at: Int
        var length: Int
        var text: String
    }

    /// A value that a statement of a prompt has shown: where the statement stands.
    private struct ShownValue {
        var piece: Int
        var span: Span
        var name: String?
    }

    private var environment = Environment()
    private var pieces: [Piece] = []
    private var values: [ShownValue] = []
    /// How many of `values` nobody can name any more.
    private var forgotten = 0
    /// What stands for nothing in the script: what the texts that are left out have bound or assigned.
    private var lost: Set<Resolution.Binding> = []
    private var newNames: [Resolution.Binding: String] = [:]
    private var oldNames: [Resolution.Binding: String] = [:]
    private var taken: Set<String>
    /// What a line that starts with `|` goes on with.
    private var continued: String?
    private let library: Library

    init(library: Library, taken: Set<String>) {
        self.library = library
        self.taken = taken
        environment.library = library
        _ = environment.declareLastValues()
    }

    mutating func add(comment line: String) {
        var piece = Piece(bytes: [], statements: [])
        piece.comment = line
        pieces.append(piece)
    }

    mutating func forgetValues() {
        forgotten = values.count
        continued = "_"
    }

    /// - Parameter omission: why the text is no statement of the script. What later texts mean by its names and values is
    ///   then missing, nothing else takes their place, and so those texts are left out too.
    mutating func add(_ text: String, mode: SourceMode, omitted omission: SessionScript.Omission?) {
        let file = SourceFile(name: "session", text: whole(text, mode))
        let statements = Parser.parse(file, fileIndex: 0, mode: mode).statements
        let before = environment
        var resolver = Resolver(environment: environment) { _, span in
            .failure(Diagnostic(.moduleNotFound, "not looked for", at: span))
        }
        resolver.resolve(statements)
        environment = resolver.environment
        var piece = Piece(bytes: file.bytes, statements: statements, omission: omission)
        piece.uses = resolver.resolution.names(inFile: 0)
        for statement in statements { note(statement, resolver.resolution, in: &piece) }
        rename(before.names)
        if piece.omission == nil, let name = lostName(in: piece) { piece.omission = .uses(name) }
        pieces.append(piece)
        nameValues(mode)
        lose(pieces[pieces.count - 1], before)
        continued = Self.continuation(after: statements)
    }

    /// The text with what its first line goes on with.
    private func whole(_ text: String, _ mode: SourceMode) -> String {
        guard mode == .prompt, let continued else { return text }
        let body = text.drop { $0.isWhitespace }
        guard body.first == "|" else { return text }
        return continued == "_" ? "_ \(body)" : "let \(continued) = \(continued) \(body)"
    }

    private static func continuation(after statements: [Statement]) -> String? {
        switch statements.last?.kind {
        case .expression: "_"
        case .let(.name(let name), _): name.text
        default: nil
        }
    }

    private func note(_ statement: Statement, _ resolution: Resolution, in piece: inout Piece) {
        switch statement.kind {
        case .let(.name(let name), _), .var(let name, _):
            if let binding = resolution[name: name.span] { piece.definitions[binding] = name.span }
        case .function(let declaration):
            if let index = resolution[function: declaration.name.span] {
                piece.definitions[.function(index)] = declaration.name.span
            }
        default: break
        }
    }

    // MARK: What is left out

    private func lostName(in piece: Piece) -> String? {
        let first = piece.uses.filter { lost.contains($0.value) }.min { $0.key < $1.key }
        switch first?.value {
        case .variable(let index): return environment.variables[index].name
        case .function(let index): return environment.functions[index].name
        case .builtin, .module, nil: return nil
        }
    }

    /// Notes what a text that is left out has bound or assigned.
    private mutating func lose(_ piece: Piece, _ before: Environment) {
        guard piece.omission != nil else { return }
        lost.formUnion(piece.definitions.keys)
        for (offset, binding) in piece.uses {
            guard case .variable(let index) = binding else { continue }
            let variable = environment.variables[index]
            let isNew = index >= before.variables.count
            let end = Int(offset) + variable.name.utf8.count
            if isNew || variable.isMutable && Self.assigns(piece.bytes.dropFirst(end)) { lost.insert(binding) }
        }
    }

    /// Whether what stands behind the name of a `var` assigns to it.
    private static func assigns(_ bytes: ArraySlice<UInt8>) -> Bool {
        let rest = bytes.drop { " \t+-*/%".utf8.contains($0) }
        guard rest.first == UInt8(ascii: "=") else { return false }
        return !(rest.dropFirst().first.map { "=~".utf8.contains($0) } ?? false)
    }

    // MARK: Names that were given again

    /// What a name stood for before this text gets another name.
    private mutating func rename(_ before: [String: Environment.Entry]) {
        for (name, old) in before.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("_") {
            guard let now = environment.names[name], let old = Self.binding(old), Self.binding(now) != old else {
                continue
            }
            newNames[old] = fresh(name + "_", from: 1)
            oldNames[old] = name
        }
    }

    private static func binding(_ entry: Environment.Entry) -> Resolution.Binding? {
        switch entry {
        case .variable(let index): .variable(index)
        case .function(let index): .function(index)
        case .module: nil
        }
    }

    private mutating func fresh(_ stem: String, from first: Int) -> String {
        var number = first
        while taken.contains("\(stem)\(number)") || library.index(of: "\(stem)\(number)") != nil { number += 1 }
        taken.insert("\(stem)\(number)")
        return "\(stem)\(number)"
    }

    // MARK: Values

    /// Gives names to the values that the last piece asks for, and notes those that it shows. It is left out when one of
    /// them is not in the script.
    private mutating func nameValues(_ mode: SourceMode) {
        let place = pieces.count - 1
        var wanted: [(value: Int, at: Int, length: Int)] = []
        for statement in pieces[place].statements {
            let uses = pieces[place].uses.sorted { $0.key < $1.key }
            for (offset, binding) in uses where statement.span.start <= offset && offset < statement.span.end {
                guard case .variable(let index) = binding, index <= Environment.earlierValues else { continue }
                // A function looks at the last value when it is called, and no name can follow it there.
                if case .function = statement.kind { continue }
                let name = Environment.lastValue(before: index)
                let value = values.count - 1 - index
                if value >= forgotten, values[value].piece == place || pieces[values[value].piece].omission == nil {
                    wanted.append((value, Int(offset), name.utf8.count))
                } else if pieces[place].omission == nil {
                    pieces[place].omission = .uses(name)
                }
            }
            if mode == .prompt, case .expression = statement.kind {
                values.append(ShownValue(piece: place, span: statement.span))
            }
        }
        guard pieces[place].omission == nil else { return }
        for use in wanted {
            let name = name(ofValue: use.value)
            pieces[place].edits.append(Edit(at: use.at, length: use.length, text: name))
        }
    }

    private mutating func name(ofValue place: Int) -> String {
        if let name = values[place].name { return name }
        let name = fresh("value", from: 1)
        values[place].name = name
        let (piece, span) = (values[place].piece, values[place].span)
        pieces[piece].edits.append(Edit(at: Int(span.start), length: 0, text: "let \(name) = "))
        pieces[piece].edits.append(Edit(at: Int(span.end), length: 0, text: "\n\(name)"))
        return name
    }

    // MARK: The script

    /// The texts and comments in order. A text that is not needed has none.
    var parts: [(text: String?, omission: SessionScript.Omission?)] {
        pieces.enumerated().map { place, piece in
            if let comment = piece.comment { return ("# \(comment)", nil) }
            if let omission = piece.omission { return (remark(on: piece, omission), omission) }
            return (isReplaced(place) ? nil : edited(piece), nil)
        }
    }

    private func remark(on piece: Piece, _ omission: SessionScript.Omission) -> String {
        let why: String
        switch omission {
        case .secret: return "# Left out: a statement in which there may be a token."
        case .unkept: return "# Left out: a statement that was kept out of the history."
        case .failed: return "# Left out: statements that ended with an error."
        case .dropped: why = "because the calls that it staged were dropped"
        case .uses(let name): why = "because it uses `\(name)`, which is left out"
        case .refused(let reason): why = "because no file may have it (\(TerminalText.escaped(reason)))"
        }
        var lines = edited(piece).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return "# Left out, \(why):\n" + lines.map { "#   \($0)" }.joined(separator: "\n")
    }

    /// Whether a text only defines functions that were all defined anew before anybody used them.
    private func isReplaced(_ place: Int) -> Bool {
        let piece = pieces[place]
        guard !piece.statements.isEmpty else { return false }
        for statement in piece.statements {
            guard case .function = statement.kind else { return false }
        }
        return piece.definitions.keys.allSatisfy { binding in
            newNames[binding] != nil
                && !pieces.enumerated().contains { other, piece in
                    other != place && piece.uses.values.contains(binding)
                }
        }
    }

    private func edited(_ piece: Piece) -> String {
        var edits = piece.edits
        for (binding, span) in piece.definitions {
            if let name = newNames[binding] {
                edits.append(Edit(at: Int(span.start), length: Int(span.end - span.start), text: name))
            }
        }
        let defined = Set(piece.definitions.values.map(\.start))
        for (offset, binding) in piece.uses where !defined.contains(offset) {
            guard let name = newNames[binding], let old = oldNames[binding] else { continue }
            // Only where the name itself stands: a part of it is not for us.
            let end = Int(offset) + old.utf8.count
            guard end <= piece.bytes.count, piece.bytes[Int(offset)..<end].elementsEqual(old.utf8) else { continue }
            edits.append(Edit(at: Int(offset), length: old.utf8.count, text: name))
        }
        var bytes = piece.bytes
        // From the end, so that offsets hold; what is put in front of a name comes after the name's own change.
        for edit in edits.sorted(by: { ($0.at, $0.length) > ($1.at, $1.length) }) {
            bytes.replaceSubrange(edit.at..<edit.at + edit.length, with: edit.text.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
