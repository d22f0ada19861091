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
        continued = nil
    }

    /// - Parameter omission: why the text is no statement of the script. What later texts mean by its names and values is
    ///   then missing, and nothing else takes their place.
    mutating func add(_ text: String, mode: SourceMode, omitted omission: SessionScript.Omission?) {
        let file = SourceFile(name: "session", text: whole(text, mode))
        let statements = Parser.parse(file, fileIndex: 0, mode: mode).statements
        let before = environment.names
        var resolver = Resolver(environment: environment) { _, span in
            .failure(Diagnostic(.moduleNotFound, "not looked for", at: span))
        }
        resolver.resolve(statements)
        environment = resolver.environment
        var piece = Piece(bytes: file.bytes, statements: statements, omission: omission)
        piece.uses = resolver.resolution.names(inFile: 0)
        for statement in statements { note(statement, resolver.resolution, in: &piece) }
        rename(before)
        pieces.append(piece)
        nameValues(mode)
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

    /// Gives names to the values that the last piece asks for, and notes those that it shows.
    private mutating func nameValues(_ mode: SourceMode) {
        let place = pieces.count - 1
        for statement in pieces[place].statements {
            let uses = pieces[place].uses.sorted { $0.key < $1.key }
            for (offset, binding) in uses where statement.span.start <= offset && offset < statement.span.end {
                guard case .variable(let index) = binding, index <= Environment.earlierValues else { continue }
                // A function looks at the last value when it is called, and no name can follow it there.
                if case .function = statement.kind { continue }
                let wanted = values.count - 1 - index
                guard wanted >= forgotten else { continue }
                let name = name(ofValue: wanted)
                pieces[place].edits.append(
                    Edit(
                        at: Int(offset), length: Environment.lastValue(before: index).utf8.count, text: name))
            }
            if mode == .prompt, case .expression = statement.kind {
                values.append(ShownValue(piece: place, span: statement.span))
            }
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

    var text: String {
        var parts: [String] = []
        for (place, piece) in pieces.enumerated() {
            if let comment = piece.comment {
                parts.append("# \(comment)")
            } else if let omission = piece.omission {
                parts.append(remark(on: piece, omission))
            } else if !isReplaced(place) {
                parts.append(edited(piece))
            }
        }
        return parts.map { $0 + "\n" }.joined()
    }

    private func remark(on piece: Piece, _ omission: SessionScript.Omission) -> String {
        switch omission {
        case .secret: return "# Left out: a statement in which there may be a token."
        case .dropped:
            let lines = edited(piece).split(separator: "\n", omittingEmptySubsequences: false).map { "#   \($0)" }
            return "# Left out, because the calls that it staged were dropped:\n" + lines.joined(separator: "\n")
        }
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
