/// L3: what a run may use, and what ends it from outside. Nothing of this can be caught.
extension Page {
    static let limits: [Page] = [
        Page(
            .stepLimit, "the script takes too many steps",
            """
            Every round of a loop, item of a stage and call is a step, and a run may take 1,000,000,000 of them, so that
            every script ends. What a built-in does with each item of a list and each piece of a text counts as well.
            Mostly a `while` does not come nearer to its end. Loops over lists and ranges always end.
            `--max-steps` sets another limit.
            """,
            wrong: .program("var n = 1\nwhile n > 0 { n += 1 }"),
            right: .program("var n = 1\nwhile n < 100 { n += 1 }")),
        Page(
            .depthLimit, "calls nest too deep",
            """
            A function that calls itself waits for each of the inner calls, and 1,000 may wait at a time. Mostly the case
            that ends the recursion is missing or never reached. What walks a list is better a loop or a stage.
            `--max-depth` sets another limit.
            """,
            wrong: .program("fn total(n) = n + total(n - 1)\nprint(total(3))"),
            right: .program("fn total(n) = if n == 0 then 0 else n + total(n - 1)\nprint(total(3))")),
        Page(
            .valueDepthLimit, "lists or records nest too deep",
            """
            A value nests at most 500 deep, so that comparing, printing and releasing one always ends well. Flat data does
            the same work: a list of records that name their parent.
            """,
            wrong: .program("var chain = []\nfor n in 1..1000 { chain = [n, chain] }"),
            right: .program("var chain = []\nfor n in 1..1000 { chain = [...chain, {id: n, parent: n - 1}] }")),
        Page(
            .listLimit, "a list is too long",
            """
            A list has at most ten million items. Stages that only look pass items on one by one and need no list at all,
            and a range is not built before somebody needs it whole. Keep less: `where` and `take` early in the pipeline.
            `--max-list` sets another limit.
            """,
            wrong: .program("var xs = [1, 2]\nwhile true { xs = xs + xs }"),
            right: .program("print(1..1000 | where it % 2 == 0 | take 3)")),
        Page(
            .stringLimit, "a text is too long",
            """
            A string has at most 64 MB. A text that grows in a loop is copied each time; a list of lines, joined or printed
            at the end, is quicker and seldom gets there. `--max-string` sets another limit.
            """,
            wrong: .program("var text = \"ab\"\nwhile true { text = text + text }"),
            right: .program("for n in 1..3 { print(\"line {n}\") }")),
        Page(
            .memoryLimit, "the run builds too much",
            """
            All lists, records and texts that a run builds are counted, also those it no longer has: 16 GB in all. A list
            or a text that grows in a loop is copied in every round, which adds up quickly; a stage builds it once.
            `--max-memory` sets another limit.
            """,
            wrong: .program(
                """
                let report = padStart("", 100000, "-")
                for n in 1..200000 { expect(len(report + str(n)) > 0) }
                """),
            right: .program(
                """
                let report = padStart("", 100000, "-")
                for n in 1..20 { expect(len(report) + len(str(n)) > 0) }
                """)),
        Page(
            .requestLimit, "the run makes too many requests",
            """
            One run makes at most 100,000 calls to the API. A script gets there with a `get` for each item of a long list:
            `list` brings the same audiences by pages, in far fewer calls. Bind its result to a name and look things up there.
            `--max-requests` sets another limit.
            """,
            wrong: .situation("A loop calls `get` for each of 100,001 ids."),
            right: .program(
                """
                let found = list()
                print(len(found | where .enabled), len(found | where .status == "Failed"))
                """)),
        Page(
            .changeLimit, "the run would change too much",
            """
            At most 100 audiences are changed in one run unless somebody says otherwise, and removals can have a cap of their
            own, also one on how many other audiences they break. The cap is decided before the first call is sent, and live
            before the one that exceeds it. Look at the plan: if all of it is meant, name its number.
            """,
            wrong: .command("aud run clean.aud --apply --max-changes 10"),
            right: .command("aud run clean.aud --apply --max-changes 212")),
        Page(
            .timeLimit, "the run takes too long",
            """
            `--max-time`, the profile or the program that started the run gave it a time, and the time is over; or a wait
            for the rate limit would have gone beyond it. What was sent before is reported. Run it again with more time: what is done is skipped.
            """,
            wrong: .situation("A plan of 500 changes meets a limit of 10 a minute and a time of 10 minutes."),
            right: .command("aud run clean.aud --apply --max-time 2h")),
        Page(
            .atMost, "more items than `at most` allows",
            """
            `at most` is a cap: it fails when there are more items, before anything behind it is changed. More items than
            expected mean mostly that the selection is too wide. Look at them, narrow the selection, or raise the cap.
            """,
            wrong: .program("list() | at most 10 | disable"),
            right: .program(#"list() | where .status == "Failed" | at most 10 | disable"#)),
        Page(
            .cancelled, "the run was interrupted",
            """
            Somebody pressed Ctrl-C, the program was told to end, or nobody read its output any more. A call in flight is
            awaited, so that its outcome is known; the report says what was done and what was not attempted. Run it again to
            go on: what is done is skipped.
            """,
            wrong: .situation("Ctrl-C in the middle of a run."),
            right: .command("aud run clean.aud --apply")),
        Page(
            .incomplete, "not everything could be read",
            """
            A listing was cut short, or the script caught an error of a read and went on without it. A selection out of half
            a listing is not the one that was meant: audiences that were not seen may be missing from a list to keep. So
            nothing more is changed. Run it again, or, when what was read is enough, say so with `--allow-incomplete`.
            """,
            wrong: .situation("The listing of a space has 180 audiences, and the server said that there are 212."),
            right: .command("aud run clean.aud --apply --allow-incomplete")),
    ]
}
