/// Where a plan comes from, and where alone it may be sent.
public struct PlanOrigin: Sendable, Hashable {
    /// A text that took part in making the plan.
    public struct Script: Sendable, Hashable {
        public var name: String
        /// The SHA-256 of its bytes, 64 hexadecimal digits.
        public var sha256: String

        /// Makes a script of its name and its hash.
        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// A value that was given to the script, as the text that it was given as.
    public struct Parameter: Sendable, Hashable {
        public var name: String
        public var text: String

        /// Makes a parameter.
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The script, then the modules that it uses; none when the calls were staged at a prompt.
    public var scripts: [Script]
    public var parameters: [Parameter]
    /// The server whose answers the plan rests on, as the command line or the profile names it.
    public var host: String
    /// When the plan was made, in microseconds since 1970.
    public var time: Int64

    /// Makes an origin.
    public init(scripts: [Script] = [], parameters: [Parameter] = [], host: String, time: Int64) {
        self.scripts = scripts
        self.parameters = parameters
        self.host = host
        self.time = time
    }
}
