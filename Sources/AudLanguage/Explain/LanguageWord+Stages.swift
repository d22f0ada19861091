/// What may stand behind a `|`, in the order in which people look for it.
extension LanguageWord {
    package static let stages: [LanguageWord] = [
        .stage(
            "where", "where CONDITION", "keeps the items for which the condition is true",
            "[3, 5, 8] | where it > 4", "[5, 8]"),
        .stage("map", "map EXPR", "replaces each item", "[3, 5] | map it * 10", "[30, 50]"),
        .stage(
            "select", "select .field, name: EXPR", "builds a record of these columns for each item",
            "[{a: 1, b: 2}] | select .b, double: .a * 2", "[{b: 2, double: 2}]"),
        .stage(
            "with", "with name: EXPR", "adds columns to each item, here and not in the workspace",
            "[{a: 1}] | with b: .a + 1", "[{a: 1, b: 2}]"),
        .stage(
            "sort", "sort by EXPR [desc], …", "sorts; nulls come last", "[3, 1, null, 2] | sort by it desc",
            "[3, 2, 1, null]"),
        .stage(
            "group", "group by EXPR", "makes {key, count, items} for each key, in first-seen order",
            "[\"a\", \"b\", \"a\"] | group by it | select .key, .count",
            "[{key: \"a\", count: 2}, {key: \"b\", count: 1}]"),
        .stage(
            "unique", "unique [by EXPR]", "keeps the first of equal items", "[1, 2, 2, 1] | unique", "[1, 2]"),
        .stage("take", "take N", "keeps the first N items, and reads no further", "1..100 | take 3", "[1, 2, 3]"),
        .stage("skip", "skip N", "drops the first N items", "1..5 | skip 3", "[4, 5]"),
        .stage("first", "first [N]", "the first item or null; with N a list", "[7, 8, 9] | first", "7"),
        .stage("last", "last [N]", "the last item or null; with N a list", "[7, 8, 9] | last 2", "[8, 9]"),
        .stage(
            "at", "at most N", "fails when there are more than N items: a cap before a change",
            "list() | where .status == \"Failed\" | at most 50 | disable"),
        .stage("count", "count", "how many items there are", "[7, 8, 9] | count", "3"),
        .stage("flatten", "flatten", "joins lists of a list, one level", "[1, [2, 3]] | flatten", "[1, 2, 3]"),
        .stage("reverse", "reverse", "turns the order round", "1..3 | reverse", "[3, 2, 1]"),
        .stage("sum", "sum [EXPR]", "adds numbers or durations; null is an error", "[1h, 30min] | sum", "1h30min"),
        .stage("avg", "avg [EXPR]", "the mean; null for an empty list", "[{n: 1}, {n: 2}] | avg .n", "1.5"),
        .stage("min", "min [EXPR]", "the smallest; null for an empty list", "[3, 1, 2] | min", "1"),
        .stage("max", "max [EXPR]", "the largest; null for an empty list", "[3, 1, 2] | max", "3"),
        .stage("each", "each NAME { … }", "runs a block for each item", "[1, 2] | each n { print(\"no. {n}\") }"),
        .stage(
            "enable", "enable [on error continue]", "switches audiences on; a dry run records it",
            "list() | where .name ~ /^test/ and not .enabled | enable"),
        .stage(
            "disable", "disable [on error continue]", "switches audiences off; a dry run records it",
            "list() | where .updatedAt < ago(90d) | disable on error continue"),
        .stage(
            "remove", "remove [on error continue]", "deletes audiences for good; a dry run records it",
            "list() | where .name ~ /^test/ and not .enabled | at most 10 | remove"),
        .stage(
            "update", "update {field: EXPR}", "changes audiences (later API versions)",
            "list() | where .status == \"Failed\" | update {description: \"unused\"}"),
        .stage(
            "create", "create", "makes audiences of records (later API versions)", "[{name: \"Spring\"}] | create"),
    ]
}
