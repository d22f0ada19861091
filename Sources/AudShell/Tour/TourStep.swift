// The tour: what aud is, told in statements that a person runs on the simulated workspace. A test runs them all.

package struct TourStep: Sendable {
    /// What is to be seen here, in a sentence or two.
    package let text: String
    /// What Enter runs: a statement or a colon command.
    package let statement: String
    /// A piece of what then is on the screen, for the test.
    package let shows: String

    private init(_ text: String, _ statement: String, shows: String) {
        self.text = text
        self.statement = statement
        self.shows = shows
    }

    package static let all: [TourStep] = [
        TourStep(
            "aud computes at once, without a workspace. The last value is `_`.",
            "90d / 1w", shows: "12.857142857142858"),
        TourStep(
            "`list` reads the audiences of a space. A table has the columns that fit, and names those that do not.",
            "list(\"prod\") | take 5", shows: "5 rows"),
        TourStep(
            "Stages choose: `where` keeps the items for which a condition holds, and `.status` is a field of the item.",
            "list(\"prod\") | where .status == \"Failed\" | select .name, .key, .updatedAt", shows: "9 rows"),
        TourStep(
            "A line that starts with `|` goes on with the last value.",
            "| sort by .updatedAt | take 3", shows: "3 rows"),
        TourStep(
            "`group by` counts, and `chart` draws what was counted.",
            "list(\"prod\") | group by .status | chart", shows: "█"),
        TourStep(
            "Dates are charted by day, week, month or year.",
            "list(\"prod\") | map .createdAt | chart(by: \"year\")", shows: "2024"),
        TourStep(
            "Now a change. In a dry run nothing is sent: the calls are staged, and the prompt counts them.",
            "list(\"prod\") | where .status == \"Failed\" and .enabled | at most 20 | disable",
            shows: "staged; nothing was sent"),
        TourStep(
            "What is read from now on is as it would be. A `*` marks what rests on recorded changes.",
            "list(\"prod\") | where .status == \"Failed\" | take 3", shows: "false*"),
        TourStep(
            "`:plan` is the exact preview: each call, what it changes, where it comes from, and how long all takes.",
            ":plan", shows: "enabled: true → false"),
        TourStep(
            "`:apply` would ask and then send them, within the limits of the API. Here they are dropped.",
            ":discard", shows: "nothing was sent"),
        TourStep(
            "A mistake is told where it is, before anything runs, with what was probably meant.",
            "list(\"prod\") | where .enabeld", shows: "did you mean `.enabled`?"),
        TourStep(
            "`help` knows every word, function and code; `:examples` has statements to start from.",
            "help where", shows: "… | where"),
    ]
}
