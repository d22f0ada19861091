/// How tightly operators bind, the loosest first. `|`, `=>`, `if` and `try` are looser, postfix operators tighter.
enum Precedence: Int, Comparable {
    case or, and, not, compare, coalesce, range, sum, product, unary

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

    /// The next tighter one: what the right operand of a left-associative operator may hold.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .unary }
}

/// A row of the table of infix operators.
struct InfixOperator {
    enum Grouping { case left, right, none }

    var token: Token.Kind
    var precedence: Precedence
    var grouping: Grouping
    var make: @Sendable (Expr, Expr) -> Expr.Kind

    static let table: [InfixOperator] = [
        InfixOperator(.or, .or, .left) { .or($0, $1) },
        InfixOperator(.and, .and, .left) { .and($0, $1) },
        InfixOperator(.equal, .compare, .none, .equal),
        InfixOperator(.notEqual, .compare, .none, .notEqual),
        InfixOperator(.less, .compare, .none, .less),
        InfixOperator(.lessOrEqual, .compare, .none, .lessOrEqual),
        InfixOperator(.greater, .compare, .none, .greater),
        InfixOperator(.greaterOrEqual, .compare, .none, .greaterOrEqual),
        InfixOperator(.matches, .compare, .none, .matches),
        InfixOperator(.notMatches, .compare, .none, .notMatches),
        InfixOperator(.in, .compare, .none, .isIn),
        /// The `not` of `not in`; the parser asks for the `in`.
        InfixOperator(.not, .compare, .none, .notIn),
        InfixOperator(.coalesce, .coalesce, .right) { .coalesce($0, $1) },
        InfixOperator(.range, .range, .none) { .range($0, $1, closed: true) },
        InfixOperator(.halfOpenRange, .range, .none) { .range($0, $1, closed: false) },
        InfixOperator(.plus, .sum, .left, .add),
        InfixOperator(.minus, .sum, .left, .subtract),
        InfixOperator(.star, .product, .left, .multiply),
        InfixOperator(.slash, .product, .left, .divide),
        InfixOperator(.floorDivide, .product, .left, .floorDivide),
        InfixOperator(.percent, .product, .left, .modulo),
    ]

    /// The table by the token's kind.
    static let byToken: [InfixOperator?] = {
        var result = [InfixOperator?](repeating: nil, count: Token.Kind.allCases.count)
        for row in table { result[Int(row.token.rawValue)] = row }
        return result
    }()

    private init(
        _ token: Token.Kind, _ precedence: Precedence, _ grouping: Grouping,
        make: @escaping @Sendable (Expr, Expr) -> Expr.Kind
    ) {
        self.token = token
        self.precedence = precedence
        self.grouping = grouping
        self.make = make
    }

    private init(_ token: Token.Kind, _ precedence: Precedence, _ grouping: Grouping, _ binary: BinaryOperator) {
        self.init(token, precedence, grouping) { .binary(binary, $0, $1) }
    }
}
