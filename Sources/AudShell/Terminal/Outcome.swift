// How a read ends.

package enum Outcome: Sendable, Equatable {
    /// A statement, perhaps of several lines, without a final line end. May be blank.
    case statement(String)
    /// `^C` at the prompt: what was typed is dropped.
    case interrupted
    /// `^D` on an empty line, or the end of the input.
    case end
    /// A request to terminate, a hang-up, or `quit`: leave now, nobody may be there to answer.
    case closed
}

/// A signal that arrived while no read was waiting.
package enum TerminalSignal: Sendable, Equatable {
    case interrupt
    case terminate
}
