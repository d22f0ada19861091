/// Writes the atoms: where lines start, how deep they are indented, and where a blank stands.
///
/// It writes everything, looks for lines that are too long, breaks one group of each and writes again, from the
/// outermost groups to the innermost.
struct Layout {
    private let atoms: [Atom]
    private let source: [UInt8]
    private var groups: Groups
    /// For each atom the first one from there on that is no comment.
    private let nextTokens: [Int]

    init(_ list: AtomList, pipelineCount: Int, file: SourceFile) {
        atoms = list.atoms
        source = file.bytes
        groups = Groups(list.atoms, pipelineCount: pipelineCount, source: file.bytes)
        var next = Array(repeating: list.atoms.count, count: list.atoms.count)
        var last = list.atoms.count
        for index in list.atoms.indices.reversed() {
            if !list.atoms[index].isComment { last = index }
            next[index] = last
        }
        nextTokens = next
    }

    /// How often one group of each long line is broken; then all of them are, so that no line costs more than this.
    private static let carefulRounds = 32

    mutating func text() -> String {
        var round = 0
        while true {
            var lines = LineWriter()
            write(to: &lines)
            round += 1
            let tooLong = lines.longLines.flatMap { line in
                let breakable = groups.breakable(in: line)
                return round > Self.carefulRounds ? breakable : Array(breakable.prefix(1))
            }
            if tooLong.isEmpty { return String(decoding: lines.bytes, as: UTF8.self) }
            for group in tooLong { groups.break(group) }
        }
    }

    // MARK: Writing

    /// What is open where the writer stands.
    private struct Frame {
        /// The group of the bracket; -1 for the text itself.
        var group = -1
        var isBlock = true
        /// The level of the line that the bracket stands on, and of what stands in it.
        var outside = 0
        var inside = 0
        /// Whether the current statement has gone on with another line, outside of brackets of its own.
        var isContinued = false
        /// Whether it went on with a line that starts with `|`.
        var isInStages = false
        /// Whether it is in a stage with each column on a line of its own.
        var isInColumns = false
        /// Whether a column starts with the next token, and whether the first one is still on the line of its stage.
        var isAtColumn = false
        var isBesideStage = false

        mutating func beginItem() {
            isContinued = false
            isInStages = false
            isInColumns = false
        }
    }

    private func write(to lines: inout LineWriter) {
        var frames = [Frame()]
        var previous: Int?
        for (index, atom) in atoms.enumerated() {
            var frame = frames.removeLast()
            let isEnd = atom.role == .close || atom.role == .blockEnd
            let gap = gap(at: index, previous: previous, frame)
            switch gap {
            case .none: break
            case .blanks(let count): lines.add(blanks: count)
            case .lines(let count):
                let (level, isContinuation) = level(at: nextTokens[index], of: index, previous: previous, frame)
                if isContinuation, !isEnd {
                    frame.isContinued = true
                    if case .pipe = atom.role { frame.isInStages = true }
                }
                lines.startLine(level: level, newlines: count, atom: index)
            }
            lines.add(source[atom.bytes], atom: index, isComment: atom.isComment)
            if atom.keepsSemicolon { lines.add([UInt8(ascii: ";")], atom: index, isComment: false) }

            if isEnd, let outer = frames.popLast() {
                let group = frame.group
                frame = outer
                if groups[group].kind == .headedBlock { frame.beginItem() }
            }
            let isColumn = groups.ofAtom[index] >= 0 && groups[groups.ofAtom[index]].kind == .columns
            if atom.startsStatement || (atom.kind == .comma && !frame.isBlock && !isColumn) { frame.beginItem() }
            if case .pipe = atom.role { frame.isInColumns = false }
            if isColumn { frame.isInColumns = groups.isBroken(groups.ofAtom[index]) }
            if case .lines = gap { frame.isBesideStage = false }
            if atom.startsColumns || isColumn {
                (frame.isAtColumn, frame.isBesideStage) = (true, atom.startsColumns && frame.isInColumns)
            } else if !atom.isComment, previous.map({ !atoms[$0].startsColumns || atom.endsOperand }) ?? true {
                // Behind the word of the stage there may be a `by`.
                frame.isAtColumn = false
            }
            frames.append(frame)
            switch atom.role {
            case .open, .blockStart:
                // What goes on in the first column is deeper than the columns below it.
                let beside = frame.isBesideStage ? 1 : 0
                frames.append(
                    Frame(
                        group: groups.ofAtom[index], isBlock: atom.role != .open, outside: lines.level + beside,
                        inside: lines.level + beside + 1))
            default: break
            }
            if !atom.isComment { previous = index }
        }
        lines.finish()
    }

    /// The level of a line that starts with an atom or with comments in front of it, and whether the line goes on with a
    /// statement or item.
    private func level(at token: Int, of index: Int, previous: Int?, _ frame: Frame) -> (Int, isContinuation: Bool) {
        guard token < atoms.count else { return (frame.inside, false) }
        let atom = atoms[token]
        switch atom.role {
        case .close, .blockEnd: return (token == index ? frame.outside : frame.inside, false)
        case .blockStart(isHeaded: true): return (frame.inside, false)
        default: break
        }
        guard let previous, !atom.startsStatement, !isTail(token, behind: previous) else {
            return (frame.inside, false)
        }
        let last = atoms[previous]
        var level = frame.inside
        if frame.isBlock {
            level += 1
        } else {
            if last.role == .open || (last.kind == .comma && groups.ofAtom[previous] < 0) { return (level, false) }
            if groups.isBroken(frame.group) { level += 1 }
        }
        if case .pipe = atom.role { return (level, true) }
        let isInColumn = frame.isInColumns && !frame.isAtColumn
        return (level + (frame.isInStages ? 1 : 0) + (isInColumn ? 1 : 0), true)
    }

    /// Whether the token is the `else` or `catch` behind a block.
    private func isTail(_ token: Int, behind previous: Int) -> Bool {
        (atoms[token].kind == .else || atoms[token].kind == .catch) && atoms[previous].role == .blockEnd
    }

    // MARK: Gaps

    private enum Gap {
        case none
        case blanks(Int)
        case lines(Int)
    }

    /// What stands in front of an atom. `previous` is the last token, which may lie before a comment.
    private func gap(at index: Int, previous: Int?, _ frame: Frame) -> Gap {
        guard index > 0 else { return .none }
        let atom = atoms[index]
        let last = atoms[index - 1]
        let opens = last.role == .open || last.isBlockStart
        let closes = atom.role == .close || atom.role == .blockEnd
        let lines = opens || closes ? 1 : max(1, atom.newlines)
        if atom.isComment { return atom.newlines > 0 ? .lines(lines) : .blanks(2) }
        if case .pipe(let pipeline) = atom.role {
            return last.isComment || groups.isBroken(pipeline) ? .lines(1) : .blanks(1)
        }
        if last.isComment { return .lines(lines) }
        if atom.startsStatement { return frame.group < 0 || groups.isBroken(frame.group) ? .lines(lines) : .blanks(1) }
        switch atom.role {
        case .blockStart(let isHeaded): return isHeaded && frame.isContinued ? .lines(1) : .blanks(1)
        case .blockEnd, .close:
            if groups[frame.group].isEmpty { return .none }
            if groups.isBroken(frame.group) { return .lines(1) }
            return atom.role == .close ? .none : .blanks(1)
        default: break
        }
        if let previous, isTail(index, behind: previous) { return .blanks(1) }
        if case .pipe = last.role { return .blanks(1) }
        if last.role == .open { return groups.isBroken(frame.group) ? .lines(1) : .none }
        if isTight(index) { return .none }
        if last.kind == .comma, groups.ofAtom[index - 1] >= 0 {
            if groups[groups.ofAtom[index - 1]].isTooLong { return .lines(lines) }
        } else if last.kind == .comma, !frame.isBlock, groups[frame.group].isTooLong {
            return .lines(lines)
        }
        if atom.newlines == 0, isAtBrokenOperator(index) { return .lines(1) }
        return atom.newlines > 0 && !last.asksForMore ? .lines(lines) : .blanks(1)
    }

    /// Whether a line starts here because the layout broke a choice or a chain of operators. One that has a newline on its other side
    /// keeps it as the only one.
    private func isAtBrokenOperator(_ index: Int) -> Bool {
        let isBehindBreak = atoms[index - 1].newlines > 0
        if let chain = ChainOperator(atoms, at: index - 1), !chain.startsLine, !isBehindBreak {
            return groups[groups.ofAtom[index - 1]].isTooLong
        }
        let isBeforeBreak = index + 1 < atoms.count && atoms[index + 1].newlines > 0
        let group = groups.ofAtom[index]
        if group >= 0, groups[group].kind == .choice { return !isBeforeBreak && groups[group].isTooLong }
        guard let chain = ChainOperator(atoms, at: index), chain.startsLine, !isBeforeBreak else { return false }
        return groups[groups.ofAtom[index]].isTooLong
    }

    /// Whether nothing stands between an atom and the one before.
    private func isTight(_ index: Int) -> Bool {
        let (last, atom) = (atoms[index - 1], atoms[index])
        if last.isType && atom.isType { return true }
        switch atom.kind {
        case .comma, .colon, .semicolon: return true
        case .optionalDot, .dot:
            if last.endsOperand {
                return atom.newlines == 0 && (!last.kind.isNumber || last.bytes.upperBound == atom.bytes.lowerBound)
            }
        case .leftParen, .leftBracket: if last.endsOperand, atom.newlines == 0 { return true }
        case .range, .halfOpenRange: return isTightRange(index)
        default: break
        }
        switch last.kind {
        case .dot, .optionalDot, .spread: return true
        case .minus where last.isUnaryMinus: return atom.kind != .minus
        case .range, .halfOpenRange: return isTightRange(index - 1)
        default: return false
        }
    }

    /// Whether a range is written as `1..n`: where both ends are short, and no dot stands by another.
    private func isTightRange(_ index: Int) -> Bool {
        guard index > 0, index + 1 < atoms.count else { return false }
        let (low, high) = (atoms[index - 1], atoms[index + 1])
        guard atoms[index].newlines == 0, high.newlines == 0, low.endsOperand else { return false }
        switch (low.kind, high.kind) {
        case (.name, .name), (.name, .int), (.int, .name), (.int, .int): return true
        case (.rightParen, .name), (.rightParen, .int): return true
        default: return false
        }
    }
}

extension Atom {
    fileprivate var isBlockStart: Bool {
        if case .blockStart = role { true } else { false }
    }

    /// Whether a newline behind it is joined: a prefix stays with its operand.
    fileprivate var asksForMore: Bool { isUnaryMinus || (kind == .not && !endsOperand) }
}
