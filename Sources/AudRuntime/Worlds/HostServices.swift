// The requests that need no workspace: lines, values, questions, names of the environment and of spaces, and the
// built-ins that the program added.

internal import AudLanguage

struct HostServices: Sendable {
    let output: any Output
    let environment: [String: String]
    let assumeYes: Bool
    private let builtins: [String: Builtin]

    init(output: any Output, options: SessionOptions) {
        self.output = output
        environment = options.environment
        assumeYes = options.assumeYes
        builtins = Dictionary(options.builtins.map { ($0.name, $0) }) { first, _ in first }
    }

    func show(_ value: Value, as format: String?, statement: Bool) -> Answer {
        if !statement || value.isWorthShowing { output.show(value, as: format, statement: statement) }
        return .value(.null)
    }

    func showItem(_ item: Value?) -> Answer {
        output.showItem(item)
        return .value(.null)
    }

    /// A name of the environment, if the host lets scripts read it.
    func environment(_ name: String) -> Answer {
        if let value = environment[name] { return .value(.string(value)) }
        let allowed = environment.keys.sorted().joined(separator: ", ")
        return .failure(
            RuntimeError(
                .badArgument, .name, "this host gives scripts no environment name \"\(name)\"",
                help: allowed.isEmpty
                    ? "scripts read nothing of the environment; give the value as a param, with --set"
                    : "it gives: \(allowed)"
            )
        )
    }

    /// Asks a person. Without one the answer is no guess: the script ends.
    func confirm(_ question: String, _ record: RunRecord) async -> Answer {
        if assumeYes {
            record.append(question)
            return .value(.bool(true))
        }
        if let answer = await output.confirm(question) { return .value(.bool(answer)) }
        if Task.isCancelled { return .failure(.interrupted) }
        return .failure(
            RuntimeError(
                .notConfirmed, .limit, "there is nobody to ask: \(question)",
                help: "run it at a terminal, or with --yes"
            )
        )
    }

    func spaces(_ names: SpaceNames) -> Answer {
        .value(.list(ListValue(names.all.map { .record($0.record) })))
    }

    func space(_ name: String, _ names: SpaceNames) -> Answer {
        do {
            return .value(.record(try names.resolve(name).record))
        } catch {
            return .failure(error)
        }
    }

    /// Whether a built-in that the program added changes something outside.
    func changes(_ name: String) -> Bool { (builtins[name]?.effect ?? .pure) >= .updates }

    func call(_ name: String, _ arguments: [Value], _ record: RunRecord) async -> Answer {
        guard let builtin = builtins[name], let answer = await builtin.answer(arguments) else {
            return .failure(RuntimeError(.unknownName, .name, "this host has no built-in \"\(name)\""))
        }
        if case .failure(let error) = answer, builtin.effect == .reads, error.kind != .notFound {
            record.noteFailedRead(error)
        }
        return answer
    }
}

extension Space {
    private static let shape = Shape(["id", "name"])

    /// The space as a value of the language; without an alias its name is null.
    var record: RecordValue {
        RecordValue(Self.shape, [.string(id), alias.map { .string($0) } ?? .null], kind: .space)
    }
}

extension Value {
    /// Whether a bare expression of this value says anything that the run's report does not.
    fileprivate var isWorthShowing: Bool {
        switch self {
        case .null: false
        case .record(let record): record.kind != .outcome
        case .list(let list):
            // A range holds no outcomes, and must not be unrolled to see that.
            list.count == 0 || !Self.isOutcome(list[0])
        case .bool, .int, .float, .date, .duration, .string, .function, .regex: true
        }
    }

    private static func isOutcome(_ value: Value) -> Bool {
        if case .record(let record) = value { record.kind == .outcome } else { false }
    }
}
