// The call whose arguments are being typed at the end of a text, and its signature as a hint.

internal import AudLanguage
internal import AudRuntime

struct OpenCall: Equatable {
    var name: String
    /// How many arguments stand before the one that is typed, with the value that a `|` brings.
    var before: Int
    /// The name of the argument that is typed, when it is written.
    var label: String?

    /// The innermost call that is open; nil when a block, a record or an interpolation is open inside of it.
    init?(_ text: InputTokens) {
        var depth = 0
        var holes = 0
        var commas = 0
        var label: String?
        for place in stride(from: text.count - 1, through: 0, by: -1) {
            if text.startsHole(place + 1) {
                guard holes > 0 else { return nil }
                holes -= 1
            }
            guard let kind = text.kind(place) else { return nil }
            if kind == .string, text.firstByte(place) == UInt8(ascii: "}") { holes += 1 }
            if holes > 0 { continue }
            if kind.isBracket, kind.closer == nil {
                depth += 1
            } else if kind.closer != nil, depth > 0 {
                depth -= 1
            } else if kind == .leftBrace {
                return nil
            } else if kind == .leftParen, let name = Self.callee(before: place, text) {
                self.name = name
                before = commas + (text.kind(place - 2) == .pipe ? 1 : 0)
                self.label = label
                return
            } else if kind.closer != nil {
                // What is in a list or in parentheses is one argument.
                (commas, label) = (0, nil)
            } else if depth == 0, kind == .comma {
                commas += 1
            } else if depth == 0, kind == .colon, commas == 0 {
                label = text.word(place - 1)
            }
        }
        return nil
    }

    private static func callee(before place: Int, _ text: InputTokens) -> String? {
        guard text.kind(place - 1) == .name, !text.isField(place - 1), text.kind(place - 2) != .fn else { return nil }
        return text.word(place - 1)
    }

    /// The signature of what is called, with the parameter that is typed marked; nil when nothing is known of it.
    func hint(_ scope: SessionScope?, _ library: Library) -> Hint? {
        if let function = scope?.functions[name] {
            let texts = function.map { $0.hasDefault ? "\($0.name) = …" : $0.name }
            return hint(names: function.map(\.name), texts: texts, isVariadic: false, result: nil)
        }
        guard scope?.names.contains(name) != true, let place = library.index(of: name), !library[place].isHidden else {
            return nil
        }
        let builtin = library[place]
        return hint(
            names: builtin.parameters.map(\.name), texts: builtin.parameterTexts, isVariadic: builtin.isVariadic,
            result: builtin.result)
    }

    private func hint(names: [String], texts: [String], isVariadic: Bool, result: String?) -> Hint {
        let current = label.map { names.firstIndex(of: $0) } ?? (isVariadic ? min(before, names.count - 1) : before)
        var hint = Hint("  \(name)(", isText: false)
        for (place, text) in texts.enumerated() {
            if place > 0 { hint.text += ", " }
            let start = hint.text.utf8.count
            hint.text += text
            if place == current { hint.mark = start..<hint.text.utf8.count }
        }
        hint.text += ")" + (result.map { " → \($0)" } ?? "")
        return hint
    }
}
