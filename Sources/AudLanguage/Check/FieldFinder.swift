/// Which fields may stand at a place of a text that is being typed: what the checker knows of the value before it, and
/// what is known of the names of a session. A snapshot: it asks nobody, and nothing is changed by it.
package struct FieldFinder: Sendable {
    /// The fields of a record, in their order.
    package struct Found: Sendable, Equatable {
        package var names: [String]
        /// Whether the record may have others.
        package var isOpen: Bool
    }

    private let environment: Environment
    private let known: KnownTypes
    private let values: [String: Value]
    /// What a line that starts with `|` goes on with.
    private let continued: String?

    /// A longer text is data, or takes too long to be read at a key.
    private static let longest = 100_000

    init(environment: Environment, known: KnownTypes, values: [String: Value], continued: String?) {
        self.environment = environment
        self.known = known
        self.values = values
        self.continued = continued
    }

    /// The fields that may stand behind a text, which ends in `.` or `?.`; nil when nothing is known of the value.
    /// - Parameter closing: what would close the brackets and strings that are open at its end.
    package func fields(behind text: String, closing: String) -> Found? {
        guard text.utf8.count <= Self.longest else { return nil }
        let resumes = text.first { !$0.isWhitespace } == "|"
        let start = resumes ? "\(continued ?? "_") \(text)" : text
        // The condition of an `if` and the list of a `for` want a block behind them.
        for tail in ["", " {}"] {
            let whole = SourceFile(name: "", text: start + FieldProbe.name + tail + closing)
            for mode in [SourceMode.prompt, .file] {
                if let type = probed(whole, mode) { return Self.found(type) }
            }
        }
        return nil
    }

    private func probed(_ file: SourceFile, _ mode: SourceMode) -> Type? {
        let statements = Parser.parse(file, fileIndex: 0, mode: mode).statements
        var (environment, known) = (environment, known)
        look(in: &environment, &known, at: file)
        var resolver = Resolver(environment: environment) { _, span in
            .failure(Diagnostic(.moduleNotFound, "not looked for", at: span))
        }
        resolver.resolve(statements)
        var checker = TypeChecker(
            resolution: resolver.resolution, environment: resolver.environment, known: known)
        checker.check(statements, modules: [], isWhole: false)
        return checker.probe.type
    }

    /// Takes the types of values where the checker knows less than they tell, and of what a `var` holds now.
    private func look(in environment: inout Environment, _ known: inout KnownTypes, at file: SourceFile) {
        for name in file.words {
            guard let value = values[name], case .variable(let index)? = environment.names[name] else { continue }
            if environment.variables[index].isMutable {
                environment.variables[index].isMutable = false
                known.variables[index] = nil
            }
            if value.isPlainRecord || known.variables[index]?.tellsFields != true {
                known.variables[index] = Type(lookingAt: value)
            }
        }
    }

    private static func found(_ type: Type) -> Found? {
        guard !type.isAny, !type.isError else { return nil }
        if let fields = type.fields { return Found(names: fields.names, isOpen: fields.isOpen) }
        return type.kinds.isDisjoint(with: .records) ? Found(names: [], isOpen: false) : nil
    }
}

extension Type {
    /// Whether it names the fields of the value or of its items.
    fileprivate var tellsFields: Bool { fields != nil || element.fields != nil }
}

extension Value {
    /// A record whose fields are no more than those that it has.
    fileprivate var isPlainRecord: Bool { if case .record(let record) = self { record.kind == .plain } else { false } }
}
