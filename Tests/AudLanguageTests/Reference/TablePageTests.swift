import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The pages of stages and built-ins are made of the tables that drive the language. `AUD_UPDATE_GOLDEN=1` writes them
/// anew; what the examples do is then written beside them, and `ArticleTests` runs them as they stand on the pages.
@Suite struct TablePageTests {
    @Test func stages() throws {
        var page = """
            # Stages

            What may stand behind a `|`. The table of the language makes this page.

            ## Overview

            `it` is the current item, `.name` a field of it. Stages look at each item once and in order; only `each` and
            the actions do something. A pipeline reads its source page by page where its stages allow it:
            `where`, `map`, `select`, `with`, `unique`, `flatten`, `take`, `skip`, `first` and an `each` that changes nothing
            pass items on one by one, the others need the whole list.

            """
        for row in LanguageWord.stages {
            page += "\n### \(row.word)\n\n`… | \(row.usage)`\n\n\(Self.sentence(row.summary))\n"
            page += try Self.example(row.example.source)
        }
        try Self.check(page, "Stages")
    }

    @Test func builtins() throws {
        var page = """
            # Built-ins

            All functions that every script has. The table of the language makes this page.

            ## Overview

            A parameter with `= …` may be left out, one with `…` takes any number of arguments. Arguments are given by place
            or by name, and then a list of them: `padStart("7", width: 3)`, `zip(lists: [[1], [2]])`. A built-in is a value
            too: `let f = str`. What an argument of another type gives is an error, R1003 or before the run E0406; null is R1004
            or E0404 where the type does not allow it. `help NAME` shows a row.

            """
        var families: [String] = []
        for row in Library.standard.rows where !row.isHidden && !families.contains(row.family) {
            families.append(row.family)
        }
        for family in families {
            page += "\n## \(Self.titles[family] ?? family)\n"
            for row in Library.standard.rows where row.family == family && !row.isHidden {
                page += "\n### \(row.name)\n\n`\(row.signature)`\n\n\(row.summary)\(Self.effect(row.effect))\n"
                page += try Self.example(row.example.source)
            }
        }
        try Self.check(page, "Builtins")
    }

    private static let titles = [
        "API": "Audiences", "lists": "Lists and records", "strings": "Strings", "numbers": "Numbers", "dates": "Dates",
        "data": "Texts of values", "host": "The host",
    ]

    private static func effect(_ effect: Builtin.Effect) -> String {
        switch effect {
        case .pure: ""
        case .reads: " It reads."
        case .prints: " It prints or asks."
        case .updates, .creates: " It changes the workspace."
        case .removes: " It removes."
        }
    }

    /// `does this; and that` as a sentence.
    private static func sentence(_ text: String) -> String {
        let text = text.prefix(1).uppercased() + text.dropFirst()
        return text.hasSuffix(".") ? text : text + "."
    }

    /// The example with what it does.
    private static func example(_ source: String) throws -> String {
        var runner = ScriptRunner()
        runner.run(source)
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let first = runner.errorLines.first.map { max($0, 1) - 1 } ?? lines.count - 1
        let marks = runner.events.map { "# " + $0 }
        if let mark = marks.first { lines[first] += "  " + mark }
        return "\n```aud\n\((lines + marks.dropFirst()).joined(separator: "\n"))\n```\n"
    }

    private static func check(_ page: String, _ name: String) throws {
        let file = Article.folder.appending(path: "\(name).md")
        if ProcessInfo.processInfo.environment["AUD_UPDATE_GOLDEN"] == "1" { try Data(page.utf8).write(to: file) }
        let committed = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let lines = zip(page.split(separator: "\n"), committed.split(separator: "\n")).first { $0 != $1 }
        #expect(page == committed, "\(name).md: \(lines?.0 ?? "another length") is not \(lines?.1 ?? "there")")
    }
}
