/// The built-ins that speak with whoever runs the script.
extension Library {
    static let host: [Builtin] = [
        .request(
            "print", "host", "Writes the texts of its arguments on a line, with a space between them.",
            [.init("values", "any")], variadic: true, result: "null", effect: .prints,
            example: ("print(\"done\", 3)", nil), print),
        .request(
            "show", "host",
            "Shows a value as a bare expression at the top level is shown: a list of records as a table. `as` is `table`, "
                + "`json`, `ndjson`, `csv` or `ids`.",
            [.init("value", "any"), .init("as", "string?", default: .null)], result: "null", effect: .prints,
            example: ("show([{a: 1}])", nil)
        ) { (_, arguments) throws(RuntimeError) in
            .show(arguments[0], as: arguments.isNull(1) ? nil : try format(arguments), statement: false)
        },
        .request(
            "chart", "host",
            "Draws bars: for records with a label and a number, such as those of `group by`; for how often each of other "
                + "values comes; for dates by `hour`, `day`, `week`, `month` or `year`.",
            [.init("values", "list | record"), .init("by", "string?", default: .null)], result: "null",
            effect: .prints, example: ("[\"Live\", \"Failed\", \"Live\"] | chart", nil)
        ) { (context, arguments) throws(RuntimeError) in
            .show(try ChartData.rows(arguments, context.meter), as: ChartData.form, statement: false)
        },
        .request(
            "confirm", "host",
            "Asks a question and gives the answer as a bool. A dry run takes yes for granted; live it fails when nobody can "
                + "be asked.",
            [.init("question", "string")], result: "bool", effect: .prints,
            example: ("if confirm(\"Go on?\") { print(\"yes\") }", nil)
        ) { (_, arguments) throws(RuntimeError) in .confirm(try arguments.string(0)) },
        .request(
            "env", "host",
            "A variable of the environment, null when it is not set; one that the host does not allow is an error.",
            [.init("name", "string")], result: "string?", effect: .reads, example: ("env(\"USER\")", nil)
        ) { (_, arguments) throws(RuntimeError) in .environment(try part(arguments, 0)) },
        .native(
            "expect", "host", "Fails with a message when a condition does not hold.",
            [.init("condition", "bool"), .init("message", "string", default: .string("an expectation does not hold"))],
            result: "null", example: ("expect(1 < 2, \"the world is upside down\")", "null")
        ) { (_, arguments) throws(RuntimeError) in
            let message = try arguments.string(1)
            guard try arguments.bool(0) else { throw RuntimeError(.expectationFailed, .fail, message) }
            return .null
        },
        .request(
            "_sleep", "host", "Waits, and says whether time passed; serves `wait`.", [.init("duration", "duration")],
            result: "bool", effect: .reads,
            example: ("_sleep(1s)", nil)
        ) { (_, arguments) throws(RuntimeError) in
            let duration = try arguments.duration(0)
            guard duration > 0 else {
                throw RuntimeError(
                    .badArgument, .value,
                    "`every` of `wait` must be longer than 0s, not \(DateText.duration(duration))",
                    help: "for example `wait(a, until: x => x.enabled, every: 30s)`")
            }
            return .sleep(duration)
        },
    ]

    /// The formats of values, as `show` names them.
    package static let formats = ["table", "json", "ndjson", "csv", "ids"]

    private static func format(_ arguments: Arguments) throws(RuntimeError) -> String {
        let name = try arguments.string(1)
        guard !formats.contains(name) else { return name }
        guard name != ChartData.form else {
            throw arguments.badArgument(
                1, "names no format: \"chart\"",
                help: "the built-in counts and draws: `… | map .status | chart`, `… | group by .status | chart`")
        }
        let closest = Suggestions.closest(to: name, among: formats).map { "did you mean `\($0)`? " } ?? ""
        throw arguments.badArgument(
            1, "names no format: \(Printer.quoted(name))",
            help: closest + "the formats are \(formats.joined(separator: ", "))")
    }

    private static func print(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Request {
        var line = ""
        for (index, value) in try arguments.list(0).items(context.meter).enumerated() {
            if index > 0 { line += " " }
            let text = try Printer.text(value, context.meter)
            try context.meter.check(stringBytes: line.utf8.count + text.utf8.count)
            line += text
        }
        return .print(line)
    }
}
