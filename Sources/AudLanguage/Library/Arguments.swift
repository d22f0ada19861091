/// The finished arguments of a native built-in, with accessors that check their types. What they throw says what was
/// expected, what came, and shows the built-in's example.
public struct Arguments: Sendable {
    package let signature: Signature
    package let values: [Value]

    /// What messages need of a row.
    package struct Signature: Sendable {
        package let name: String
        package let parameters: [Builtin.Parameter]
        package let example: (source: String, result: String?)
    }

    /// The bytes of the longest text that is read as a number or as a pattern of a date.
    static let longestForm = 65_536

    public subscript(place: Int) -> Value { values[place] }

    public func isNull(_ place: Int) -> Bool {
        if case .null = values[place] { return true }
        return false
    }

    // MARK: By type

    public func string(_ place: Int) throws(RuntimeError) -> String {
        guard case .string(let text) = values[place] else { throw wrongType(place, "a string") }
        return text
    }

    public func int(_ place: Int) throws(RuntimeError) -> Int64 {
        guard case .int(let number) = values[place] else { throw wrongType(place, "an int") }
        return number
    }

    public func bool(_ place: Int) throws(RuntimeError) -> Bool {
        guard case .bool(let bool) = values[place] else { throw wrongType(place, "a bool") }
        return bool
    }

    public func date(_ place: Int) throws(RuntimeError) -> Int64 {
        guard case .date(let date) = values[place] else { throw wrongType(place, "a date") }
        return date
    }

    public func duration(_ place: Int) throws(RuntimeError) -> Int64 {
        guard case .duration(let duration) = values[place] else { throw wrongType(place, "a duration") }
        return duration
    }

    public func list(_ place: Int) throws(RuntimeError) -> ListValue {
        guard case .list(let list) = values[place] else { throw wrongType(place, "a list") }
        return list
    }

    public func record(_ place: Int) throws(RuntimeError) -> RecordValue {
        guard case .record(let record) = values[place] else { throw wrongType(place, "a record") }
        return record
    }

    package func regex(_ place: Int) throws(RuntimeError) -> RegexValue {
        guard case .regex(let regex) = values[place] else { throw wrongType(place, "a regex") }
        return regex
    }

    /// An int that counts something: not negative, and small enough for an `Int`.
    package func count(_ place: Int, atLeast least: Int64 = 0) throws(RuntimeError) -> Int {
        let number = try int(place)
        guard number >= least else { throw badArgument(place, "must be at least \(least), not \(number)") }
        return Int(number)
    }

    /// A place in something of this length, as Starlark takes the bounds of a slice: from the end when negative, and
    /// moved to the nearest end when outside. Null is the fallback.
    package func bound(_ place: Int, in length: Int, fallback: Int) throws(RuntimeError) -> Int {
        if isNull(place) { return fallback }
        let number = try int(place)
        return number < 0 ? Int(max(0, Int64(length) + max(number, -Int64(length)))) : Int(min(number, Int64(length)))
    }

    /// The items of a list that must all be strings.
    package func strings(_ place: Int, _ meter: Meter) throws(RuntimeError) -> [String] {
        let items = try list(place).items(meter)
        var texts: [String] = []
        texts.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            try meter.charge()
            try meter.allocate(Meter.grownBytes)
            guard case .string(let text) = item else { throw wrongItem(place, index, item, "a string") }
            texts.append(text)
        }
        return texts
    }

    // MARK: Errors

    /// The error of an argument that is not what it should be, such as `a list`.
    public func wrongType(_ place: Int, _ expected: String) -> RuntimeError {
        let name = signature.parameters[place].name
        if case .null = values[place] {
            return RuntimeError(
                .nullOperand, .type, "`\(signature.name)` wants \(expected) as `\(name)`, and got null",
                help: "say what a missing value means with `??`; \(exampleText)", label: "null")
        }
        return RuntimeError(
            .wrongType, .type,
            "`\(signature.name)` wants \(expected) as `\(name)`, not \(Operators.described(values[place]))",
            help: exampleText)
    }

    /// The error of an item of a list argument, at an index; people count items from 1.
    package func wrongItem(_ place: Int, _ index: Int, _ item: Value, _ expected: String) -> RuntimeError {
        let isNull = if case .null = item { true } else { false }
        return RuntimeError(
            isNull ? .nullOperand : .wrongType, .type,
            "`\(signature.name)` wants \(expected) as each item of `\(signature.parameters[place].name)`; item \(index + 1) is "
                + Operators.described(item),
            help: exampleText)
    }

    /// The error of an argument of the right type that is not a value to be had, such as `must not be empty`.
    public func badArgument(_ place: Int, _ trouble: String, help: String? = nil) -> RuntimeError {
        RuntimeError(
            .badArgument, .value, "`\(signature.parameters[place].name)` of `\(signature.name)` \(trouble)",
            help: help ?? exampleText)
    }

    /// `for example `lower("ABC")` gives "abc"`
    package var exampleText: String {
        guard let result = signature.example.result else { return "for example `\(signature.example.source)`" }
        // A text of several lines, or of none, is shown as it is written in a script.
        let shown = result.isEmpty || result.contains(where: \.isNewline) ? Printer.quoted(result) : result
        return "for example `\(signature.example.source)` gives \(shown)"
    }
}
