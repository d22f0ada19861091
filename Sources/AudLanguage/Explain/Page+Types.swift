/// E04: values and arguments of the wrong kind, seen before anything runs.
extension Page {
    static let types: [Page] = [
        Page(
            .wrongArguments, "a call with too many or too few arguments",
            """
            A function takes the arguments that its signature names; those with a default may be left out, and a value that
            is piped in is the first of them. Arguments without a name come before those with one. `help NAME` shows the
            signature of a built-in.
            """,
            wrong: .program(#"print(split("a,b,c"))"#),
            right: .program(#"print(split("a,b,c", ","))"#)),
        Page(
            .wrongOperand, "an operator or a stage with values that it does not take",
            """
            Nothing is converted by itself: `+` joins texts or adds numbers, and a number becomes a text only where you say
            so, with `str` or with `{…}` in a string. The types are known here before the run, so it would fail at this
            place whatever the data is.
            """,
            wrong: .program(#"print("audiences: " + (list() | count))"#),
            right: .program(#"print("audiences: {list() | count}")"#)),
        Page(
            .notACondition, "a condition that is never true or false",
            """
            `if`, `while`, `where`, `and`, `or` and `not` take true or false and nothing else. Numbers, texts and lists do
            not count as either, for languages do not agree on which of them would. Write the comparison that is meant.
            """,
            wrong: .program(
                """
                let failed = list() | where .status == "Failed"
                if len(failed) { print("some failed") }
                """),
            right: .program(
                """
                let failed = list() | where .status == "Failed"
                if len(failed) > 0 { print("some failed") }
                """)),
        Page(
            .nullUse, "null, or what may be null, where a value is needed",
            """
            Some values need not be there, such as the definition of an audience; then they are null, which can only be
            compared with `==` and `!=` or replaced with `??`. This place does not take null, so the run would stop at the
            first such item. Say what a missing value means, or test for it first.
            """,
            wrong: .program(#"list() | where .definition.query ~ "clicked" | count"#),
            right: .program(#"list() | where .definition != null and .definition.query ~ "clicked" | count"#)),
        Page(
            .neverEqual, "a comparison that always has the same answer",
            """
            Values of different types are never equal: the text `"true"` is not true, and `"90"` is not 90. A selection with
            such a condition would take nothing, or everything, without a word. Compare values of one type; a bool needs no
            comparison at all.
            """,
            wrong: .program(#"list() | where .enabled == "true" | count"#),
            right: .program("list() | where .enabled | count")),
        Page(
            .wrongArgument, "an argument of the wrong type",
            """
            The signature names a type for each parameter, and this value has another one. `help NAME` shows the signature
            of a built-in. A change takes audiences or ids, so it stands before the stage that makes other records of them.
            """,
            wrong: .program("list() | where .updatedAt < ago(90) | count"),
            right: .program("list() | where .updatedAt < ago(90d) | count")),
        Page(
            .notAFunction, "a call of something that is no function",
            """
            Only functions can be called, and this name has another value. Mostly it hides a function of the same name, or
            was meant as a value: `cap` instead of `cap()`.
            """,
            wrong: .program("let cap = 10\nprint(cap())"),
            right: .program("let cap = 10\nprint(cap)")),
    ]
}
