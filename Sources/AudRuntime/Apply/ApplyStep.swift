/// The moments of a call between which a process may die. Tests die there.
package enum ApplyStep: String, Sendable, Hashable, CaseIterable {
    case beforeIntent, afterIntent, afterAnswer, afterOutcome
}
