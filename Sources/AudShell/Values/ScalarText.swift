// Values that hold no others, as the language prints them; dates without `@`.

internal import AudLanguage

enum ScalarText {
    static func of(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .float(let number): number.description
        case .date(let date): DateText.iso(date)
        case .duration(let duration): DateText.duration(duration)
        case .string(let text): text
        case .list, .record, .function, .regex: Printer.summary(value, width: 200)
        }
    }
}
