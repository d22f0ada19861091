/// A log of SARIF 2.1.0, the format in which code hosts and editors take findings: one run for all files.
///
/// Errors and warnings are results of the rules that are their codes. What a script can do to the workspace is no finding;
/// it is there as results of the kind `informational`. Columns count UTF-16 code units from 1, as readers expect that
/// know of no other kind, and a region ends before its end column.
package struct SARIFLog {
    private let version: String
    /// The rules in the order in which they were met, with their descriptions.
    private var rules: [(id: String, level: String, title: String, text: String)] = []
    private var files: [String] = []
    private var results: [String] = []
    /// What kept aud from reading a file.
    private var notifications: [String] = []

    /// - Parameter version: the version of aud.
    package init(version: String) { self.version = version }

    package mutating func add(_ diagnostics: [Diagnostic], sources: SourceMap) {
        let renderer = DiagnosticRenderer(sources: sources)
        for diagnostic in diagnostics {
            let code = diagnostic.code.rawValue
            let page = Page.named(code)
            let level = diagnostic.severity == .error ? "error" : "warning"
            let text = page.map { $0.text.split(separator: "\n").joined(separator: " ") } ?? code
            let rule = rule(code, level, page?.title ?? code, text)
            let message = ([diagnostic.message, diagnostic.help].compactMap(\.self) + diagnostic.notes).joined(
                separator: "; ")
            add(rule, [("level", JSONField.quoted(level))], message, renderer.place(of: diagnostic.span), [])
        }
    }

    /// A file that could not be read: nothing is known of it, and the log says so.
    package mutating func add(unreadable path: String, _ message: String) {
        let artifact = JSONField.object([("uri", JSONField.quoted(Self.uri(path)))])
        let location = JSONField.object([("physicalLocation", JSONField.object([("artifactLocation", artifact)]))])
        notifications.append(
            JSONField.object([
                ("level", JSONField.quoted("error")), ("message", text(message)),
                ("locations", JSONField.array([location])),
            ]))
    }

    package mutating func add(_ report: EffectReport, sources: SourceMap) {
        let renderer = DiagnosticRenderer(sources: sources)
        for effect in report.effects {
            let kind = effect.kind.rawValue
            let rule = rule(
                "effect/\(kind)", "none", "what \(kind) in the workspace", "This place of a script \(kind).")
            let facts = [effect.name, effect.cap?.text ?? ""] + (effect.through.isEmpty ? [] : ["through"])
            let message = "\(kind): " + (facts.filter { !$0.isEmpty } + effect.through).joined(separator: " ")
            let properties = JSONField.object([
                ("cap", JSONField.quoted(effect.cap?.text)),
                ("through", JSONField.array(effect.through.map { JSONField.quoted($0) })),
            ])
            add(
                rule, [("kind", JSONField.quoted("informational")), ("level", JSONField.quoted("none"))], message,
                renderer.place(of: effect.span), [("properties", properties)])
        }
    }

    private mutating func add(
        _ rule: Int, _ grade: [(String, String)], _ message: String, _ place: DiagnosticRenderer.Place?,
        _ more: [(String, String)]
    ) {
        var fields = [("ruleId", JSONField.quoted(rules[rule].id)), ("ruleIndex", JSONField.number(rule))] + grade
        fields.append(("message", text(message)))
        if let place { fields.append(("locations", JSONField.array([location(place)]))) }
        results.append(JSONField.object(fields + more))
    }

    private mutating func rule(_ id: String, _ level: String, _ title: String, _ text: String) -> Int {
        if let known = rules.firstIndex(where: { $0.id == id }) { return known }
        rules.append((id, level, title, text))
        return rules.count - 1
    }

    private mutating func location(_ place: DiagnosticRenderer.Place) -> String {
        let name = place.file.name
        if !files.contains(name) { files.append(name) }
        let artifact = JSONField.object([
            ("uri", JSONField.quoted(Self.uri(name))), ("index", JSONField.number(files.firstIndex(of: name))),
        ])
        let region = JSONField.object([
            ("startLine", JSONField.number(place.start.line)),
            ("startColumn", JSONField.number(Self.column(place.start, in: place.file))),
            ("endLine", JSONField.number(place.end.line)),
            ("endColumn", JSONField.number(Self.column(place.end, in: place.file))),
        ])
        let physical = JSONField.object([("artifactLocation", artifact), ("region", region)])
        return JSONField.object([("physicalLocation", physical)])
    }

    /// A message. Braces stand for placeholders there (3.11.5), and are doubled where they are meant.
    private func text(_ text: String) -> String {
        let escaped = text.replacing("{", with: "{{").replacing("}", with: "}}")
        return JSONField.object([("text", JSONField.quoted(escaped))])
    }

    /// The log as one line of JSON.
    package var json: String {
        let described = rules.map { rule in
            JSONField.object([
                ("id", JSONField.quoted(rule.id)), ("shortDescription", text(rule.title)),
                ("fullDescription", text(rule.text)),
                ("defaultConfiguration", JSONField.object([("level", JSONField.quoted(rule.level))])),
            ])
        }
        let driver = JSONField.object([
            ("name", JSONField.quoted("aud")), ("version", JSONField.quoted(version)),
            ("rules", JSONField.array(described)),
        ])
        let artifacts = files.map { name in
            JSONField.object([("location", JSONField.object([("uri", JSONField.quoted(Self.uri(name)))]))])
        }
        let invocation = JSONField.object([
            ("executionSuccessful", notifications.isEmpty ? "true" : "false"),
            ("toolExecutionNotifications", JSONField.array(notifications)),
        ])
        let run = JSONField.object([
            ("tool", JSONField.object([("driver", driver)])), ("invocations", JSONField.array([invocation])),
            ("columnKind", JSONField.quoted("utf16CodeUnits")),
            ("artifacts", JSONField.array(artifacts)), ("results", JSONField.array(results)),
        ])
        return JSONField.object([
            ("$schema", JSONField.quoted("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", JSONField.quoted("2.1.0")), ("runs", JSONField.array([run])),
        ])
    }

    /// The column in UTF-16 code units of a column in bytes, both from 1.
    private static func column(_ position: (line: Int, column: Int), in file: SourceFile) -> Int {
        String(decoding: file.lineBytes(position.line).prefix(position.column - 1), as: UTF8.self).utf16.count + 1
    }

    /// A path as a URI reference: relative paths stay relative.
    static func uri(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        var result = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
