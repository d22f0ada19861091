/// R1: what goes wrong while a script runs.
extension Page {
    static let runTime: [Page] = [
        Page(
            .divisionByZero, "a division by zero",
            """
            There is no value for it, not even infinity, so `/`, `//` and `%` by zero are errors. The zero is mostly the
            length of a list that turned out empty: say what the result is to be then.
            """,
            wrong: .program(
                """
                let mine = list() | where .createdBy == "zoe"
                print(len(mine | where .enabled) / len(mine))
                """),
            right: .program(
                """
                let mine = list() | where .createdBy == "zoe"
                print(if len(mine) == 0 then 0 else len(mine | where .enabled) / len(mine))
                """)),
        Page(
            .overflow, "a number that does not fit",
            """
            Integers have 64 bits and never wrap around; floats never become infinite; dates end with the year 9999. A
            result beyond these is an error, because a wrong number that goes on unseen is worse. Compute with floats where
            the last digits do not matter.
            """,
            wrong: .program("print(9_223_372_036_854_775_807 + 1)"),
            right: .program("print(9_223_372_036_854_775_807 + 1.0)")),
        Page(
            .wrongType, "a value of the wrong type",
            """
            Nothing is converted by itself: `+` adds numbers or joins texts, and does not guess which of the two is meant.
            Convert with `str`, `int` or `float`, or put the value into a text with `{…}`. What the types can tell before
            the run is told before it.
            """,
            wrong: .program(#"print("audiences: " + parseJson("25"))"#),
            right: .program(#"print("audiences: " + str(parseJson("25")))"#)),
        Page(
            .nullOperand, "null where a value is needed",
            """
            null means that nothing is known: it is neither 0 nor empty nor false, so it cannot be added, ordered, searched
            or tested. It comes from fields that the server did not send and from `r["key"]` of a key that is absent. Say
            what a missing value means with `??`, guard a read with `?.`, or leave such items out with `where .x != null`.
            """,
            wrong: .program(
                """
                let rank = {Live: 1, Disabled: 2}
                list() | where rank[.status] < 2 | count
                """),
            right: .program(
                """
                let rank = {Live: 1, Disabled: 2}
                list() | where (rank[.status] ?? 9) < 2 | count
                """)),
        Page(
            .noSuchField, "a field that this record does not have",
            """
            `.name` of a record without that field is an error, so that a slip does not pass as a missing value. `r["name"]`
            asks: it is null when there is none. Check the spelling first.
            """,
            wrong: .program(#"print(parseJson('{"name": "Spring"}').title)"#),
            right: .program(#"print(parseJson('{"name": "Spring"}')["title"] ?? "no title")"#)),
        Page(
            .indexOutOfRange, "an index that the list does not have",
            """
            Items count from 0, and from the end with negative numbers: `xs[-1]` is the last. An index beyond either end is
            an error. `first` and `last` give null instead when the list is empty.
            """,
            wrong: .program(
                """
                let failed = list() | where .name ~ "no such name"
                print(failed[0].name)
                """),
            right: .program(
                """
                let one = list() | where .name ~ "no such name" | first
                print(one?.name ?? "there is none")
                """)),
        Page(
            .notBool, "a condition that is neither true nor false",
            """
            No other value counts as true or false, for languages do not agree on whether 0, an empty list and `"no"` do.
            Write the comparison that is meant: `n != 0`, `len(xs) > 0`, `text != ""`.
            """,
            wrong: .program(#"if parseJson("1") { print("yes") }"#),
            right: .program(#"if parseJson("1") != 0 { print("yes") }"#)),
        Page(
            .notCallable, "a call of something that is no function",
            """
            Only functions can be called. The name has often been bound to the result of a function where the function was
            meant: `f` is the function, `f(x)` its result.
            """,
            wrong: .program("let limit = parseJson(\"10\")\nprint(limit())"),
            right: .program("let limit = parseJson(\"10\")\nprint(limit)")),
        Page(
            .badArgument, "an argument that the function cannot use",
            """
            The type is right and the value is not: an empty separator, a negative count, an empty id. The message names
            the argument and what it may be.
            """,
            wrong: .program(#"print(split("a,b,c", ""))"#),
            right: .program(#"print(split("a,b,c", ","))"#)),
        Page(
            .failed, "the script ended itself with `fail`",
            """
            Nothing is wrong with the language here: somebody wrote `fail` for this case, and the message is theirs. So ends
            a `wait` whose `timeout` is over, too. It can be caught, as other errors can.
            """,
            wrong: .program(
                """
                fn only(xs) {
                  if len(xs) != 1 { fail "expected one audience, found {len(xs)}" }
                  return xs[0]
                }
                print(only(list()).name)
                """),
            right: .program(
                """
                fn only(xs) {
                  if len(xs) != 1 { fail "expected one audience, found {len(xs)}" }
                  return xs[0]
                }
                print(only(list() | take 1).name)
                """)),
        Page(
            .impure, "a change where a script may only look",
            """
            What a stage computes may neither change the workspace nor print, and a condition may not change it. E0503 says
            so before the run where the call is plain to see; here it came about through a value. Use `each` or a statement,
            which begin when the list is complete.
            """,
            wrong: .program("fn names(tell) = list() | map tell(.name)\nnames(print)"),
            right: .program("fn names(tell) { for a in list() { tell(a.name) } }\nnames(print)")),
        Page(
            .expectationFailed, "an expectation does not hold",
            """
            `expect` states what must be true for the script to make sense, and ends it otherwise. Nothing of its plan is
            sent. Look at the message and at the data before you weaken the expectation: it has just done its work.
            """,
            wrong: .program(#"expect((list() | count) > 1000, "few audiences: is this the right space?")"#),
            right: .program(#"expect((list() | count) > 10, "few audiences: is this the right space?")"#)),
        Page(
            .notConfirmed, "a question that nobody could answer",
            """
            Without a terminal there is nobody to ask, and an answer is never guessed. `--yes` answers every question with
            yes; removals then need `--max-removes` or `--max-changes` too. The code also tells of what is not sent because
            it is on its way: a plan that was applied already, a run that another process carries, and in the shell a
            mode or a space that stays while calls are staged.
            """,
            wrong: .program(#"if confirm("Disable them?") { print("yes") }"#),
            right: .command("aud run clean.aud --apply --yes --max-changes 20")),
        Page(
            .badText, "a text that cannot be read as what it should be",
            """
            `int`, `float`, `date`, `parseJson` and `parseCsv` read the whole text or none of it: what is left over is
            never dropped in silence. Trim or cut the text before, or say with `try … else` what is meant when it cannot be
            read.
            """,
            wrong: .program(#"print(int("90 days"))"#),
            right: .program(#"print(int(split("90 days", " ")[0]))"#)),
    ]
}
