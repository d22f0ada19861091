/// An expression of the language, with the bytes that it was read from.
///
/// The tree is a value. It says what was written and nothing about what it means: names are resolved in a table beside
/// it (`Resolution`), keyed by the span of the name.
package struct Expr: Sendable {
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case null
        case bool(Bool)
        case int(Int64)
        case float(Double)
        /// Microseconds.
        case duration(Int64)
        /// Microseconds since 1970-01-01T00:00Z.
        case date(Int64)
        /// `"…{expr}…"`: text and interpolated pipelines in turn. A raw or multi-line string is one of these as well.
        case string([StringPart])
        case regex(pattern: String, flags: String)
        /// `it`, the current item of the nearest enclosing stage.
        case it
        case name(String)
        case list([ListItem])
        case record([RecordItem])
        case negate(Expr)
        case not(Expr)
        case binary(BinaryOperator, Expr, Expr)
        case and(Expr, Expr)
        case or(Expr, Expr)
        /// `left ?? right`
        case coalesce(Expr, Expr)
        /// `low .. high`, or `low ..< high` when `closed` is false.
        case range(Expr, Expr, closed: Bool)
        /// `base.name`. `.name` alone has the base `.it`, whose span is empty.
        case field(Expr, Identifier)
        /// `base?.name`; always inside a `chain`, which its null base ends.
        case optionalField(Expr, Identifier)
        /// A whole postfix chain that holds at least one `?.`.
        case chain(Expr)
        case index(Expr, Expr)
        case call(Expr, [Argument])
        /// `source | stage | stage`; at least one stage.
        case pipeline(Expr, [Stage])
        case lambda([Identifier], LambdaBody)
        case conditional(Expr, then: Expr, else: Expr)
        case attempt(Expr, else: Expr)
    }
}

/// A name with the place where it stands.
package struct Identifier: Sendable, Hashable {
    package var text: String
    package var span: Span

    package init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

/// A piece of a string literal, escapes already decoded.
package enum StringPart: Sendable {
    case text(String)
    case interpolation(Expr)
}

/// An item of a list literal.
package enum ListItem: Sendable {
    case item(Expr)
    case spread(Expr)
}

/// An item of a record literal. `{name}` is a field whose value is the name.
package enum RecordItem: Sendable {
    case field(Identifier, Expr)
    case spread(Expr)
}

/// An argument of a call: `value` or `label: value`.
package struct Argument: Sendable {
    package var label: Identifier?
    package var value: Expr

    package init(label: Identifier?, value: Expr) {
        self.label = label
        self.value = value
    }
}

/// What follows `=>`.
package indirect enum LambdaBody: Sendable {
    case expr(Expr)
    case block(Block)
}

/// The operators that take two finished values.
package enum BinaryOperator: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matches = "~"
    case notMatches = "!~"
    case isIn = "in"
    case notIn = "not in"
}
