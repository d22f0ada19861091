/// E03: names that mean nothing, or something else.
extension Page {
    static let names: [Page] = [
        Page(
            .unknownField, "a field that the record does not have",
            """
            Where the fields of a record are known, as those of an audience are, a field that is not among them is refused
            before anything runs. A misspelt condition would otherwise fail at the first item, or pass over all of them.
            Fields that the server sends and this version does not know are reached with `a["field"]`, which is null when
            there is none.
            """,
            wrong: .program("list() | where .enabeld | count"),
            right: .program("list() | where .enabled | count")),
        Page(
            .unknownName, "a name that nothing has",
            """
            A name is bound by `let`, `var`, `fn`, `param`, `use` or a loop, and known in its block from there on; or it is
            one of the built-ins, which `help` lists. Names of another block or another script are not seen.
            """,
            wrong: .program("lst() | count"),
            right: .program("list() | count")),
        Page(
            .unknownNamedArgument, "an argument whose name the function does not know",
            """
            An argument `name: value` goes to the parameter of that name. `help NAME` shows the parameters of a built-in
            and what they are when nothing is given.
            """,
            wrong: .program(#"wait("aud_2", untill: a => a.enabled)"#),
            right: .program(#"wait("aud_2", until: a => a.enabled)"#)),
        Page(
            .usedBeforeDefinition, "a name that is used above its line",
            """
            A script runs from top to bottom, so a name has no value before its `let` has run. Functions are known in their
            whole block, and so are used as early as everything that they use.
            """,
            wrong: .program("print(greeting)\nlet greeting = \"hello\""),
            right: .program("let greeting = \"hello\"\nprint(greeting)")),
        Page(
            .alreadyDefined, "a name that is defined twice",
            """
            In a block a name stands for one thing, so that a reader who has found its `let` is done. Choose another name,
            or use `var` for something that changes. An inner block may give the name another meaning. At a prompt a name
            can be bound anew.
            """,
            wrong: .program("let days = 90\nlet days = 30"),
            right: .program("var days = 90\ndays = 30")),
        Page(
            .notAVariable, "an assignment to what does not change",
            """
            Only a `var` can be assigned to. What `let`, `for`, `param` and `fn` bind stays as it is, so that it can be
            trusted further down.
            """,
            wrong: .program("let seen = 0\nfor a in list() { seen += 1 }"),
            right: .program("var seen = 0\nfor a in list() { seen += 1 }")),
        Page(
            .itOutsideStage, "`it` or `.field` without a current item",
            """
            `it` is the item of the nearest stage around it, and `.name` is short for `it.name`. In the body of a loop and
            inside a function there is no such item: give it a name and use that.
            """,
            wrong: .program("for a in list() | take 3 { print(.name) }"),
            right: .program("for a in list() | take 3 { print(a.name) }")),
        Page(
            .reservedName, "a name that must keep its meaning",
            """
            `list`, `get`, `enable`, `disable` and `remove` always mean the workspace, so that a reader sees at once which
            lines read from it or change it. Other built-ins may be hidden by a name of yours.
            """,
            wrong: .program(#"let list = ["aud_1", "aud_2"]"#),
            right: .program(#"let wanted = ["aud_1", "aud_2"]"#)),
        Page(
            .unknownType, "a type that there is not",
            """
            An annotation is checked, so it must name a type that exists. The types are
            `any bool int float string date duration record audience space list<T> fn`, each with `?` when it may be null.
            """,
            wrong: .program("param days: integer = 90"),
            right: .program("param days: int = 90")),
    ]
}
