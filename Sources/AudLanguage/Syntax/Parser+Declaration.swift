/// `use`, `param`, `fn`, and the types in them.
extension Parser {
    func use() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        let path = token
        guard path.kind == .string else {
            throw unexpected("the path of a module in quotes", help: "for example `use \"lib/x.aud\" as x`")
        }
        let text = try plainString("the path of a module in quotes")
        guard token.kind == .as else {
            throw unexpected("`as name`", help: "for example `use \"lib/x.aud\" as x`")
        }
        advance()
        return .use(path: text, pathSpan: span(path), name: try name("a name for the module"))
    }

    func param() throws(SyntaxFailure) -> Statement.Kind {
        let comment = docComment(above: advance())
        let name = try name("a name")
        guard token.kind == .colon else {
            throw unexpected("`:` and a type", help: "for example `param days: int = 90 \"how long\"`")
        }
        advance()
        let type = try type()
        let fallback = accept(.assign) ? try expression() : nil
        var help = comment
        if token.kind == .string || token.kind == .openString, !isAtLineEnd { help = try plainString("a help text") }
        return .param(ParamDeclaration(name: name, type: type, fallback: fallback, help: help))
    }

    func function() throws(SyntaxFailure) -> Statement.Kind {
        let comment = docComment(above: advance())
        guard token.kind == .name else {
            let isLambda = token.kind == .leftParen
            throw unexpected(
                "the name of the function", help: isLambda ? "a function without a name is `(a, b) => …`" : nil)
        }
        let name = identifier(advance())
        guard token.kind == .leftParen else {
            throw unexpected("`(` and the parameters", help: "for example `fn \(name.text)(a, b) { … }`")
        }
        let parameters = try items(.rightParen) { () throws(SyntaxFailure) in try parameter() }
        let body = try functionBody()
        return .function(FunctionDeclaration(name: name, parameters: parameters, body: body, help: comment))
    }

    private func parameter() throws(SyntaxFailure) -> ParameterDeclaration {
        let name = try name("the name of a parameter")
        let type = accept(.colon) ? try type() : nil
        let fallback = accept(.assign) ? try expression() : nil
        return ParameterDeclaration(name: name, type: type, fallback: fallback)
    }

    /// `{ … }`, or `= pipeline`, which is a block that returns it.
    private func functionBody() throws(SyntaxFailure) -> Block {
        guard token.kind == .assign else {
            guard token.kind == .leftBrace else {
                throw missingBody()
            }
            return try block()
        }
        advance()
        let start = token
        let value = try pipeline()
        let span = span(from: start)
        return Block([Statement(.return(value), span)], span)
    }

    private func missingBody() -> SyntaxFailure {
        let typeHelp = "the type of the result is not written: `fn f(x) { … }` or `fn f(x) = …`"
        if token.kind == .foreign, text(token) == "->" {
            return fail(
                .foreignOperator, "`->` is not an operator of aud", at: span(token), help: typeHelp)
        }
        let help: String? =
            switch token.kind {
            case .arrow: "`=>` belongs to lambdas; write `=`"
            case .colon: typeHelp
            default: nil
            }
        return unexpected("`=` and a value, or a block in `{ }`", help: help)
    }

    private func type() throws(SyntaxFailure) -> TypeExpr {
        guard token.kind == .name || token.kind == .fn else {
            throw unexpected("a type", help: "for example `string`, `int`, `list<string>` or `date?`")
        }
        try enter()
        let name = identifier(advance())
        var element: TypeExpr?
        if accept(.less) {
            element = try type()
            splitGreater()
            try expect(.greater)
        }
        leave()
        return TypeExpr(name: name, element: element, nullable: accept(.question))
    }

    /// Takes the `>=` of `list<int>= []` apart: only types make it two tokens.
    private func splitGreater() {
        guard token.kind == .greaterOrEqual else { return }
        let whole = token
        tokens[index].kind = .assign
        tokens[index].start += 1
        tokens.insert(
            Token(kind: .greater, startsLine: whole.startsLine, start: whole.start, end: whole.start + 1), at: index)
        tokens[index + 1].startsLine = false
    }

    // MARK: Doc comments

    /// The `##` lines right above a token, without their marks.
    private func docComment(above token: Token) -> String? {
        var place = comments(before: token.start)
        var below = token.start
        var lines: [String] = []
        while place > 0 {
            let comment = comments[place - 1]
            guard comment.kind == .docComment, isOneLineBreak(comment.end..<below) else { break }
            lines.append(docText(comment))
            below = comment.start
            place -= 1
        }
        return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
    }

    /// The `##` lines at the head of the file; those right above a `fn` are the function's own.
    func headComment() -> String? {
        guard let first = comments.firstIndex(where: { $0.kind == .docComment }) else { return nil }
        guard comments[first].start < tokens[0].start else { return nil }
        var lines = [docText(comments[first])]
        var last = first
        while last + 1 < comments.count, comments[last + 1].kind == .docComment,
            isOneLineBreak(comments[last].end..<comments[last + 1].start)
        {
            last += 1
            lines.append(docText(comments[last]))
        }
        if tokens[0].kind == .fn, isOneLineBreak(comments[last].end..<tokens[0].start) { return nil }
        return lines.joined(separator: "\n")
    }

    /// How many comments stand before an offset. O(log n).
    private func comments(before offset: UInt32) -> Int {
        var low = 0
        var high = comments.count
        while low < high {
            let middle = (low + high) / 2
            if comments[middle].start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func isOneLineBreak(_ range: Range<UInt32>) -> Bool {
        var breaks = 0
        for byte in file.bytes[Int(range.lowerBound)..<Int(range.upperBound)] {
            if byte == UInt8(ascii: "\n") {
                breaks += 1
            } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "\r") {
                return false
            }
        }
        return breaks == 1
    }

    private func docText(_ comment: Token) -> String {
        var text = text(comment).drop { $0 == "#" }
        if text.first == " " { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
