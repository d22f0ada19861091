/// The built-ins for numbers.
extension Library {
    static let numbers: [Builtin] = [
        .native(
            "abs", "numbers", "The number or duration without its sign.", [.init("x", "int | float | duration")],
            result: "int | float | duration", example: ("abs(-3)", "3"), abs),
        .native(
            "round", "numbers", "The nearest int; halves go away from zero.", [.init("x", "int | float")],
            result: "int", example: ("round(-2.5)", "-3")
        ) { (_, arguments) throws(RuntimeError) in try rounded(arguments, .toNearestOrAwayFromZero) },
        .native(
            "floor", "numbers", "The nearest int that is not greater.", [.init("x", "int | float")],
            result: "int", example: ("floor(-2.5)", "-3")
        ) { (_, arguments) throws(RuntimeError) in try rounded(arguments, .down) },
        .native(
            "ceil", "numbers", "The nearest int that is not less.", [.init("x", "int | float")],
            result: "int", example: ("ceil(-2.5)", "-2")
        ) { (_, arguments) throws(RuntimeError) in try rounded(arguments, .up) },
        .native(
            "min", "numbers", "The least of a list, or of several arguments; null for an empty list.",
            [.init("values", "any")], variadic: true, result: "any", example: ("min(3, 1, 2)", "1")
        ) { (context, arguments) throws(RuntimeError) in try reduce(.min, context, arguments) },
        .native(
            "max", "numbers", "The greatest of a list, or of several arguments; null for an empty list.",
            [.init("values", "any")], variadic: true, result: "any", example: ("max([3, 1, 2])", "3")
        ) { (context, arguments) throws(RuntimeError) in try reduce(.max, context, arguments) },
        .native(
            "sum", "numbers", "The sum of a list, or of several arguments; 0 for an empty list.",
            [.init("values", "any")], variadic: true, result: "int | float | duration",
            example: ("sum([1, 2.5])", "3.5")
        ) { (context, arguments) throws(RuntimeError) in try reduce(.sum, context, arguments) },
        .native(
            "avg", "numbers", "The mean of a list, or of several arguments; null for an empty list.",
            [.init("values", "any")], variadic: true, result: "float | duration | null", example: ("avg([1, 2])", "1.5")
        ) { (context, arguments) throws(RuntimeError) in try reduce(.avg, context, arguments) },
        .native(
            "int", "numbers", "The int of a string of digits, or of a float without its decimals.",
            [.init("x", "string | float | int")], result: "int", example: ("int(\"-42\")", "-42"), int),
        .native(
            "float", "numbers", "The float of a string or an int.", [.init("x", "string | int | float")],
            result: "float", example: ("float(\"2.50\")", "2.5"), float),
    ]

    private static func abs(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .int(.min), .duration(.min):
            throw RuntimeError(
                .overflow, .value, "`abs` of \(Printer.summary(arguments[0])) does not fit",
                help: "the largest is \(Int64.max), one less: `float(x)` takes larger numbers")
        case .int(let x): return x < 0 ? .int(-x) : arguments[0]
        case .float(let x): return .float(x.magnitude)
        case .duration(let x): return x < 0 ? .duration(-x) : arguments[0]
        case .null, .bool, .date, .string, .list, .record, .function, .regex:
            throw arguments.wrongType(0, "a number or a duration")
        }
    }

    private static func rounded(
        _ arguments: Arguments, _ rule: FloatingPointRoundingRule
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .int: return arguments[0]
        case .float(let x): return try whole(x.rounded(rule), arguments)
        case .null, .bool, .date, .duration, .string, .list, .record, .function, .regex:
            throw arguments.wrongType(0, "a number")
        }
    }

    private static func whole(_ x: Double, _ arguments: Arguments) throws(RuntimeError) -> Value {
        guard let int = Int64(exactly: x) else {
            throw RuntimeError(
                .overflow, .value, "\(Printer.summary(arguments[0])) does not fit an int",
                help: "an int goes up to \(Int64.max); leave the number a float")
        }
        return .int(int)
    }

    private static func reduce(
        _ reduction: Reduction, _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        var values = try arguments.list(0)
        if values.count == 0 {
            throw RuntimeError(
                .badArgument, .value, "`\(reduction.rawValue)` wants a list, or several values",
                help: arguments.exampleText)
        }
        if values.count == 1 {
            guard case .list(let only) = values[0] else {
                let isNull = if case .null = values[0] { true } else { false }
                throw RuntimeError(
                    isNull ? .nullOperand : .wrongType, .type,
                    "`\(reduction.rawValue)` wants a list, or several values, not \(Operators.described(values[0])) alone",
                    help: arguments.exampleText)
            }
            values = only
        }
        var reducer = Reducer(reduction, context.meter)
        for index in 0..<values.count {
            try context.meter.charge()
            try reducer.add(values[index])
        }
        return try reducer.result()
    }

    private static func int(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .int: return arguments[0]
        case .float(let x): return try whole(x.rounded(.towardZero), arguments)
        case .string(let text):
            try checkLength(of: text, arguments, "int")
            let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
            guard !digits.isEmpty, digits.allSatisfy(isDigit) else {
                throw notANumber(arguments, "int", text)
            }
            guard let number = Int64(text) else {
                throw RuntimeError(
                    .overflow, .value, "\(Printer.summary(arguments[0])) does not fit an int",
                    help: "an int goes up to \(Int64.max); `float(x)` takes larger numbers")
            }
            return .int(number)
        case .bool:
            throw RuntimeError(
                .wrongType, .type, "a bool is not a number", help: "write `if x then 1 else 0`")
        case .duration:
            throw RuntimeError(
                .wrongType, .type, "`int` wants a string or a number, not \(Operators.described(arguments[0]))",
                help: "divide by a unit: `x // 1d` is the number of whole days")
        case .date:
            throw RuntimeError(
                .wrongType, .type, "`int` wants a string or a number, not \(Operators.described(arguments[0]))",
                help: "`epoch(x)` is the number of seconds since 1970")
        case .null, .list, .record, .function, .regex: throw arguments.wrongType(0, "a string or a number")
        }
    }

    private static func float(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .float: return arguments[0]
        case .int(let x): return .float(Double(x))
        case .string(let text):
            try checkLength(of: text, arguments, "float")
            guard isDecimal(text), let number = Double(text) else {
                throw notANumber(arguments, "float", text)
            }
            guard number.isFinite else {
                throw RuntimeError(
                    .overflow, .value, "\(Printer.summary(arguments[0])) does not fit a float",
                    help: "a float goes up to about 1.8e308")
            }
            return .float(number)
        case .bool:
            throw RuntimeError(
                .wrongType, .type, "a bool is not a number", help: "write `if x then 1.0 else 0.0`")
        case .null, .date, .duration, .list, .record, .function, .regex:
            throw arguments.wrongType(0, "a string or a number")
        }
    }

    /// A longer text is no number that anybody wrote, and reading one cannot be stopped.
    private static func checkLength(of text: String, _ arguments: Arguments, _ type: String) throws(RuntimeError) {
        guard text.utf8.count > Arguments.longestForm else { return }
        throw RuntimeError(
            .badText, .value, "\(Printer.summary(arguments[0])) is not \(type == "int" ? "an int" : "a float")",
            help: "it has \(text.utf8.count) bytes; a number has at most \(Arguments.longestForm)")
    }

    private static func notANumber(_ arguments: Arguments, _ type: String, _ text: String) -> RuntimeError {
        let trimmedText = String(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        let help =
            trimmedText.utf8.count < text.utf8.count
            ? "take the white space away first: `\(type)(trim(x))`"
            : type == "int"
                ? "it takes digits, with `-` before them if need be; a text like \"2.5\" goes through `float`"
                : arguments.exampleText
        return RuntimeError(
            .badText, .value, "\(Printer.summary(arguments[0])) is not \(type == "int" ? "an int" : "a float")",
            help: help)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Whether the bytes are digits, with a sign, decimals and an exponent if need be: Swift would also take `inf`,
    /// `nan` and hexadecimal.
    package static func isDecimal(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var place = bytes.first == UInt8(ascii: "-") ? 1 : 0
        func digits() -> Bool {
            let start = place
            while place < bytes.count, isDigit(bytes[place]) { place += 1 }
            return place > start
        }
        guard digits() else { return false }
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            guard digits() else { return false }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
                place += 1
            }
            guard digits() else { return false }
        }
        return place == bytes.count
    }
}
