// `:examples`: statements to start from, by what a person wants to do. A test runs them all on the simulated workspace.

internal import AudLanguage

package struct ShellExample: Sendable {
    package let text: String
    package let statement: String

    private init(_ text: String, _ statement: String) {
        self.text = text
        self.statement = statement
    }

    /// The tasks, in the order in which one meets them.
    package static let tasks: [(name: String, examples: [ShellExample])] = [
        (
            "Look around",
            [
                ShellExample("the first audiences of a space", "list(\"prod\") | take 5"),
                ShellExample("how many there are", "list(\"prod\") | count"),
                ShellExample("one of them, whole", "list(\"prod\") | where .status == \"Failed\" | first"),
                ShellExample("the spaces", "spaces()"),
            ]
        ),
        (
            "Find",
            [
                ShellExample("by a part of the name", "list(\"prod\") | where .name ~ /churn/i | select .name, .key"),
                ShellExample(
                    "what nobody has touched for a year",
                    "list(\"prod\") | where .enabled and .updatedAt < ago(365d) | sort by .updatedAt"),
                ShellExample(
                    "what refers to another audience",
                    "list(\"prod\") | where .definition != null and str(.definition) ~ \"trait(\" | select .name, .key"),
                ShellExample(
                    "who has created how many",
                    "list(\"prod\") | group by .createdBy | sort by .count desc | select .key, .count"),
            ]
        ),
        (
            "Count and compare",
            [
                ShellExample("by status, as bars", "list(\"prod\") | group by .status | chart"),
                ShellExample("created in each year", "list(\"prod\") | map .createdAt | chart(by: \"year\")"),
                ShellExample(
                    "in one space and not in another",
                    "let live = list(\"prod\") | map .key; list(\"staging\") | where .key not in live | map .key"),
            ]
        ),
        (
            "Change (staged first, nothing is sent)",
            [
                ShellExample(
                    "disable what has failed",
                    "list(\"prod\") | where .status == \"Failed\" and .enabled | at most 20 | disable"),
                ShellExample("what would be sent", ":plan"),
                ShellExample("drop it", ":discard"),
            ]
        ),
        (
            "Take along",
            [
                ShellExample("as CSV", "show(list(\"prod\") | take 3 | select .id, .name, as: \"csv\")"),
                ShellExample("as JSON, a line each", "show(list(\"prod\") | take 3, as: \"ndjson\")"),
                ShellExample("the ids alone", "show(list(\"prod\") | take 3, as: \"ids\")"),
            ]
        ),
    ]

    /// What `:examples` shows. An example stands on a line of its own, to be copied.
    static func lines(theme: Theme) -> [String] {
        tasks.flatMap { task in
            ["", theme.heading(task.name)]
                + task.examples.flatMap { example in
                    [theme.faint("  # \(example.text)"), "  \(example.statement)"]
                }
        }.dropFirst() + []
    }
}
