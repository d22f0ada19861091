// Reads the text of `--set name=value` as a value of the param's type. The text is data: no expression, no
// interpolation. Lists are JSON, or one item a line (what `--set name=@FILE` gives); a list of records may be CSV.

internal import AudLanguage

struct ParameterText {
    /// Why a text is no value of a type, to follow the name of the param.
    struct Refusal: Error, Equatable {
        var message: String
    }

    let names: SpaceNames

    /// The value of a text. `type` is as written in the script: `int`, `list<string>?`.
    func value(_ text: String, type: String) throws(Refusal) -> Value {
        var type = Substring(type)
        if type.last == "?" {
            type.removeLast()
            if text == "null" { return .null }
        }
        if type == "list" { return try list(text, of: "any") }
        if type.hasPrefix("list<"), type.last == ">" {
            return try list(text, of: String(type.dropFirst(5).dropLast()))
        }
        return try scalar(text, type: String(type))
    }

    private func scalar(_ text: String, type: String) throws(Refusal) -> Value {
        switch type {
        case "string", "any": return .string(text)
        case "bool":
            if text == "true" || text == "false" { return .bool(text == "true") }
            throw Refusal(message: "\(Printer.quoted(text)) is not a bool: write true or false")
        case "int":
            // As `int` and `float` take them: neither a plus nor hexadecimal digits.
            if !text.hasPrefix("+"), let number = Int64(text.filter { $0 != "_" }) { return .int(number) }
            let digits = text.drop { $0 == "-" }
            if !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) {
                throw Refusal(message: "\(Printer.quoted(text)) does not fit an int, which goes up to \(Int64.max)")
            }
            throw Refusal(message: "\(Printer.quoted(text)) is not an int, for example 90")
        case "float":
            if Library.isDecimal(text), let number = Double(text), number.isFinite { return .float(number) }
            throw Refusal(message: "\(Printer.quoted(text)) is not a float, for example 2.5")
        case "date":
            switch DateText.parse(text) {
            case .success(let date): return .date(date)
            case .failure(let refusal):
                throw Refusal(message: "\(Printer.quoted(text)) is not a date: \(refusal.message)")
            }
        case "duration":
            if let duration = DurationText.microseconds(text) { return .duration(duration) }
            let hint = text.hasSuffix("m") ? "; minutes are `min`, and a month has no fixed length" : ""
            throw Refusal(message: "\(Printer.quoted(text)) is not a duration, for example 90d or 1h30min\(hint)")
        case "space":
            do {
                return .record(try names.resolve(text).record)
            } catch {
                throw Refusal(message: error.message + (error.help.map { "; \($0)" } ?? ""))
            }
        case "record":
            if case .record(let record) = try json(text) { return .record(record) }
            throw Refusal(message: "the text is no JSON object, for example {\"days\": 90}")
        case "audience":
            throw Refusal(message: "an audience cannot be given as text: take its id as a string")
        default:
            throw Refusal(message: "a value of type \(type) cannot be given as text")
        }
    }

    private func list(_ text: String, of element: String) throws(Refusal) -> Value {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        if text.first(where: { !$0.isWhitespace }) == "[" {
            let rule = "a text that begins with [ is read as a JSON list; items that begin so stand in one, in quotes"
            guard case .list(let list) = try json(text, rule) else {
                throw Refusal(message: "the text is no JSON list, for example [\"a\", \"b\"]")
            }
            return .list(
                ListValue(
                    try items(list.items, isJSON: true) { value throws(Refusal) in try item(value, type: element) }))
        }
        if element == "record" || element == "record?" {
            // What was meant for a file's name, or is one record alone, would silently be a header without rows.
            guard text.isEmpty || text.contains(where: \.isNewline) else {
                throw Refusal(
                    message: "\(Printer.quoted(text)) is no list of records: write it as JSON, for example "
                        + "'[{\"days\": 90}]', or give a file of CSV or JSON: @FILE")
            }
            do {
                return .list(try CSVText.parse(text))
            } catch {
                throw Refusal(message: "the text is no CSV with a header: \(error.message)")
            }
        }
        // One line with commas is most likely meant as several items, and never silently one.
        if text.contains(","), !text.contains(where: \.isNewline) {
            let example = element == "int" || element == "float" ? "[1, 2]" : "[\"a\", \"b\"]"
            throw Refusal(
                message: "\(Printer.quoted(text)) is no list: write it as JSON, for example '\(example)', "
                    + "or give a file with one item a line: @FILE")
        }
        return .list(ListValue(try items(lines) { line throws(Refusal) in try value(line, type: element) }))
    }

    /// Reads items one by one, and says which one is wrong.
    private func items<Item>(
        _ items: [Item], isJSON: Bool = false, _ read: (Item) throws(Refusal) -> Value
    ) throws(Refusal) -> [Value] {
        var values: [Value] = []
        for (index, item) in items.enumerated() {
            do {
                values.append(try read(item))
            } catch {
                throw items.count == 1 && !isJSON ? error : Refusal(message: "item \(index + 1): \(error.message)")
            }
        }
        return values
    }

    /// An item of a JSON list. JSON has no dates, durations and spaces: they are texts there.
    private func item(_ value: Value, type: String) throws(Refusal) -> Value {
        let isNullable = type.last == "?"
        if case .null = value, isNullable { return value }
        switch (isNullable ? String(type.dropLast()) : type, value) {
        case ("date", .string(let text)): return try scalar(text, type: "date")
        case ("duration", .string(let text)): return try scalar(text, type: "duration")
        case ("space", .string(let text)): return try scalar(text, type: "space")
        case ("bool", .bool), ("int", .int), ("float", .float), ("float", .int), ("string", .string),
            ("record", .record), ("any", _):
            return value
        case (let type, _) where type.hasPrefix("list"): return value
        case (let type, _):
            throw Refusal(message: "\(Printer.summary(value)) is of type \(value.typeName), not \(type)")
        }
    }

    private func json(_ text: String, _ rule: String? = nil) throws(Refusal) -> Value {
        do {
            return try JSONParser.parse(text)
        } catch {
            throw Refusal(message: error.message + (rule.map { " (\($0))" } ?? ""))
        }
    }
}

/// Durations as data: `90d`, `1h30min`, units from large to small, each once, without blanks.
private enum DurationText {
    private static let units: [(name: String, microseconds: Int64)] = [
        ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
        ("ms", 1000), ("us", 1),
    ]

    static func microseconds(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        var rest = isNegative ? text.dropFirst() : text[...]
        var total: Int64 = 0
        var units = units[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let word = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let number = Int64(digits), let place = units.firstIndex(where: { $0.name == word }) else {
                return nil
            }
            let (part, overflow) = number.multipliedReportingOverflow(by: units[place].microseconds)
            let (sum, carried) = total.addingReportingOverflow(part)
            guard !overflow, !carried else { return nil }
            total = sum
            units = units[(place + 1)...]
            rest = rest.dropFirst(digits.count + word.count)
        }
        return text.isEmpty || text == "-" ? nil : (isNegative ? -total : total)
    }
}
