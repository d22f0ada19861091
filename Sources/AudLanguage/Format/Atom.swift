/// What the formatter moves: a token or a comment, with what the layout must know of it.
struct Atom {
    enum Role: Equatable {
        case plain, comment
        /// A `|`, of the pipeline with this number.
        case pipe(Int)
        /// `{` of a block; whether it ends the header of a statement.
        case blockStart(isHeaded: Bool)
        case blockEnd
        /// Any other bracket.
        case open, close
    }

    var kind: Token.Kind
    var role: Role
    var bytes: Range<Int>
    /// The newlines of the source in front of it; two stand for any number of blank lines.
    var newlines: Int
    /// Whether a statement of a block or of the top level starts here.
    var startsStatement = false
    /// Whether it is the word of a stage whose commas part columns or keys.
    var startsColumns = false
    /// Whether it is part of a type: `list<int>?`.
    var isType = false
    /// Whether an operand may end here, so that a bracket behind it calls or indexes and a `-` subtracts.
    var endsOperand = false
    /// Whether it is a `-` in front of its operand.
    var isUnaryMinus = false
    /// A `;` that must stay, because the next line starts with a regex.
    var keepsSemicolon = false

    var isComment: Bool { role == .comment }
}
