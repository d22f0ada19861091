/// A2: what Segment, the network or this machine's settings refuse.
extension Page {
    static let api: [Page] = [
        Page(
            .apiAuth, "the token is missing or not enough",
            """
            Segment refused the token, or there is none. It is read from `--token-file`, `SEGMENT_TOKEN`,
            `PUBLIC_API_TOKEN`, the profile's `token-command` or a question, in this order. It must belong to this
            workspace and region and be allowed to edit audiences. A script cannot catch this error, and nothing more is
            sent after it.
            """,
            wrong: .situation("Segment answers 401 or 403."),
            right: .command("aud run clean.aud --token-file token.txt")),
        Page(
            .apiNotFound, "there is no such audience or space",
            """
            Segment knows nothing under this id in this space. Either it was removed, or it lies in another space, or the
            id is that of something else. This is the one failed read that may be caught without making the run incomplete:
            to learn that an audience is gone is an answer too.
            """,
            wrong: .program(#"print(get("aud_99").name)"#),
            right: .program("let a = try get(\"aud_99\") else null\nprint(a?.name ?? \"it is gone\")")),
        Page(
            .apiValidation, "Segment refuses the request as it is",
            """
            The request was understood and not accepted; the message says why. The same request would be refused again, so
            nothing is retried. With `on error continue` the other items are still done, and each item that was refused
            says so in its outcome.
            """,
            wrong: .program(#"["aud_12", "aud_13"] | disable(space: "prod")"#),
            right: .program(#"["aud_12", "aud_13"] | disable(space: "prod") on error continue"#)),
        Page(
            .apiConflict, "the audience is locked",
            """
            Segment locks an audience while it takes in an earlier change, of this run or of somebody else. aud waits and
            tries again; this error means that the lock outlasted its patience. Run it again later: what was done already is
            skipped and costs no request.
            """,
            wrong: .situation("Segment answers 409 or 423 for longer than aud waits."),
            right: .program(#"list() | where .status == "Failed" | disable on error continue"#)),
        Page(
            .apiRateLimited, "Segment allows no more calls for now",
            """
            aud keeps within the limits that it knows and waits when it is told to; this error means that it was told to
            even so, for longer than it may wait. Another program may use up the limit of the same token. Wait a few
            minutes, or lower the rate.
            """,
            wrong: .situation("Segment goes on answering 429."),
            right: .command("aud run clean.aud --apply --limits update=5/60s")),
        Page(
            .apiServer, "Segment failed",
            """
            The fault is not in the script. Reads and changes that are safe to repeat were tried again already. Nothing is
            lost: run it again later, and changes that were made are skipped.
            """,
            wrong: .program("print(list() | count)"),
            right: .program(
                """
                try {
                  print(list() | count)
                } catch e {
                  print("not today: {e.message}")
                }
                """)),
        Page(
            .apiNetwork, "no answer came",
            """
            The server could not be reached, the connection broke, or the answer took too long. Look whether this machine
            has a connection, whether a proxy stands in between, and whether the region or base URL of the profile is
            right. A read is tried again by itself.
            """,
            wrong: .situation("The connection to api.segmentapis.com is refused."),
            right: .command("aud --profile acme -e 'list() | count'")),
        Page(
            .apiUnreadable, "an answer that cannot be understood",
            """
            What came back is not what the API describes: a web page of a proxy, a redirect, a listing that repeats itself.
            aud guesses nothing of it. `--trace FILE` writes down what was sent and what came, without the token.
            """,
            wrong: .situation("A proxy answers with a login page."),
            right: .command("aud run clean.aud --trace trace.ndjson")),
        Page(
            .apiOutcomeUnknown, "nobody knows whether the change was made",
            """
            The request was sent and no answer came, and the audience could not be read afterwards to find out. It may or
            may not have been changed. `aud runs` shows the run, and `aud resume` with its number reads the audience again:
            what was made counts as done, and what was not is sent. The exit code is 7.
            """,
            wrong: .situation("The connection breaks between a request and its answer."),
            right: .command("aud resume 3")),
        Page(
            .apiConfiguration, "the workspace is not set up for this",
            """
            The call cannot be made with these settings: no space is named, the name is no space of the profile, the
            profile has no such verb, or a file that an option names (of the token, of the trace) cannot be used. Name
            the space in the script, with `--space`, or in the configuration under `spaces:`.
            """,
            wrong: .program("print(list() | count)"),
            right: .program(#"print(list("prod") | count)"#)),
        Page(
            .stateUnusable, "the state file cannot be used",
            """
            Every call is noted in a database under `~/.local/state/aud` before it is sent, so that all runs on this machine
            keep to the limits together, and every change, so that a run that is interrupted can be resumed. Another program
            may hold it, it may belong to somebody else, or the disk may be full. From then on nothing is sent. `--state FILE` names
            another file; runs that use different files do not know of each other. The shell keeps its history there too,
            and goes on with a history in memory.
            """,
            wrong: .situation("The file of the database cannot be opened."),
            right: .command("aud --state other.sqlite")),
    ]
}
