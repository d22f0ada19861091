/// E02: what is made of good words and is no sentence.
extension Page {
    static let syntax: [Page] = [
        Page(
            .unexpectedToken, "something else was expected here",
            """
            The text fits the grammar up to the marked place and not beyond it. The cause is often just before: a missing
            `|` between two stages, a missing comma or bracket, or a statement that goes on with the next line although
            its line is complete. A line goes on when it ends with an operator, a comma or an open bracket, and in files
            also when the next one starts with `|`.
            """,
            wrong: .program("list() where .enabled"),
            right: .program("list() | where .enabled | count")),
        Page(
            .foreignOperator, "an operator of another language",
            """
            aud has the words `and`, `or` and `not`, the comparisons `== != < <= > >=`, `~` to search and `|` to pipe.
            Operators of other languages are known to the parser only so that it can say what they are called here.
            """,
            wrong: .program(#"list() | where .enabled && .status == "Live" | count"#),
            right: .program(#"list() | where .enabled and .status == "Live" | count"#)),
        Page(
            .nestingTooDeep, "brackets and blocks nest too deep",
            """
            Syntax nests at most 200 deep, so that no text, however hostile, can use up the stack of the program that
            reads it. Scripts that people write come nowhere near; those that programs write can name the inner parts.
            """,
            wrong: .situation("A generated script has an expression in 201 pairs of parentheses."),
            right: .program("let part = (1 + 2) * 3\nprint((part + 4) * 5)")),
        Page(
            .droppedValue, "a value that nobody gets",
            """
            In a block only what is done counts; a value that stands there alone is lost, which is never meant. In a
            function it was mostly to be the result: write `return`. With `==` it was mostly to be an assignment. At the
            top level of a script such a value is shown and no error.
            """,
            wrong: .program(
                """
                fn label(a) {
                  "{a.name} is {a.status}"
                }
                """),
            right: .program(
                """
                fn label(a) {
                  return "{a.name} is {a.status}"
                }
                """)),
        Page(
            .lambdaInStage, "a function where a stage has `it`",
            """
            A stage needs no function: its expression is computed for each item, which is called `it`, and `.name` is
            short for `it.name`. A function there would always be a function and never true or false. Only functions such
            as `find` and `any` take a lambda.
            """,
            wrong: .program("list() | where a => a.enabled"),
            right: .program("list() | where .enabled | count")),
        Page(
            .repeatedKey, "a key that is given twice",
            """
            One of the two values would be lost without a word. To replace a field of another record, spread that record
            first: what comes after the spread wins.
            """,
            wrong: .program(#"let row = {name: "Spring", name: "Summer"}"#),
            right: .program(#"let row = {...{name: "Spring", key: "spring"}, name: "Summer"}"#)),
        Page(
            .misplacedStatement, "a statement in a place where it cannot stand",
            """
            `return` leaves a function, `break` and `continue` a loop: elsewhere they have nothing to leave. `use` and
            `param` belong to the script as a whole, so they stand at its top, where a reader looks for them. A script ends
            at its last line, or at a `fail`.
            """,
            wrong: .program(
                """
                let n = list() | count
                if n == 0 { return }
                print("{n} audiences")
                """),
            right: .program(
                """
                let n = list() | count
                if n > 0 { print("{n} audiences") }
                """)),
        Page(
            .chainedComparison, "two comparisons in a row",
            """
            `1 < n < 10` compares the answer of the first comparison, true or false, with 10, in most languages without a
            word. Here comparisons do not chain: join two of them with `and`, or ask whether a value is `in` a range. Nor do
            ranges: `1..2..3` would have a list for an end.
            """,
            wrong: .program("let n = list() | count\nprint(1 < n < 100)"),
            right: .program("let n = list() | count\nprint(1 < n and n < 100)")),
        Page(
            .columnNeedsName, "a column without a name",
            """
            `select` and `with` name a column after its last field, so `.name` needs nothing more. Anything that is
            computed needs a name of its own, which later stages and the heading of the table use.
            """,
            wrong: .program("list() | take 3 | select .key, upper(.name)"),
            right: .program("list() | take 3 | select .key, name: upper(.name)")),
        Page(
            .nothingToContinue, "a stage with nothing before it",
            """
            A line that starts with `|` goes on with the line above, so that line must have a value. At a prompt that is an
            expression or a `let` that succeeded. In a file it is the same statement, cut into lines; an `if` or a loop has
            no value to go on with.
            """,
            wrong: .program("| count"),
            right: .program("list() | count")),
        Page(
            .tooLarge, "a script that is too large",
            """
            A function holds at most 65,535 values at once, a script about as many different fields, records and calls.
            Only generated scripts reach that. Data is better given as a param than written as source text:
            `--set name=@FILE` reads a list or a CSV file.
            """,
            wrong: .situation("A generated script has 70,000 records, each with keys of its own."),
            right: .program(
                """
                param wanted: list<string> = [] "keys, one a line: --set wanted=@keys.txt"
                list() | where .key in wanted | count
                """)),
    ]
}
