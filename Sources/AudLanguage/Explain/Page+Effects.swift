/// E05: what a place in a script may not do.
extension Page {
    static let effects: [Page] = [
        Page(
            .capturedVariable, "a function that captures a `var`",
            """
            A function keeps copies of what it uses from around it. Of a `var` it would keep the value of one moment, while
            a reader expects the current one; so it is refused. Pass the value as an argument, or copy it with `let`.
            """,
            wrong: .program("var cap = 10\nlet fits = n => n <= cap"),
            right: .program("let cap = 10\nlet fits = n => n <= cap")),
        Page(
            .unsupportedAction, "a verb that the API does not have yet",
            """
            `update` and `create` are verbs of later versions of Segment's Audience API. With the version that aud speaks an
            audience can be enabled, disabled and removed, and nothing else about it changes.
            """,
            wrong: .program(#"list() | where .status == "Failed" | update {description: "unused"}"#),
            right: .program(#"list() | where .status == "Failed" | disable"#)),
        Page(
            .impureCode, "a change where a script may only look",
            """
            Conditions, keys, columns and defaults are computed as often as they are needed, some of them while pages are
            still being read, so they may not change the workspace; and what a stage computes may not print either. It does
            not matter how many functions lie between. Make the change in a stage of its own, in `each` or in a statement:
            these begin when the list is complete.
            """,
            wrong: .program("list() | map disable(it)"),
            right: .program(#"list() | where .status == "Failed" | each a { disable(a) }"#)),
    ]
}
