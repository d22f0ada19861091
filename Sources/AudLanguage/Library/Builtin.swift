/// One built-in: a row of the library's table. The row feeds the resolver, the checker, the machine, `help` and completion.
///
/// A host adds rows of its own, which look and behave as those of the language do:
///
/// ```swift
/// let weather = Builtin(
///     "weather", "The weather of a city in words.", parameters: [.init("city", "string"), .init("days", "int", default: 1)],
///     result: "string", effect: .reads
/// ) { arguments in
///     .string(try await forecast(try arguments.string(0), days: try arguments.int(1)))
/// }
/// let interpreter = Interpreter(now: now, builtins: [weather])
/// ```
public struct Builtin: Sendable {
    /// What a call may do to the outside, from harmless to final. Conditions, keys, columns, defaults and the top level of
    /// modules take no built-in that changes anything, and stages none that prints.
    public enum Effect: Int, Sendable, Comparable {
        case pure, reads, prints, updates, creates, removes

        public static func < (left: Effect, right: Effect) -> Bool { left.rawValue < right.rawValue }
    }

    /// One parameter. It is given by its place or by its name.
    public struct Parameter: Sendable {
        public var name: String
        /// As written in the reference: `list<string>`, `string?`, `int | float`.
        public var type: String
        /// The value when no argument is given; nil when one must be.
        public var fallback: Value?

        public init(_ name: String, _ type: String, default fallback: Value? = nil) {
            self.name = name
            self.type = type
            self.fallback = fallback
        }
    }

    package enum Body: Sendable {
        /// Finished arguments, one for each parameter, defaults filled in.
        case native(@Sendable (borrowing NativeContext, [Value]) throws(RuntimeError) -> Value)
        /// A function of the prelude, which is written in the language itself, with the same name.
        case prelude
        /// The machine stops and asks the host. The closure makes the request of the finished arguments.
        case request(@Sendable (borrowing NativeContext, [Value]) throws(RuntimeError) -> Request)
        /// `enable`, `disable`, `remove` as functions: the machine makes the change request.
        case action(Verb)
        /// Added by the host. The machine checks the arguments against the row and stops; the driver runs it.
        case host(@Sendable (Arguments) async throws -> Value)
    }

    public var name: String
    package var family: String
    /// What it does, in one sentence.
    public var summary: String
    public var parameters: [Parameter]
    /// Whether the last parameter takes any number of arguments, as one list.
    public internal(set) var isVariadic: Bool
    /// The type of what it gives, written as those of parameters are; `null` when it gives nothing.
    public var result: String
    public var effect: Effect
    /// A program, and what it prints for its value as `str` writes it; nil when it needs a workspace.
    package var example: (source: String, result: String?)
    package var body: Body

    package init(
        _ name: String, family: String, _ summary: String, _ parameters: [Parameter], variadic: Bool = false,
        result: String, effect: Effect = .pure, example: (source: String, result: String?), body: Body
    ) {
        self.name = name
        self.family = family
        self.summary = summary
        self.parameters = parameters
        self.isVariadic = variadic
        self.result = result
        self.effect = effect
        self.example = example
        self.body = body
    }

    /// Makes a built-in of the host.
    ///
    /// - Parameters:
    ///   - name: A name that no built-in of the language and no keyword has; it does not start with `_`.
    ///   - summary: One sentence for `help` and completion.
    ///   - parameters: Those with a default come last.
    ///   - result: The type of what `body` gives.
    ///   - effect: What a call may do to the outside. A dry run of `AudRuntime` refuses to call what changes something.
    ///   - example: A call of it, for messages; its signature when there is none.
    ///   - body: Gets an argument for each parameter, of the parameter's type, defaults filled in. What it throws is an
    ///     error of the script at the call, which `catch` may take: a ``RuntimeError`` as it is, any other error as its
    ///     description with the kind `fail`. A `CancellationError` ends the run.
    public init(
        _ name: String, _ summary: String, parameters: [Parameter] = [], result: String = "null",
        effect: Effect = .pure, example: String? = nil, body: @escaping @Sendable (Arguments) async throws -> Value
    ) {
        self.init(
            name, family: "host", summary, parameters, result: result, effect: effect,
            example: (example ?? "\(name)(\(parameters.map(\.name).joined(separator: ", ")))", nil), body: .host(body))
    }

    /// How it is called: `padStart(text: string, width: int, fill: string = " ") → string`. O(parameters).
    public var signature: String {
        "\(name)(\(parameterTexts.joined(separator: ", "))) → \(result)"
    }

    /// The parameters as the signature writes them.
    package var parameterTexts: [String] {
        let last = parameters.count - 1
        return parameters.enumerated().map { place, parameter in
            let fallback = parameter.fallback.map { " = \(Printer.summary($0))" } ?? ""
            return "\(parameter.name)\(isVariadic && place == last ? "…" : ""): \(parameter.type)\(fallback)"
        }
    }

    /// The parameters as calls are matched against them.
    package var matchParameters: [Environment.Parameter] {
        parameters.map { Environment.Parameter(name: $0.name, hasDefault: $0.fallback != nil) }
    }
}
