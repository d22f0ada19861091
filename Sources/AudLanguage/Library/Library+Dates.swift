/// The built-ins for dates. All are in UTC; `now()` stands still for the whole run.
extension Library {
    static let dates: [Builtin] = [
        .native(
            "now", "dates", "The start of the run: the same however long it takes.", [], result: "date",
            example: ("now() - now()", "0s")
        ) { (context, _) throws(RuntimeError) in .date(context.now) },
        .native(
            "today", "dates", "The midnight, in UTC, before the start of the run.", [], result: "date",
            example: ("today() <= now()", "true")
        ) { (context, _) throws(RuntimeError) in .date(CivilTime.days(context.now) * CivilTime.day) },
        .native(
            "ago", "dates", "The start of the run less a duration.", [.init("duration", "duration")], result: "date",
            example: ("now() - ago(90d)", "90d")
        ) { (context, arguments) throws(RuntimeError) in
            try Operators.binary(.subtract, .date(context.now), .duration(try arguments.duration(0)), context.meter)
        },
        .native(
            "date", "dates",
            "The date of a text such as 2026-01-31 or 2026-01-31T09:00:00+02:00; UTC when it has no offset.",
            [.init("text", "string | date")], result: "date",
            example: ("date(\"2026-01-31\")", "2026-01-31T00:00:00Z"), date),
        field("year", "The year.", "2026") { Int64($0.year) },
        field("month", "The month, from 1.", "1") { Int64($0.month) },
        field("day", "The day of the month, from 1.", "31") { Int64($0.day) },
        field("hour", "The hour, from 0 to 23, in UTC.", "9") { Int64($0.hour) },
        field("minute", "The minute, from 0 to 59.", "5") { Int64($0.minute) },
        field("second", "The second, from 0 to 59.", "7") { Int64($0.second) },
        .native(
            "epoch", "dates", "The whole seconds from 1970 to a date.", [.init("date", "date")], result: "int",
            example: ("epoch(@1970-01-02)", "86400")
        ) { (context, arguments) throws(RuntimeError) in
            try Operators.binary(
                .floorDivide, .duration(try arguments.date(0)), .duration(1_000_000), context.meter)
        },
        .native(
            "weekday", "dates", "The day of the week, from 1, Monday, to 7, Sunday.", [.init("date", "date")],
            result: "int", example: ("weekday(@2026-01-31)", "6")
        ) { (_, arguments) throws(RuntimeError) in .int(Int64(CivilTime.weekday(try arguments.date(0)))) },
        .native(
            "weekOf", "dates", "The Monday that starts the week of a date.", [.init("date", "date")], result: "date",
            example: ("weekOf(@2026-01-31)", "2026-01-26T00:00:00Z")
        ) { (_, arguments) throws(RuntimeError) in
            let date = try arguments.date(0)
            // The first day of all, 0001-01-01, is a Monday, so this is always a date.
            return .date((CivilTime.days(date) - Int64(CivilTime.weekday(date) - 1)) * CivilTime.day)
        },
        .native(
            "format", "dates",
            "A date as text after a pattern of yyyy yy MMMM MMM MM M dd d EEEE EEE HH H mm m ss s SSS "
                + "SSSSSS; other letters stand in single quotes.",
            [.init("date", "date"), .init("pattern", "string", default: .string("yyyy-MM-dd HH:mm:ss"))],
            result: "string",
            example: ("format(@2026-01-31T09:05Z, \"EEE d MMM yyyy, HH:mm\")", "Sat 31 Jan 2026, 09:05")
        ) { (context, arguments) throws(RuntimeError) in
            let pattern = try arguments.string(1)
            guard pattern.utf8.count <= Arguments.longestForm else {
                throw arguments.badArgument(1, "has more than \(Arguments.longestForm) bytes")
            }
            let text = try DatePattern.format(try arguments.date(0), pattern, arguments)
            try context.limits.check(stringBytes: text.utf8.count)
            return .string(text)
        },
    ]

    private static func field(
        _ name: String, _ summary: String, _ result: String, _ field: @escaping @Sendable (CivilTime) -> Int64
    ) -> Builtin {
        .native(
            name, "dates", summary, [.init("date", "date")], result: "int",
            example: ("\(name)(@2026-01-31T09:05:07Z)", result)
        ) { (_, arguments) throws(RuntimeError) in .int(field(CivilTime(try arguments.date(0)))) }
    }

    private static func date(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        if case .date = arguments[0] { return arguments[0] }
        if case .int = arguments[0] {
            throw RuntimeError(
                .wrongType, .type, "`date` wants a string, not \(Operators.described(arguments[0]))",
                help: "seconds since 1970 are made a date by `@1970-01-01 + n * 1s`")
        }
        let text = try arguments.string(0)
        switch DateText.parse(text) {
        case .success(let date): return .date(date)
        case .failure(let refusal):
            throw RuntimeError(
                .badText, .value, "\(Printer.summary(arguments[0])) is not a date: \(refusal.message)",
                help: "dates are written as 2026-01-31 or 2026-01-31T09:00:00Z")
        }
    }
}
