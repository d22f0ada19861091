/// How progress is told.
package enum ProgressStyle: Sendable, Hashable {
    /// Not at all.
    case silent
    /// One line that is drawn again and again.
    case line
    /// A sentence from time to time, for a log.
    case sentences

    /// What suits the standard error of a process.
    package static func of(terminal: Bool, isQuiet: Bool, term: String?) -> ProgressStyle {
        if isQuiet { return .silent }
        return terminal && term != nil && term != "dumb" ? .line : .sentences
    }
}
