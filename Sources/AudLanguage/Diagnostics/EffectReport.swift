/// What `aud check` tells of a script without errors: its params, its modules, and each place that can reach the
/// workspace with what bounds it. For people as aligned lines, for programs as JSON.
package struct EffectReport: Sendable {
    let file: String
    let parameters: [Interpreter.Chunk.Parameter]
    let modules: [String]
    let effects: [ScriptEffect]
    private let renderer: DiagnosticRenderer

    package init(file: String, chunk: Interpreter.Chunk, sources: SourceMap) {
        self.file = file
        parameters = chunk.parameters
        modules = chunk.modules
        effects = chunk.effects(sources: sources)
        renderer = DiagnosticRenderer(sources: sources)
    }

    // MARK: For people

    /// ```
    /// stale.aud
    ///   param    space: string, needed    space to clean
    ///   reads    line 5   list
    ///   updates  line 11  disable   at most cap
    /// ```
    package var rich: [String] {
        let rows = parameters.map { parameter in
            [
                "param", "\(parameter.name): \(parameter.type), \(parameter.hasDefault ? "optional" : "needed")",
                parameter.help ?? "",
            ]
        }
        let facts = Self.aligned(rows) + Self.aligned(modules.map { ["use", $0] })
        // What one line does several times in the same way is told once, with what it comes to.
        var lines: [[String]] = []
        var told: [[String]: Int] = [:]
        var caps: [EffectCap?] = []
        for effect in effects {
            let line = [effect.kind.rawValue, place(effect), effect.name, effect.cap?.text ?? "", way(effect)]
            if let first = told[line] {
                caps[first] = caps[first].flatMap { cap in effect.cap.map { cap.plus($0) } }
                continue
            }
            told[line] = lines.count
            lines.append(line)
            caps.append(effect.cap)
        }
        for (place, cap) in caps.enumerated() { lines[place][3] = cap?.text ?? "" }
        if lines.isEmpty { return [TerminalText.escaped(file)] + facts + ["  reads and changes nothing"] }
        return [TerminalText.escaped(file)] + facts + Self.aligned(lines)
    }

    /// `stale.aud:11:27: updates: disable, at most cap`, a line for each place.
    package var short: [String] {
        effects.map { effect in
            let place = renderer.place(of: effect.span)
            let head = place.map { "\($0.name):\($0.start.line):\($0.start.column)" } ?? TerminalText.escaped(file)
            let facts = [effect.name, effect.cap?.text ?? "", way(effect)].filter { !$0.isEmpty }
            return "\(head): \(effect.kind.rawValue): \(TerminalText.escaped(facts.joined(separator: ", ")))"
        }
    }

    private func place(_ effect: ScriptEffect) -> String {
        guard let place = renderer.place(of: effect.span) else { return "" }
        let line = "line \(place.start.line)"
        return place.file.name == file ? line : "\(place.file.name) \(line)"
    }

    /// `through retire, line 3`, or `in retire, which nothing here calls`.
    private func way(_ effect: ScriptEffect) -> String {
        if let function = effect.function { return "in `\(function)`, which nothing here calls" }
        guard !effect.through.isEmpty, let origin = renderer.place(of: effect.origin) else { return "" }
        var names = effect.through.map { "`\($0)`" }
        if let last = names.last, names.count > 5 { names[2...] = ["…", last] }
        let file = origin.file.name == self.file ? "" : " of \(origin.file.name)"
        return "through \(names.joined(separator: " and ")), line \(origin.start.line)\(file)"
    }

    /// Rows with their columns one below the other, two blanks between them.
    private static func aligned(_ rows: [[String]]) -> [String] {
        let rows = rows.map { $0.map { TerminalText.escaped($0) } }
        var widths: [Int] = []
        for row in rows {
            for (column, text) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], DisplayWidth.of(text), column == 0 ? 7 : 0)
            }
        }
        return rows.map { row in
            var line = ""
            var pending = 2
            for (text, width) in zip(row, widths) where width > 0 {
                if !text.isEmpty {
                    line += String(repeating: " ", count: pending) + text
                    pending = 0
                }
                pending += width - DisplayWidth.of(text) + 2
            }
            return line
        }
    }

    // MARK: For programs

    /// One object on one line, every key always there. Columns are bytes from 1.
    package var json: String {
        JSONField.object([
            ("file", JSONField.quoted(file)),
            (
                "params",
                JSONField.array(
                    parameters.map {
                        JSONField.object([
                            ("name", JSONField.quoted($0.name)), ("type", JSONField.quoted($0.type)),
                            ("needed", $0.hasDefault ? "false" : "true"), ("help", JSONField.quoted($0.help)),
                        ])
                    })
            ),
            ("modules", JSONField.array(modules.map { JSONField.quoted($0) })),
            ("effects", JSONField.array(effects.map(json))),
        ])
    }

    private func json(_ effect: ScriptEffect) -> String {
        let place = renderer.place(of: effect.span)
        let origin = renderer.place(of: effect.origin)
        return JSONField.object([
            ("effect", JSONField.quoted(effect.kind.rawValue)), ("name", JSONField.quoted(effect.name)),
            ("file", JSONField.quoted(place?.file.name)), ("line", JSONField.number(place?.start.line)),
            ("column", JSONField.number(place?.start.column)), ("endLine", JSONField.number(place?.end.line)),
            ("endColumn", JSONField.number(place?.end.column)), ("cap", JSONField.quoted(effect.cap?.text)),
            ("isCapped", effect.cap.map { $0.isUnbounded ? "false" : "true" } ?? "null"),
            ("through", JSONField.array(effect.through.map { JSONField.quoted($0) })),
            ("originFile", JSONField.quoted(origin?.file.name)),
            ("originLine", JSONField.number(origin?.start.line)), ("function", JSONField.quoted(effect.function)),
        ])
    }
}
