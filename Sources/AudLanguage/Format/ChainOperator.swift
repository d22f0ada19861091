/// An operator at which a long expression may go on with another line: `and`, `or` and `??` start it, since the grammar
/// takes a newline before them everywhere in a file; the others end the line before it.
struct ChainOperator {
    /// How tightly it binds, 0 for the loosest.
    let precedence: Int
    let startsLine: Bool

    static let precedences = 5
    static let coalesce = 2

    /// nil when the token is none: keywords are names behind a `.` and before a `:`, and a `-` may be a sign.
    init?(_ atoms: [Atom], at index: Int) {
        switch atoms[index].kind {
        case .or: (precedence, startsLine) = (0, true)
        case .and: (precedence, startsLine) = (1, true)
        case .coalesce: (precedence, startsLine) = (Self.coalesce, true)
        case .plus, .minus: (precedence, startsLine) = (3, false)
        case .star, .slash, .floorDivide, .percent: (precedence, startsLine) = (4, false)
        default: return nil
        }
        guard let last = atoms[..<index].last(where: { !$0.isComment }), last.endsOperand else { return nil }
        guard !atoms[index].isUnaryMinus, !atoms[index].endsOperand else { return nil }
    }
}
