/// One stage of a pipeline: what stands behind a `|`.
package struct Stage: Sendable {
    package var kind: Kind
    /// From the stage word to the end of the stage, without the `|`.
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case `where`(Expr)
        case map(Expr)
        case select([Column])
        case with([Column])
        case sort([SortKey])
        case group([Expr])
        /// `unique`, or `unique by key`.
        case unique(Expr?)
        case take(Expr)
        case skip(Expr)
        /// `first` gives one item or null, `first n` a list.
        case first(Expr?)
        case last(Expr?)
        case atMost(Expr)
        case count
        case flatten
        case reverse
        /// `sum`, `sum expr`, …
        case reduce(Reduction, Expr?)
        case each(Pattern, Block)
        /// `enable`, `disable`, `remove` with their arguments; `update expr` has one argument, `create` none.
        case action(Verb, [Argument], ErrorPolicy)
        /// `x | f.g(a)`, that is `f.g(x, a)`: the callee (a name or fields of a name), and the arguments after x.
        case call(Expr, [Argument])
    }
}

/// A column of `select` or `with`: its name, when one is written, and its value.
package struct Column: Sendable {
    package var name: Identifier?
    package var value: Expr

    package init(name: Identifier?, value: Expr) {
        self.name = name
        self.value = value
    }
}

/// A key of `sort by`.
package struct SortKey: Sendable {
    package var value: Expr
    package var descending: Bool

    package init(value: Expr, descending: Bool) {
        self.value = value
        self.descending = descending
    }
}

/// The stages that fold a list to one value.
package enum Reduction: String, Sendable, CaseIterable {
    case sum, avg, min, max
}

/// The verbs that change a workspace; nothing else does.
public enum Verb: String, Sendable, Hashable, CaseIterable {
    /// Sets `enabled` to true.
    case enable
    /// Sets `enabled` to false.
    case disable
    /// Deletes an audience for good.
    case remove
    /// Changes name, description or definition (later API versions).
    case update
    /// Makes a new audience (later API versions).
    case create
}

/// What an action does when an item fails.
public enum ErrorPolicy: String, Sendable, Hashable {
    /// Raises at the first failure; the default.
    case stop
    /// Goes on and reports the failure in the item's outcome.
    case `continue`
}
