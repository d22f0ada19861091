/// The built-ins that turn values into text and text into values.
extension Library {
    static let data: [Builtin] = [
        .native(
            "str", "data", "The text of a value: a string as it is, the rest as the language writes it.",
            [.init("x", "any")], result: "string", example: ("str([1, \"a\"])", "[1, \"a\"]")
        ) { (context, arguments) throws(RuntimeError) in .string(try Printer.text(arguments[0], context.meter)) },
        .native(
            "type", "data", "The name of a value's type.", [.init("x", "any")], result: "string",
            example: ("type(90d)", "duration")
        ) { (_, arguments) throws(RuntimeError) in .string(arguments[0].typeName) },
        .native(
            "json", "data",
            "The JSON text of a value, on one line or indented. Dates are ISO 8601 strings, durations their text.",
            [.init("x", "any"), .init("indent", "int", default: .int(0))], result: "string",
            example: ("json({a: [1, null]})", "{\"a\":[1,null]}")
        ) { (context, arguments) throws(RuntimeError) in
            let indent = try arguments.count(1)
            guard indent <= 8 else { throw arguments.badArgument(1, "must be at most 8, not \(indent)") }
            return .string(try JSONText.write(arguments[0], indent: indent, context.meter))
        },
        .native(
            "parseJson", "data", "The value of a JSON text.", [.init("text", "string")], result: "any",
            example: ("parseJson(\"[1, 2.5]\")", "[1, 2.5]")
        ) { (context, arguments) throws(RuntimeError) in
            try JSONParser.parse(try arguments.string(0), context.meter)
        },
        .native(
            "csv", "data", "The CSV text of a list of records: a header of all their fields, then a row for each.",
            [.init("rows", "list<record>")], result: "string",
            example: ("csv([{a: 1, b: \"x, y\"}])", "a,b\n1,\"x, y\"")
        ) { (context, arguments) throws(RuntimeError) in
            let items = try arguments.list(0).items(context.meter)
            var records: [RecordValue] = []
            records.reserveCapacity(items.count)
            for (index, item) in items.enumerated() {
                try context.meter.charge()
                guard case .record(let record) = item else { throw arguments.wrongItem(0, index, item, "a record") }
                records.append(record)
            }
            return .string(try CSVText.write(records, context.meter))
        },
        .native(
            "parseCsv", "data", "The rows of a CSV text as records of strings; its first row has the names.",
            [.init("text", "string")], result: "list<record>",
            example: ("parseCsv(\"id,name\\n7,Ann\")", "[{id: \"7\", name: \"Ann\"}]")
        ) { (context, arguments) throws(RuntimeError) in
            .list(try CSVText.parse(try arguments.string(0), context.meter))
        },
        .native(
            "hash", "data",
            "A short fingerprint of a value, the same for equal values on every machine: 64-bit FNV-1a of "
                + "its JSON with sorted keys. It finds changes; it is no protection against forgery.",
            [.init("x", "any")], result: "string", example: ("hash({a: 1, b: 2}) == hash({b: 2, a: 1})", "true")
        ) { (context, arguments) throws(RuntimeError) in .string(try JSONText.fingerprint(arguments[0], context.meter))
        },
    ]
}
