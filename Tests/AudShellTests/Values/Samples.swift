// Values that the tests of the views share.

import AudLanguage
import AudShell

enum Samples {
    /// An audience with all wire fields; what is not given is null, as when the server did not send it.
    static func audience(
        id: String, name: String, key: String, enabled: Value = .bool(true), status: String = "Live",
        description: Value = .null
    ) -> Value {
        .record(
            RecordValue(
                [
                    ("id", .string(id)), ("spaceId", .string("9aQ1")), ("name", .string(name)),
                    ("description", description), ("key", .string(key)), ("enabled", enabled),
                    ("definition", record([("query", .string("event('Order') > 3")), ("type", .string("users"))])),
                    ("status", .string(status)), ("createdBy", .null), ("updatedBy", .null),
                    ("createdAt", .date(1_700_000_000_000_000)), ("updatedAt", .date(1_735_787_045_678_000)),
                ], kind: .audience))
    }

    static let audiences: Value = .list(
        ListValue([
            audience(id: "aud_0ujsswThIGTUYm2K8FjOOfXtY1K", name: "Spring promo", key: "spring_promo"),
            audience(id: "aud_1", name: "夏のキャンペーン 2024", key: "summer", enabled: .bool(false), status: "Disabled"),
            audience(id: "aud_2", name: "Cafe\u{301} 👩‍👩‍👧 VIP", key: "cafe_vip", enabled: .null),
        ]))

    /// Names as an attacker would choose them: a cleared screen, a reversed line, a second row.
    static let hostile: Value = .list(
        ListValue([
            record([("name", .string("\u{1B}[2J\u{1B}]0;owned\u{7}")), ("n", .int(1))]),
            record([("name", .string("abc\u{202E}txt.exe")), ("n", .int(-20))]),
            record([("name", .string("two\nrows\u{2028}here")), ("n", .int(300))]),
        ]))

    static func record(_ fields: [(String, Value)]) -> Value { .record(RecordValue(fields)) }

    /// What a view writes.
    static func text(_ value: Value, _ view: ValueView, as name: String? = nil) throws -> String {
        var text = ""
        try view.write(value, as: name) { text += $0 }
        return text
    }

    static func table(_ value: Value, width: Int?) throws -> String {
        try text(value, ValueView(width: width))
    }
}
