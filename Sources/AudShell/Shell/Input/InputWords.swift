// The role of each token of the text in the editor. Pure, and linear in the text.
//
// A word is judged by the tokens around it and not by the grammar, so that half a statement has colours like a whole one.

internal import AudLanguage

struct InputWords {
    let text: InputTokens
    let names: KnownNames
    /// By place in `text`.
    private(set) var roles: [InputRole] = []
    /// A UTF-8 offset; a word that it stands in is still being typed.
    private let cursor: Int?
    private let bindings: BindingWords

    init(_ input: InputText, names: KnownNames, cursor: Int?) {
        text = input.tokens
        self.cursor = cursor
        bindings = input.bindings
        var names = names
        names.own = bindings.names
        self.names = names
        roles.reserveCapacity(text.count)
        for place in 0..<text.count { roles.append(role(at: place)) }
    }

    private func role(at place: Int) -> InputRole {
        guard let kind = text.kind(place) else { return .plain }
        switch kind {
        case .int, .float, .duration, .date: return .number
        case .string, .openString: return .string
        case .regex: return .regex
        case .foreign: return .error
        case .bad: return badRole(at: place)
        case .rightParen, .rightBracket, .rightBrace: return text.isLone(place) ? .error : .plain
        case .name: return bindings.roles[place] ?? nameRole(at: place)
        case _ where kind.isKeyword:
            if let role = bindings.roles[place] { return role }
            if text.isField(place) { return .field }
            return text.kind(place + 1) == .colon ? .plain : .keyword
        default: return .plain
        }
    }

    /// What the lexer could not read: an open string or regex looks like a closed one, and a number that the cursor is at
    /// may become right.
    private func badRole(at place: Int) -> InputRole {
        switch text.firstByte(place) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .string
        case UInt8(ascii: "/"): .regex
        case UInt8(ascii: "@"), UInt8(ascii: "0")...UInt8(ascii: "9"): isTyped(place) ? .number : .error
        default: .error
        }
    }

    private func nameRole(at place: Int) -> InputRole {
        if text.isField(place) { return .field }
        if text.kind(place + 1) == .colon { return .plain }
        let word = text.word(place)
        if text.kind(place - 1) == .pipe {
            if KnownNames.stages.contains(word) { return KnownNames.changes.contains(word) ? .change : .stage }
            return names.role(of: word) ?? unknown(word, at: place, stage: true)
        }
        if let role = secondWord(word, at: place) { return role }
        guard isOperand(place) else { return .plain }
        return names.role(of: word) ?? unknown(word, at: place, stage: false)
    }

    /// Words that are reserved in their place only: `sort by .name desc`, `at most 5`, `disable on error stop`.
    private func secondWord(_ word: String, at place: Int) -> InputRole? {
        let before = text.word(place - 1)
        switch word {
        case "by": return isStage(place - 1) && ["sort", "group", "unique"].contains(before) ? .stage : nil
        case "most": return isStage(place - 1) && before == "at" ? .stage : nil
        case "asc", "desc": return isOperand(place) ? nil : .keyword
        case "on":
            let isPolicy = isStage(place - 1) && KnownNames.changes.contains(before)
            return isPolicy || !isOperand(place) ? .keyword : nil
        case "error": return before == "on" && isSecondWord(place - 1) ? .keyword : nil
        case "stop": return before == "error" && isSecondWord(place - 1) ? .keyword : nil
        default: return nil
        }
    }

    private func isStage(_ place: Int) -> Bool {
        text.kind(place) == .name && text.kind(place - 1) == .pipe && KnownNames.stages.contains(text.word(place))
    }

    private func isSecondWord(_ place: Int) -> Bool {
        text.kind(place) == .name && roles.indices.contains(place) && roles[place] == .keyword
    }

    /// Whether a value may stand here: two never stand side by side.
    private func isOperand(_ place: Int) -> Bool {
        guard let before = text.kind(place - 1), !text.startsLine(place), !text.startsHole(place) else { return true }
        if before == .name, isStage(place - 1) || roles[place - 1] == .stage || isSecondWord(place - 1) { return true }
        return !before.endsOperand
    }

    private func unknown(_ word: String, at place: Int, stage: Bool) -> InputRole {
        let isUnfinished =
            isTyped(place) && (mayBeLabel(place) || names.isBeginning(word, stage: stage, first: place == 0))
        return isUnfinished ? .plain : .unknown
    }

    /// Whether the word is a label, or a parameter of a lambda, if the right token follows.
    private func mayBeLabel(_ place: Int) -> Bool {
        switch text.kind(place - 1) {
        case .leftParen, .leftBrace, .comma: true
        case .name: isStage(place - 1) && ["select", "with"].contains(text.word(place - 1))
        default: false
        }
    }

    private func isTyped(_ place: Int) -> Bool {
        guard let cursor else { return false }
        return Int(text.tokens[place].start) < cursor && cursor <= Int(text.tokens[place].end)
    }
}
