/// What the steps of an interpreter give.
extension Interpreter {
    /// A text that is ready to run.
    public struct Chunk: Sendable {
        /// A `param` of a script.
        public struct Parameter: Sendable {
            /// The name, as `--set name=value` gives it.
            public var name: String
            /// The type as it is written, for example `list<string>?`.
            public var type: String
            /// The default as it is written; nil when the script needs a value.
            public var fallback: String?
            /// What it is for.
            public var help: String?
            /// Whether the script runs without a value for it.
            public var hasDefault: Bool { fallback != nil }
        }

        /// The script's `param` statements, in order.
        public var parameters: [Parameter]
        /// The `##` comment at the head of the script.
        public var help: String?
        /// The most that the text may do to the outside, by itself or through what it calls.
        public var effect: Builtin.Effect
        /// Whether the text can ask for a change.
        public var canChange: Bool { effect >= .updates }
        /// Whether a change can be a removal.
        public var canRemove: Bool { effect >= .removes }
        /// The files of the modules that the text is the first to use, in the order in which they start.
        public var modules: [String]
        /// Whether the text only computes: it asks nothing of its host and prints nothing.
        public var isPure: Bool { effect == .pure }

        /// The text itself, for questions about it.
        let tree: Tree
        let environment: Environment
        let knownTypes: KnownTypes
        /// The stages `first` and `last` that give one item and no list.
        let singles: Set<Span>
        let program: Program
        let function: Int
        /// For each register of the top level that the text names: the instruction at which it has its value.
        let ready: [Int: Int]
        /// What a line that starts with `|` goes on with, after this text.
        let continuation: Continuation
    }

    /// A text and its modules as they were read, with what their names mean.
    struct Tree: Sendable {
        var statements: [Statement]
        var modules: [[Statement]]
        var resolution: Resolution
    }

    /// What loading a text gave.
    public enum LoadResult {
        /// It can be started; the warnings do not stop it.
        case ready(Chunk, warnings: [Diagnostic])
        /// Only at a prompt: the statement is not finished. `open` has what is still open, outermost first.
        case incomplete(open: [String])
        /// It cannot run.
        case failed([Diagnostic])
    }

    /// How far a run has come.
    public enum Step: Sendable {
        /// The fuel is used up: look for a cancellation, then run on.
        case paused
        /// The machine needs an answer.
        case request(Request)
        /// The text is done.
        case finished
        /// The text failed; call `abandon`.
        case failed(RuntimeError)
    }

    enum Continuation: Sendable {
        case nothing
        case value
        case name(String)
    }
}
