/// Where a run's changes go and what asked for them, for the journal.
public struct RunOrigin: Sendable, Hashable {
    /// The address of the API, such as `https://api.segmentapis.com`. A run is only resumed there.
    public var host: String
    /// The profile's name.
    public var profile: String
    /// The script as a person knows it.
    public var script: String
    /// The workspace is simulated inside this process and ends with it, so there is nothing to resume.
    public var isSandbox: Bool

    /// Makes an origin.
    public init(host: String = "", profile: String = "", script: String = "", isSandbox: Bool = false) {
        self.host = host
        self.profile = profile
        self.script = script
        self.isSandbox = isSandbox
    }

    /// Whether what is read there may be remembered: a simulated workspace ends with its process.
    var isKept: Bool { !isSandbox && !host.isEmpty }
}
