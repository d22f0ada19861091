/// A statement, with the bytes that it was read from.
package struct Statement: Sendable {
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        /// `use "lib/x.aud" as x`
        case use(path: String, pathSpan: Span, name: Identifier)
        case param(ParamDeclaration)
        case function(FunctionDeclaration)
        case `let`(Pattern, Expr)
        case `var`(Identifier, Expr)
        /// `name = value`, or `name += value` with its operator.
        case assign(Identifier, BinaryOperator?, Expr)
        case `for`(Pattern, Expr, Block)
        case `while`(Expr, Block)
        case `if`(Expr, Block, else: Block?)
        case `try`(Block, Identifier, Block)
        case `return`(Expr?)
        case `break`
        case `continue`
        case fail(Expr)
        /// A line of a prompt that starts with `|`: it goes on with the last value.
        case resume([Stage])
        case expression(Expr)
    }
}

/// Statements in braces. `else if` is a block of one `if`.
package struct Block: Sendable {
    package var statements: [Statement]
    package var span: Span

    package init(_ statements: [Statement], _ span: Span) {
        self.statements = statements
        self.span = span
    }
}

/// What a value is bound to: one name, or fields of a record by their names.
package enum Pattern: Sendable {
    case name(Identifier)
    case record([Identifier], Span)

    package var names: [Identifier] {
        switch self {
        case .name(let name): [name]
        case .record(let names, _): names
        }
    }
}

/// `param days: int = 90 "how long is 'a while'"`
package struct ParamDeclaration: Sendable {
    package var name: Identifier
    package var type: TypeExpr
    package var fallback: Expr?
    /// The string behind the default, else the `##` comment above.
    package var help: String?

    package init(name: Identifier, type: TypeExpr, fallback: Expr?, help: String?) {
        self.name = name
        self.type = type
        self.fallback = fallback
        self.help = help
    }
}

/// `fn retire(a, reason: string = "old") { … }`; `= pipeline` is a block of one `return`.
package struct FunctionDeclaration: Sendable {
    package var name: Identifier
    package var parameters: [ParameterDeclaration]
    package var body: Block
    /// The `##` comment above.
    package var help: String?

    package init(name: Identifier, parameters: [ParameterDeclaration], body: Block, help: String?) {
        self.name = name
        self.parameters = parameters
        self.body = body
        self.help = help
    }
}

package struct ParameterDeclaration: Sendable {
    package var name: Identifier
    package var type: TypeExpr?
    package var fallback: Expr?

    package init(name: Identifier, type: TypeExpr?, fallback: Expr?) {
        self.name = name
        self.type = type
        self.fallback = fallback
    }
}

/// A type as written: `list<string>?`. The parser takes any name; the checker knows which exist.
package struct TypeExpr: Sendable {
    package var name: Identifier
    /// The `T` of `list<T>`.
    package var element: [TypeExpr]
    package var nullable: Bool

    package init(name: Identifier, element: TypeExpr?, nullable: Bool) {
        self.name = name
        self.element = element.map { [$0] } ?? []
        self.nullable = nullable
    }
}
