/// W9: what a script may do and probably should not. Warnings stop nothing.
extension Page {
    static let lints: [Page] = [
        Page(
            .shadowedBuiltin, "a name that hides a built-in",
            """
            From here on the name means yours, and the built-in cannot be called in this block. That is allowed, and often
            unwanted: the next reader expects the built-in.
            """,
            wrong: .program("let len = 3\nprint(len)"),
            right: .program("let length = 3\nprint(length)")),
        Page(
            .unusedName, "a name that is never used",
            """
            A value that is computed and never looked at is mostly a slip: the wrong name further down, or a filter that was
            prepared and not applied. Use it, or delete the line. A name that starts with `_` says that it is meant so.
            """,
            wrong: .program(
                """
                let failed = list() | where .status == "Failed"
                print(list() | count)
                """),
            right: .program(
                """
                let failed = list() | where .status == "Failed"
                print(failed | count)
                """)),
        Page(
            .unreachableCode, "code that can never run",
            """
            The statement before it leaves the block in every case, so this one is never reached. Either the order is wrong,
            or a condition was lost.
            """,
            wrong: .program(
                """
                fn describe(a) {
                  return "{a.name}: {a.status}"
                  print("described")
                }
                print(describe(get("aud_1")))
                """),
            right: .program(
                """
                fn describe(a) {
                  print("describing")
                  return "{a.name}: {a.status}"
                }
                print(describe(get("aud_1")))
                """)),
        Page(
            .unboundedChange, "a change of everything in a space",
            """
            Nothing between `list` and the change leaves any audience out, so it changes the whole space. That is seldom
            meant, and a removal cannot be undone. Choose with `where`, or state with `at most` how many you expect.
            """,
            wrong: .program("list() | disable on error continue"),
            right: .program(#"list() | where .status == "Failed" | at most 10 | disable on error continue"#)),
        Page(
            .needlessNullTest, "a test for null of what is never null",
            """
            The types say that this value is always there, so the test has the same answer every time. Mostly the test belongs
            to what the value is made from, for example to the field before it became a text. A field of an audience may be
            missing, and testing one is never held against a script.
            """,
            wrong: .program(
                """
                let failed = list() | where .status == "Failed" | count
                if failed != null { print("failed: {failed}") }
                """),
            right: .program(
                """
                let failed = list() | where .status == "Failed" | count
                if failed > 0 { print("failed: {failed}") }
                """)),
        Page(
            .asciiClass, "a class of ASCII characters beside other text",
            #"""
            In a regex `\w`, `\d` and `\b` know the letters and digits of ASCII and nothing else: `\w` does not match `ä`, and
            between `Ä` and a blank there is no `\b`. Beside text that has such letters this is seldom meant. `\pL` is a letter
            of any script, `\pN` a digit.
            """#,
            wrong: .program(#"list() | where .name ~ /^Größe \w+$/ | count"#),
            right: .program(#"list() | where .name ~ /^Größe [\pL\pN]+$/ | count"#)),
        Page(
            .unknownWord, "a text that the field never has",
            """
            The field holds one of few words, and the text that it is compared with is none of those that are known, so the
            test has the same answer for every item. Case counts: `"live"` is not `"Live"`. The words of the API may become
            more; if the workspace has another one, the warning may be ignored.
            """,
            wrong: .program(#"list() | where .status == "Faild" | count"#),
            right: .program(#"list() | where .status == "Failed" | count"#)),
        Page(
            .foreignText, "a text written as in another language",
            #"""
            In a text a value stands in `{…}`, and a `$` in front of it is one more character. Behind `~` a text is looked for
            as it stands, so that `"^test"` finds only names with a `^`: a pattern is a regex, `/^test/`. A `$` that is
            meant in front of a value is joined on: `"$" + str(price)`.
            """#,
            wrong: .program(#"list() | where .name ~ "^test" | count"#),
            right: .program(#"list() | where .name ~ /^test/ | count"#)),
    ]
}
