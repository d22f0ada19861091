/// One built-in: a row of the library's table. The row feeds the resolver, the machine, `help`, completion and a test
/// that runs the example.
package struct Builtin: Sendable {
    /// What a call may do to the outside, from harmless to final.
    package enum Effect: Int, Sendable, Comparable {
        case pure, reads, prints, updates, creates, removes

        package static func < (left: Effect, right: Effect) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Parameter: Sendable {
        package var name: String
        /// As written in the reference: `list`, `string?`, `int | float`. The body checks it.
        package var type: String
        /// The value when no argument is given; nil when one must be.
        package var fallback: Value?

        package init(_ name: String, _ type: String, default fallback: Value? = nil) {
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
    }

    package var name: String
    package var family: String
    package var summary: String
    package var parameters: [Parameter]
    /// Whether the last parameter takes any number of arguments, as one list.
    package var isVariadic: Bool
    package var result: String
    package var effect: Effect
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

    /// The parameters as calls are matched against them.
    package var matchParameters: [Environment.Parameter] {
        parameters.map { Environment.Parameter(name: $0.name, hasDefault: $0.fallback != nil) }
    }
}
