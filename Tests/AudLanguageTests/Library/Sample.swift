import AudLanguage

/// `Sample` has a `Value` of its own, that of a dictionary literal.
typealias LanguageValue = AudLanguage.Value

/// A value written as a Swift literal, so that tables of tests read like calls of the language.
struct Sample: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    let value: LanguageValue

    init(_ value: LanguageValue) { self.value = value }
    init(stringLiteral value: String) { self.value = .string(value) }
    init(integerLiteral value: Int64) { self.value = .int(value) }
    init(floatLiteral value: Double) { self.value = .float(value) }
    init(booleanLiteral value: Bool) { self.value = .bool(value) }
    init(nilLiteral: ()) { value = .null }
    init(arrayLiteral elements: Sample...) { value = .list(ListValue(elements.map(\.value))) }
    init(dictionaryLiteral elements: (String, Sample)...) {
        value = .record(RecordValue(elements.map { ($0.0, $0.1.value) }))
    }

    /// A date, as `@…` in the language.
    static func at(_ text: String) -> Sample {
        guard case .success(let date) = DateText.parse(text) else { return nil }
        return Sample(.date(date))
    }

    static func microseconds(_ count: Int64) -> Sample { Sample(.duration(count)) }
    static func days(_ count: Int64) -> Sample { Sample(.duration(count * 86_400_000_000)) }
    static func seconds(_ count: Int64) -> Sample { Sample(.duration(count * 1_000_000)) }

    static func regex(_ pattern: String, _ flags: String = "") -> Sample {
        guard case .success(let regex) = RegexValue.compile(pattern: pattern, flags: flags) else { return nil }
        return Sample(.regex(regex))
    }

    static func function(_ place: Int, _ captures: Sample...) -> Sample {
        Sample(.function(FunctionValue(.script(place), captures: captures.map(\.value), name: "f")))
    }

    static func range(_ lower: Int64, _ upper: Int64) -> Sample {
        Sample(.list(ListValue(lower: lower, upper: upper)))
    }

    static func audience(_ fields: (String, Sample)...) -> Sample {
        Sample(.record(RecordValue(fields.map { ($0.0, $0.1.value) }, kind: .audience)))
    }
}

/// One row of a table: a call and the value it gives as the language writes it, or `!` with the code of the error it
/// throws and a part of its message or help.
struct Call: Sendable, CustomStringConvertible {
    let name: String
    let arguments: [Sample]
    let expected: String

    init(_ name: String, _ arguments: Sample..., gives expected: String) {
        self.name = name
        self.arguments = arguments
        self.expected = expected
    }

    var description: String {
        "\(name)(\(arguments.map { Printer.summary($0.value) }.joined(separator: ", ")))"
    }

    /// What came of the call, in the form of `expected`; with an error, everything that it says.
    func outcome(_ limits: Limits = Limits()) -> String {
        do {
            return try Printer.literal(Call.run(name, arguments.map(\.value), limits))
        } catch {
            return "!\(error.code.rawValue) \(error.message) \(error.help ?? "")"
        }
    }

    func holds(_ limits: Limits = Limits()) -> Bool {
        let outcome = outcome(limits)
        guard expected.hasPrefix("!") else { return outcome == expected }
        let parts = expected.split(separator: " ", maxSplits: 1)
        return outcome.hasPrefix(parts[0] + " ") && (parts.count < 2 || outcome.contains(parts[1]))
    }

    /// The run started at 2026-03-01T12:00:00Z.
    static let now: Int64 = 1_772_366_400_000_000

    /// Calls a native built-in as the machine does: defaults filled in, the arguments of a variadic one in a list.
    static func run(_ name: String, _ arguments: [Value], _ limits: Limits = Limits()) throws(RuntimeError) -> Value {
        try run(name, arguments, Meter(limits))
    }

    static func run(_ name: String, _ arguments: [Value], _ meter: Meter) throws(RuntimeError) -> Value {
        guard let index = Library.standard.index(of: name), case .native(let body) = Library.standard[index].body else {
            throw RuntimeError(.unknownName, .name, "there is no native built-in \(name)")
        }
        return try body(NativeContext(now: now, meter: meter), fill(Library.standard[index], arguments))
    }

    /// The request of a built-in that asks the host.
    static func request(_ name: String, _ arguments: Sample...) throws(RuntimeError) -> Request {
        guard let index = Library.standard.index(of: name), case .request(let make) = Library.standard[index].body
        else {
            throw RuntimeError(.unknownName, .name, "there is no request called \(name)")
        }
        return try make(
            NativeContext(now: now, limits: Limits()), fill(Library.standard[index], arguments.map(\.value)))
    }

    private static func fill(_ row: Builtin, _ arguments: [Value]) -> [Value] {
        var filled = arguments
        if row.isVariadic {
            let fixed = row.parameters.count - 1
            filled = Array(arguments.prefix(fixed)) + [.list(ListValue(Array(arguments.dropFirst(fixed))))]
        }
        for parameter in row.parameters.dropFirst(filled.count) { filled.append(parameter.fallback ?? .null) }
        return filled
    }
}
