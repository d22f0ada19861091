import Testing

@testable import AudLanguage

/// The table of operators in the reference: every pair of operands gives what its row says, and every pair without a row
/// is an error, at run time and, where the types are known, before.
@Suite struct OperatorTableTests {
    /// Values of each type: two, so that no operator meets an operand that it refuses for its value.
    static let samples: [(type: String, left: Value, right: Value)] = [
        ("null", .null, .null), ("bool", true, false), ("int", 3, 2), ("float", .float(1.5), .float(2.5)),
        ("string", "name", "a"), ("date", Sample.at("2026-01-31").value, Sample.at("2026-01-30").value),
        ("duration", .duration(3_000_000), .duration(2_000_000)), ("list", [1, 2, 3, 4], [1, "name"]),
        ("record", ["a": 1], ["a": 1]), ("audience", Sample.audience(("a", 1)).value, Sample.audience(("a", 1)).value),
        ("space", space, space), ("fn", Sample.function(0).value, Sample.function(0).value),
        ("regex", Sample.regex("a").value, Sample.regex("a").value),
    ]
    private static let space = Value.record(RecordValue([("a", 1)], kind: .space))
    static let types = samples.map(\.type)

    struct Cell: Hashable {
        var op: String
        var left: String
        var right: String
    }

    /// The rows of the page's table, one cell for each pair.
    static func cells() throws -> [Cell: String] {
        var cells: [Cell: String] = [:]
        for line in try Article("Operators").text.split(separator: "\n") where line.hasPrefix("| `") {
            let cellTexts = line.split(separator: "|").map(String.init)
            let columns = cellTexts.map { $0.split(whereSeparator: { " ,`".contains($0) }).map(String.init) }
            guard columns.count == 4 else { continue }
            let quoted = cellTexts[0].split(separator: "`").map(String.init)
            for op in quoted where op.contains(where: { $0 != " " }) {
                for left in expanded(columns[1]) {
                    for right in expanded(columns[2]) {
                        let cell = Cell(op: op, left: left, right: right)
                        #expect(
                            cells.updateValue(result(columns[3], left), forKey: cell) == nil, "\(cell) is there twice")
                    }
                }
            }
        }
        return cells
    }

    private static func expanded(_ names: [String]) -> [String] {
        if names == ["any"] { return types }
        if names == ["any", "but", "null"] { return types.filter { $0 != "null" } }
        return names
    }

    private static func result(_ words: [String], _ left: String) -> String {
        words == ["left"] ? left : words.joined(separator: " ")
    }

    static let operators = BinaryOperator.allCases.map(\.rawValue) + ["..", "..<", "x[y]"]

    static func actual(_ op: String, _ left: Value, _ right: Value) -> String {
        do throws(RuntimeError) {
            switch op {
            case "..", "..<": return try Operators.range(left, right, closed: op == "..", Limits()).typeName
            case "x[y]":
                _ = try Operators.index(left, right)
                return "item"
            default:
                guard let binary = BinaryOperator(rawValue: op) else { return "no operator" }
                return try Operators.binary(binary, left, right, Limits()).typeName
            }
        } catch {
            return error.code.rawValue
        }
    }

    @Test(arguments: operators)
    func everyPairIsInTheTableOrAnError(_ op: String) throws {
        let cells = try Self.cells()
        for left in Self.samples {
            for right in Self.samples {
                let expected = cells[Cell(op: op, left: left.type, right: right.type)]
                let error = left.type == "null" || right.type == "null" ? "R1004" : "R1003"
                let actual = Self.actual(op, left.left, right.right)
                #expect(actual == expected ?? error, "\(left.type) \(op) \(right.type)")
            }
        }
    }

    /// Nothing in the table is about an operator or a type that there is not.
    @Test func theTableHasNoOtherRows() throws {
        for cell in try Self.cells().keys {
            #expect(Self.operators.contains(cell.op), "\(cell)")
            #expect(Self.types.contains(cell.left) && Self.types.contains(cell.right), "\(cell)")
        }
    }

    /// The checker's table is the same.
    @Test(arguments: BinaryOperator.allCases)
    func theCheckerKnowsTheTable(_ op: BinaryOperator) throws {
        guard ![.equal, .notEqual, .isIn, .notIn].contains(op) else { return }
        let cells = try Self.cells()
        for left in Self.samples where left.type != "null" {
            for right in Self.samples where right.type != "null" {
                let expected = cells[Cell(op: op.rawValue, left: left.type, right: right.type)]
                let kinds = OperatorTypes.result(op, Kinds(of: left.left), Kinds(of: right.right))
                #expect(kinds == expected.map { Type(row: $0 == "float" ? "float" : $0).kinds.named($0) } ?? [])
            }
        }
    }
}

extension Kinds {
    /// `float` as an annotation takes an int too; as a result it is one.
    fileprivate func named(_ name: String) -> Kinds { name == "float" ? .float : self }
}
