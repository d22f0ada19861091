// The places where a text binds names or writes types: behind `let`, `fn`, `for` and the like. Pure, one pass.
//
// Invariant: it works on any tokens, of half a statement too; what a text does not say yet is not guessed.

internal import AudLanguage

struct BindingWords: Sendable {
    private(set) var names: Set<String> = []
    /// By the place of the token.
    private(set) var roles: [Int: InputRole] = [:]

    private let text: InputTokens

    init(_ text: InputTokens) {
        self.text = text
        for place in 0..<text.count { look(at: place) }
    }

    private mutating func look(at place: Int) {
        switch text.kind(place) {
        case .let, .var, .for, .catch, .as:
            if !text.isField(place), text.kind(place + 1) != .colon { bindPattern(at: place + 1) }
        case .fn where text.kind(place + 1) == .name:
            bind(place + 1)
            bindParameters(at: place + 2)
        case .name where text.kind(place + 1) == .arrow: bind(place)
        case .name where text.kind(place - 1) == .pipe && text.word(place) == "each": bindPattern(at: place + 1)
        case .name where text.isParam(place):
            roles[place] = .keyword
            bind(place + 1)
            if text.kind(place + 2) == .colon { markType(from: place + 3, until: text.count) }
        case .leftParen where text.partner(of: place) == nil && text.kind(place - 1) != .name:
            leaveOpen(from: place + 1)
        case .rightParen where text.kind(place + 1) == .arrow:
            bindLambda(until: place)
        default: break
        }
    }

    private mutating func bind(_ place: Int) {
        guard text.kind(place) == .name else { return }
        names.insert(text.word(place))
        roles[place] = .plain
    }

    /// Names in parentheses that the text ends in may become the parameters of a lambda.
    private mutating func leaveOpen(from start: Int) {
        var end = start
        while text.kind(end) == .name || text.kind(end) == .comma { end += 1 }
        guard end == text.count else { return }
        for place in start..<end where text.kind(place) == .name { roles[place] = .plain }
    }

    /// A name, or names in braces; the braces of a block have more in them than names and commas.
    private mutating func bindPattern(at place: Int) {
        guard text.kind(place) == .leftBrace else { return bind(place) }
        var end = place + 1
        while text.kind(end) == .name || text.kind(end) == .comma { end += 1 }
        guard text.kind(end) == .rightBrace || end == text.count else { return }
        for inner in place + 1..<end { bind(inner) }
    }

    /// `(a, b) =>`: names and commas only, so that parentheses in parentheses are not walked again and again.
    private mutating func bindLambda(until end: Int) {
        var start = end - 1
        while text.kind(start) == .name || text.kind(start) == .comma { start -= 1 }
        guard text.kind(start) == .leftParen else { return }
        for place in start + 1..<end { bind(place) }
    }

    private mutating func bindParameters(at start: Int) {
        guard text.kind(start) == .leftParen else { return }
        let end = text.partner(of: start) ?? text.count
        var depth = 0
        var isStart = true
        var place = start + 1
        while place < end {
            switch text.kind(place) {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket, .rightBrace: depth -= 1
            case .comma where depth == 0: isStart = true
            case .colon where depth == 0: place = markType(from: place + 1, until: end)
            // The parentheses are not closed: what follows is another function.
            case .fn where text.kind(place + 1) == .name: return
            case .name where depth == 0 && isStart:
                bind(place)
                isStart = false
            default: break
            }
            place += 1
        }
    }

    /// Marks `list<string>?` and answers the place of its last token.
    @discardableResult
    private mutating func markType(from start: Int, until end: Int) -> Int {
        var place = start
        while place < end {
            switch text.kind(place) {
            case .name where place == start || text.kind(place - 1) == .less: roles[place] = .type
            case .fn where place == start || text.kind(place - 1) == .less: roles[place] = .type
            case .less, .greater, .question: break
            default: return place - 1
            }
            place += 1
        }
        return place - 1
    }
}
