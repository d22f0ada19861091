/// E01: what cannot be read as words, numbers and texts of the language.
extension Page {
    static let lexical: [Page] = [
        Page(
            .invalidUTF8, "bytes that are not UTF-8",
            """
            Scripts are UTF-8 text. A file in another encoding would compare names with other bytes than Segment has, so it
            is refused as a whole instead of being guessed at. Most editors can save a file again as UTF-8.
            """,
            wrong: .situation("A script was saved as Latin-1: `é` is the single byte 0xE9 in it."),
            right: .command("iconv -f latin1 -t utf-8 old.aud > new.aud")),
        Page(
            .unexpectedCharacter, "a character that has no meaning here",
            """
            The language is written in plain characters; any others stand only in strings, regexes and comments. What
            brings them in is mostly a copy from a web page, a chat or a text processor, which turn quotes and dashes into
            typographic ones and leave invisible blanks behind. Type the character again.
            """,
            wrong: .program("let name = “Spring promo”"),
            right: .program(#"let name = "Spring promo""#)),
        Page(
            .unterminatedString, "a string that does not end",
            #"""
            A string ends on the line it starts on, so that a forgotten quote is found there and not at the end of the
            file. Text of several lines stands between `"""` and `"""`. In `"…"` a quote is written `\"`, and `{` starts a
            value that needs its `}`.
            """#,
            wrong: .program(#"print("Spring promo)"#),
            right: .program(#"print("Spring promo")"#)),
        Page(
            .badEscape, "a backslash that means nothing",
            #"""
            In `"…"` a backslash starts an escape: `\n \t \r \" \\ \{ \} \u{…}` and no other. An unknown one is refused, for
            nobody can see whether the backslash was meant. Where backslashes are text, write a raw string `'…'`, which
            has no escapes.
            """#,
            wrong: .program(#"print("C:\data")"#),
            right: .program(#"print('C:\data')"#)),
        Page(
            .badNumber, "a number that cannot be read",
            """
            Integers have 64 bits, floats are finite, and both are written in decimal: `1_000`, `2.5`, `1e6`. A `_` stands
            between two digits. There are no hexadecimal or octal numbers, and a float has digits on both sides of its
            point.
            """,
            wrong: .program("print(1__000)"),
            right: .program("print(1_000)")),
        Page(
            .badDuration, "a duration that cannot be read",
            """
            The units are `w d h min s ms us`, from large to small and without fractions: `90d`, `1h30min`. `m` is refused
            because it could be minutes or months, and a script that disables audiences must not guess. Months and years
            differ in length: write days.
            """,
            wrong: .program("list() | where .updatedAt < ago(3m) | count"),
            right: .program("list() | where .updatedAt < ago(90d) | count")),
        Page(
            .badDate, "a date that cannot be read",
            """
            A date is `@2026-01-31`, with a time `@2026-01-31T09:00` or `@2026-01-31T09:00:00.250+02:00`. Without an offset
            it is UTC. A day that the calendar does not have is refused rather than moved into the next month.
            """,
            wrong: .program("list() | where .updatedAt < @2026-02-30 | count"),
            right: .program("list() | where .updatedAt < @2026-02-28 | count")),
        Page(
            .badRegex, "a regex that cannot be used",
            """
            Patterns are those of RE2, whose time grows with the text only, so that no name can make a script hang. The
            price is that there is no look-ahead, no look-behind and no back-reference: what must not match is said with
            `!~` or a second condition. A regex ends on its line, `/` inside is `\\/`, and the flags are `i m s U`.
            """,
            wrong: .program("list() | where .name ~ /^(?!test)/ | count"),
            right: .program("list() | where .name !~ /^test/ | count")),
    ]
}
