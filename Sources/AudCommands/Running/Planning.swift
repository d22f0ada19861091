/// What `aud plan` does with a run's plan beside showing it.
struct Planning: Sendable {
    /// Where it is saved; nil: nowhere.
    var path: String?
    /// Whether the exit code says that there is something to change.
    var isDetailed: Bool

    init(path: String?, isDetailed: Bool) {
        self.path = path
        self.isDetailed = isDetailed
    }
}
