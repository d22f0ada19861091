/// The types that have no function of their name, and the operators.
extension LanguageWord {
    package static let types: [LanguageWord] = [
        .keyword("bool", "NAME: bool", "the type of true and false", "fn no(x: bool) = not x\nno(true)", "false"),
        .keyword(
            "string", "NAME: string", "the type of texts", "fn twice(x: string) = x + x\ntwice(\"ab\")", "\"abab\""),
        .keyword(
            "duration", "NAME: duration", "the type of lengths of time", "fn days(x: duration) = x / 1d\ndays(36h)",
            "1.5"),
        .keyword(
            "record", "NAME: record", "the type of values with named fields", "fn n(r: record) = r.n\nn({n: 2})", "2"),
        .keyword(
            "audience", "NAME: audience", "the type of what `list` and `get` bring",
            "fn name(a: audience) = a.name\nlist() | take 2 | map name(it)"),
        .keyword(
            "any", "NAME: any", "the type of a parameter that takes everything but null; `any?` takes null too",
            "fn pair(x: any) = [x, x]\npair(\"a\")", "[\"a\", \"a\"]"),
    ]

    package static let operators: [LanguageWord] = [
        .keyword(
            "|", "VALUE | STAGE", "hands a value on to a stage or function: `x | f(a)` is `f(x, a)`",
            "[3, 1, 2] | where it > 1 | sort by it", "[2, 3]"),
        .keyword("=>", "x => EXPR", "a function without a name", "find([1, 5, 9], x => x > 3)", "5"),
        .keyword(
            "??", "VALUE ?? VALUE", "the second value where the first is null", "[null ?? \"none\", \"a\" ?? \"none\"]",
            "[\"none\", \"a\"]"),
        .keyword(
            "?.", "VALUE?.FIELD", "the field, or null where there is nothing to read it from",
            "let m = match(\"abc\", /x/)\nm?.text ?? \"no match\"", "\"no match\""),
        .keyword("..", "FIRST .. LAST", "the ints from one to another, the last one included", "1..4", "[1, 2, 3, 4]"),
        .keyword("..<", "FIRST ..< END", "the ints from one up to another", "0..<3", "[0, 1, 2]"),
        .keyword(
            "...", "[...LIST]", "the items of a list, or the fields of a record, inside of another",
            "[[0, ...[1, 2]], len({...{a: 1}, b: 2})]", "[[0, 1, 2], 2]"),
        .keyword(
            "~", "TEXT ~ PATTERN", "whether a text matches a regex, or has a part; `!~` that it does not",
            "[\"promo\" ~ /^pro/, \"promo\" ~ \"om\", \"promo\" !~ /x/]", "[true, true, true]"),
        .keyword(
            "!~", "TEXT !~ PATTERN", "whether a text does not match a regex, and has no such part", "\"promo\" !~ /x/",
            "true"),
        .keyword(
            "==", "VALUE == VALUE", "whether two values are equal; `!=` that they are not. `=` binds a name",
            "[1 == 1.0, \"a\" == \"A\", [1] == [1]]", "[true, false, true]"),
        .keyword("!=", "VALUE != VALUE", "whether two values are not equal", "\"a\" != \"A\"", "true"),
        .keyword(
            "+", "VALUE + VALUE", "adds numbers and durations, a duration to a date, and joins texts and lists",
            "[1 + 2, len(\"a\" + \"b\"), len([1] + [2])]", "[3, 2, 2]"),
        .keyword(
            "-", "VALUE - VALUE", "subtracts numbers, durations, two dates, and a duration from a date",
            "@2026-03-01 - @2026-02-01", "28d"),
        .keyword("*", "VALUE * VALUE", "multiplies numbers, and a duration by a number", "3 * 1d", "3d"),
        .keyword("/", "VALUE / VALUE", "divides; of two ints it gives a float", "7 / 2", "3.5"),
        .keyword("//", "VALUE // VALUE", "divides and rounds down", "[7 // 2, -7 // 2]", "[3, -4]"),
        .keyword("%", "VALUE % VALUE", "what `//` leaves, with the sign of the divisor", "[7 % 3, -7 % 3]", "[1, 2]"),
        .keyword(
            "<", "VALUE < VALUE",
            "the order of numbers, texts, dates, durations and bools, each among themselves; also `<=`, `>` and `>=`",
            "[1 < 2, \"a\" < \"b\"]", "[true, true]"),
        .keyword("<=", "VALUE <= VALUE", "less than or equal to; see `<`", "2 <= 2", "true"),
        .keyword(">", "VALUE > VALUE", "more than; see `<`", "@2026-02-01 > @2026-01-31", "true"),
        .keyword(">=", "VALUE >= VALUE", "more than or equal to; see `<`", "2 >= 3", "false"),
    ]
}
