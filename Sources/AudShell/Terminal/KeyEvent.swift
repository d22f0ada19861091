// One key press, or what else arrives as a unit.

package enum KeyEvent: Sendable, Equatable {
    case character(Unicode.Scalar)
    /// A whole sequence, its ESC included: CSI, SS3, or ESC and one character (Alt).
    case sequence([Unicode.Scalar])
    /// The Escape key: an ESC that nothing followed in time.
    case escape
    /// A bracketed paste, its line ends made LF and other controls than tab removed.
    case paste(String)
}
