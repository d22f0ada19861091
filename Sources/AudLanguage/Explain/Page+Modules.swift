/// E06: modules and the params of a script.
extension Page {
    static let modules: [Page] = [
        Page(
            .moduleNotFound, "a module that cannot be read",
            """
            `use` takes a path relative to the file it stands in, and the file must end in `.aud` and lie in the folder of
            the main script or below it; links that lead out of it are not followed. Thus a script cannot read what is not
            its own. A link to a script means the folder in which the script really lies. For `-e` and standard input, `--lib DIR` says which folder is meant.
            """,
            wrong: .program(#"use "lib/nams.aud" as names"#),
            right: .program("use \"lib/names.aud\" as names\nprint(names.short(\"Spring promo\"))")),
        Page(
            .moduleCycle, "modules that use each other in a circle",
            """
            A module is read completely before the one that uses it, which is not possible when each waits for the other.
            Move what both need into a third module.
            """,
            wrong: .program(
                """
                # lib/a.aud:  use "b.aud" as b
                # lib/b.aud:  use "a.aud" as a
                use "lib/a.aud" as a
                """),
            right: .program(
                """
                # lib/c.aud:  use "shared.aud" as shared
                # lib/d.aud:  use "shared.aud" as shared
                use "lib/c.aud" as c
                use "lib/d.aud" as d
                """)),
        Page(
            .moduleContent, "a module that does something by itself",
            """
            A module has only `use`, `fn` and `let`. To use one changes nothing, and prints only what a `let` of it
            prints; what it can do happens where its functions are called, and is seen there.
            """,
            wrong: .program(
                """
                # lib/noisy.aud:  print("loaded")
                use "lib/noisy.aud" as noisy
                """),
            right: .program(
                """
                # lib/quiet.aud:  fn hello() { print("loaded") }
                use "lib/quiet.aud" as quiet
                quiet.hello()
                """)),
        Page(
            .paramMissing, "a param without a value",
            """
            A `param` without a default must be given on the command line. Nothing was run. The text behind the type says
            what the param is for, and `aud run FILE --help` shows all params with how each is given.
            """,
            wrong: .command("aud run stale.aud"),
            right: .command("aud run stale.aud --set space=prod")),
        Page(
            .paramValue, "a param with a value of another type",
            """
            Values from the command line are data: they are read by the type of the param and never as source text. A list
            is written as in JSON, or comes from a file, `--set name=@FILE`, with one item on a line; a list of records is CSV
            with a header. A value that begins with `@` is written with two of them.
            """,
            wrong: .command("aud run stale.aud --set space=prod --set days=ninety"),
            right: .command("aud run stale.aud --set space=prod --set days=90")),
        Page(
            .paramUnknown, "a param that the script does not have",
            """
            `--set` names the `param` statements at the top of the script. A name that is not among them is refused, for
            otherwise a misspelt cap would leave the script with its default.
            """,
            wrong: .command("aud run stale.aud --set space=prod --set dayz=30"),
            right: .command("aud run stale.aud --set space=prod --set days=30")),
        Page(
            .planIsNoScript, "a saved plan that is taken for a script",
            """
            `aud plan FILE -o NAME` saves what would be sent, one call a line. Such a file looks like a script, but it is
            never evaluated: `aud apply` reads it, compares each audience with what the plan expects, and sends these
            calls and no others. To change a plan, change its script and plan again; a line may be deleted.
            """,
            wrong: .program(
                #"""
                # aud plan 1 · 1 call: 1 disable
                disable("aud_1", space: "9aQ1", expect: {enabled: true})
                """#),
            right: .command("aud apply cleanup.plan.aud")),
    ]
}
