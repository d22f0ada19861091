// The stages as a person looks them up: for `help` and for completion behind `|`. A test compares the words with the
// language's own.

package struct StageGuide: Sendable, Hashable {
    package var word: String
    package var usage: String
    package var summary: String

    private init(_ word: String, _ usage: String, _ summary: String) {
        self.word = word
        self.usage = usage
        self.summary = summary
    }

    package static let rows: [StageGuide] = [
        .init("where", "where CONDITION", "keeps the items for which the condition is true"),
        .init("map", "map EXPR", "replaces each item"),
        .init("select", "select .field, name: EXPR", "builds a record of these columns for each item"),
        .init("with", "with name: EXPR", "adds columns to each item, here and not in the workspace"),
        .init("sort", "sort by EXPR [desc], …", "sorts; nulls come last"),
        .init("group", "group by EXPR", "makes {key, count, items} for each key, in first-seen order"),
        .init("unique", "unique [by EXPR]", "keeps the first of equal items"),
        .init("take", "take N", "keeps the first N items, and reads no further"),
        .init("skip", "skip N", "drops the first N items"),
        .init("first", "first [N]", "the first item or null; with N a list"),
        .init("last", "last [N]", "the last item or null; with N a list"),
        .init("at", "at most N", "fails when there are more than N items: a cap before a change"),
        .init("count", "count", "how many items there are"),
        .init("flatten", "flatten", "joins lists of a list, one level"),
        .init("reverse", "reverse", "turns the order round"),
        .init("sum", "sum [EXPR]", "adds numbers or durations; null is an error"),
        .init("avg", "avg [EXPR]", "the mean; null for an empty list"),
        .init("min", "min [EXPR]", "the smallest; null for an empty list"),
        .init("max", "max [EXPR]", "the largest; null for an empty list"),
        .init("each", "each NAME { … }", "runs a block for each item"),
        .init("enable", "enable [on error continue]", "switches audiences on; a dry run records it"),
        .init("disable", "disable [on error continue]", "switches audiences off; a dry run records it"),
        .init("remove", "remove [on error continue]", "deletes audiences for good; a dry run records it"),
        .init("update", "update {field: EXPR}", "changes audiences (later API versions)"),
        .init("create", "create", "makes audiences of records (later API versions)"),
    ]

    /// The row of a word.
    package static func named(_ word: String) -> StageGuide? {
        rows.first { $0.word == word }
    }
}
