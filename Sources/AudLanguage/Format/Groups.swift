/// The parts of a text that stand on one line or on several: pipelines, columns of a stage, choices, chains of operators,
/// blocks and brackets.
///
/// A group is broken when its author broke it, or because a line would be too long. It is never joined. Breaking a group
/// is what formatting the broken text again finds, so the layout is stable.
struct Groups {
    enum Kind: Int {
        case headedBlock, pipeline, columns, choice, chain, block, bracket
    }

    struct Group {
        var kind: Kind
        /// How many brackets are open around it.
        var depth = 0
        var isBroken = false
        var isEmpty = false
        /// Whether the layout may break it.
        var canBreak = true
        /// Whether the layout broke it: then every item of a list starts a line.
        var isTooLong = false
        /// Of a chain or choice: how tightly its operators bind.
        var precedence = 0
        /// The first block of an `if … else …` or `try … catch …`: they are broken together.
        var leader: Int?
    }

    private var groups: [Group]
    /// The group of each atom that is a bracket, a `|`, an operator of a chain, the word of a stage with columns or a comma
    /// of it; -1 for others.
    private(set) var ofAtom: [Int]

    subscript(group: Int) -> Group { groups[group] }

    func isBroken(_ group: Int) -> Bool { groups[groups[group].leader ?? group].isBroken }

    mutating func `break`(_ group: Int) {
        groups[groups[group].leader ?? group].isBroken = true
        groups[group].isTooLong = true
    }

    /// The unbroken groups of some atoms in the order in which they are to be broken: the outermost first; of those a
    /// block with a header before a pipeline, that before columns, a choice and a chain, and these before other blocks and brackets;
    /// of choices and chains the one that binds loosest.
    func breakable(in atoms: Range<Int>) -> [Int] {
        let found = atoms.map { ofAtom[$0] }.filter {
            $0 >= 0 && !isBroken($0) && groups[$0].canBreak && !groups[$0].isEmpty
        }
        return found.enumerated().sorted {
            let (left, right) = (rank($0.element), rank($1.element))
            return left == right ? $0.offset < $1.offset : left < right
        }.map(\.element)
    }

    private func rank(_ group: Int) -> (Int, Int, Int) {
        (groups[group].depth, groups[group].kind.rawValue, groups[group].precedence)
    }

    /// What is open while the atoms are read.
    private struct Open {
        var group: Int
        var newlines = 0
        var statements = 0
        var hasComma = false
        /// The last headed block of the current statement.
        var headed: Int?
        /// The chains of the current expression, by the precedence of their operators.
        var chains = noChains
        var choices = OpenChoices()
        /// The word of the current stage, when it has columns.
        var columns: Int?

        static let noChains = [Int?](repeating: nil, count: ChainOperator.precedences)
    }

    init(_ atoms: [Atom], pipelineCount: Int, source: [UInt8]) {
        groups = Array(repeating: Group(kind: .pipeline), count: pipelineCount)
        ofAtom = Array(repeating: -1, count: atoms.count)
        var open = [Open(group: -1)]
        var newlines = 0
        for (index, atom) in atoms.enumerated() {
            newlines += atom.newlines
            let top = open.count - 1
            if atom.startsStatement {
                open[top].statements += 1
                open[top].headed = nil
                open[top].chains = Open.noChains
                open[top].choices = OpenChoices()
                open[top].columns = nil
            }
            if atom.startsColumns { open[top].columns = index }
            switch atom.role {
            case .plain:
                addToChoice(index, atoms, &open[top].choices, depth: top)
                if atom.kind == .comma { addComma(index, atoms, &open[top], depth: top) }
                addToChain(index, atoms, &open[top].chains, depth: top)
                if atom.kind == .string, source[atom.bytes].contains(UInt8(ascii: "\n")) { newlines += 1 }
            case .comment: break
            case .pipe(let pipeline):
                open[top].chains = Open.noChains
                open[top].columns = nil
                ofAtom[index] = pipeline
                groups[pipeline].depth = top
                let isBehindBreak = atom.newlines > 0 || (index + 1 < atoms.count && atoms[index + 1].newlines > 0)
                if isBehindBreak { groups[pipeline].isBroken = true }
            case .blockStart(let isHeaded):
                var group = Group(kind: isHeaded ? .headedBlock : .block, depth: top)
                if isHeaded {
                    open[top].choices.beginBlock()
                    group.leader = open[top].headed
                    if group.leader == nil { open[top].headed = groups.count }
                }
                ofAtom[index] = groups.count
                open.append(Open(group: groups.count, newlines: newlines))
                groups.append(group)
            case .open:
                var group = Group(kind: .bracket, depth: top)
                if index + 1 < atoms.count {
                    group.isBroken = atoms[index + 1].newlines > 0 || atoms[index + 1].isComment
                }
                ofAtom[index] = groups.count
                open.append(Open(group: groups.count, newlines: newlines))
                groups.append(group)
            case .blockEnd, .close:
                guard let closed = open.popLast(), closed.group >= 0 else { return }
                ofAtom[index] = closed.group
                let isEmpty = index > 0 && ofAtom[index - 1] == closed.group
                groups[closed.group].isEmpty = isEmpty
                if atom.role == .blockEnd {
                    let isBroken = !isEmpty && (closed.statements > 1 || newlines > closed.newlines)
                    if isBroken {
                        groups[groups[closed.group].leader ?? closed.group].isBroken = true
                        // The blocks around it see the lines that it will have.
                        newlines += 1
                    }
                } else {
                    groups[closed.group].canBreak = closed.hasComma
                }
            }
        }
    }

    /// Notes a comma, which parts the columns of the stage it stands in, or the items of a bracket.
    private mutating func addComma(_ index: Int, _ atoms: [Atom], _ open: inout Open, depth: Int) {
        guard let stage = open.columns else {
            open.hasComma = true
            return
        }
        if ofAtom[stage] < 0 {
            ofAtom[stage] = groups.count
            groups.append(Group(kind: .columns, depth: depth, isBroken: true))
        }
        ofAtom[index] = ofAtom[stage]
        if index + 1 < atoms.count, atoms[index + 1].newlines == 0 { groups[ofAtom[stage]].isBroken = false }
    }

    /// Adds a `then` or `else` to its choice.
    private mutating func addToChoice(_ index: Int, _ atoms: [Atom], _ choices: inout OpenChoices, depth: Int) {
        let atom = atoms[index]
        let isWord = !atom.endsOperand && !(index + 1 < atoms.count && atoms[index + 1].kind == .colon)
        switch atom.kind {
        case .if where isWord, .try where isWord: choices.begin(isTry: atom.kind == .try)
        case .then where isWord, .else where isWord:
            let precedence = choices.precedence(atom.kind)
            guard atoms[..<index].last(where: { !$0.isComment })?.role != .blockEnd || atom.kind == .then,
                let group = choices.group(atom.kind, next: groups.count)
            else { return }
            if group == groups.count {
                groups.append(Group(kind: .choice, depth: depth, isBroken: true, precedence: precedence))
            }
            ofAtom[index] = group
            keepIfBroken(index, atoms, group)
        default: choices.pass()
        }
    }

    /// A group of operators is broken when the text has a newline at each of them.
    private mutating func keepIfBroken(_ index: Int, _ atoms: [Atom], _ group: Int) {
        let isAtBreak = atoms[index].newlines > 0 || (index + 1 < atoms.count && atoms[index + 1].newlines > 0)
        if !isAtBreak { groups[group].isBroken = false }
    }

    /// Adds an operator to its chain. The operands of a looser one are chains of their own, and what stands on either side
    /// of any other token that is no operand, such as `=`, `=>` or `then`, is another expression.
    private mutating func addToChain(_ index: Int, _ atoms: [Atom], _ chains: inout [Int?], depth: Int) {
        guard let chain = ChainOperator(atoms, at: index) else {
            switch atoms[index].kind {
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches, .in, .not,
                .range, .halfOpenRange:
                for tighter in ChainOperator.coalesce..<ChainOperator.precedences { chains[tighter] = nil }
            case .comma, .colon, .assign, .addAssign, .subtractAssign, .multiplyAssign, .divideAssign, .arrow, .if,
                .then,
                .else, .try, .catch, .for, .while, .return, .fail, .spread:
                chains = Open.noChains
            default: break
            }
            return
        }
        for tighter in chain.precedence + 1..<ChainOperator.precedences { chains[tighter] = nil }
        let group = chains[chain.precedence] ?? groups.count
        if group == groups.count {
            groups.append(Group(kind: .chain, depth: depth, isBroken: true, precedence: chain.precedence))
            chains[chain.precedence] = group
        }
        ofAtom[index] = group
        keepIfBroken(index, atoms, group)
    }
}
