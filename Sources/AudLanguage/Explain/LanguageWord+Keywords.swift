/// The words that no name may have, and those that are special in one place.
extension LanguageWord {
    package static let keywords: [LanguageWord] = [
        .keyword(
            "let", "let NAME = VALUE", "binds a name to a value, for good; `let {a, b} = record` takes fields",
            "let {name, key} = {name: \"Spring\", key: \"spring\"}\nname", "\"Spring\""),
        .keyword("var", "var NAME = VALUE", "binds a name that can be assigned to", "var n = 1\nn += 4\nn", "5"),
        .keyword(
            "fn", "fn NAME(a, b = 1) { … }", "defines a function; `fn name(a) = EXPR` when it is one expression",
            "fn double(n: int) = n * 2\ndouble(21)", "42"),
        .keyword(
            "param", "param NAME: TYPE = DEFAULT \"what for\"",
            "a value that the command line gives, with --set; the first statements of a script",
            "param days: int = 90 \"how long is 'a while'\"\ndays * 1d", "90d"),
        .keyword(
            "if", "if CONDITION { … } else { … }", "does one or the other; `if c then x else y` is a value",
            "if 2 > 1 then \"more\" else \"less\"", "\"more\""),
        .keyword(
            "then", "if CONDITION then VALUE else VALUE", "the value when the condition is true",
            "if 2 > 1 then \"more\" else \"less\"", "\"more\""),
        .keyword(
            "else", "else { … }", "what is done, or the value, when a condition is false or a `try` fails",
            "try int(\"ten\") else 10", "10"),
        .keyword(
            "for", "for NAME in LIST { … }", "runs a block for each item",
            "var sum = 0\nfor n in 1..4 { sum += n }\nsum", "10"),
        .keyword(
            "while", "while CONDITION { … }", "runs a block as long as the condition is true",
            "var n = 1\nwhile n < 100 { n *= 2 }\nn", "128"),
        .keyword(
            "in", "VALUE in LIST", "whether a list has an item, a record a key, or a text a part; also `not in`",
            "[\"b\" in [\"a\", \"b\"], \"pro\" in \"promo\", 7 not in 1..5]", "[true, true, true]"),
        .keyword(
            "break", "break", "leaves the loop", "var n = 0\nwhile true {\n  n += 1\n  if n == 3 { break }\n}\nn", "3"),
        .keyword(
            "continue", "continue", "goes on with the next round of the loop",
            "var odd = []\nfor n in 1..5 {\n  if n % 2 == 0 { continue }\n  odd = [...odd, n]\n}\nodd", "[1, 3, 5]"),
        .keyword(
            "return", "return VALUE", "leaves the function with a value, or with null",
            "fn sign(n) {\n  if n < 0 { return -1 }\n  return 1\n}\nsign(-5)", "-1"),
        .keyword(
            "try", "try { … } catch NAME { … }",
            "runs the second block when the first fails; `try x else y` is a value",
            "try { fail \"no luck\" } catch e { print(\"{e.kind}: {e.message}\") }"),
        .keyword(
            "catch", "try { … } catch NAME { … }",
            "takes the error: {kind, code, message, item, status, retryable, line}",
            "try { print(get(\"aud_99\").name) } catch e { print(e.kind) }"),
        .keyword(
            "fail", "fail MESSAGE", "ends with an error; inside `try`, goes to its `catch`",
            "try { fail \"no luck\" } catch e { print(e.message) }"),
        .keyword(
            "and", "CONDITION and CONDITION", "whether both are true; the second is looked at only when it matters",
            "1 < 2 and 2 < 3", "true"),
        .keyword(
            "or", "CONDITION or CONDITION", "whether one is true; the second is looked at only when it matters",
            "1 > 2 or 2 < 3", "true"),
        .keyword("not", "not CONDITION", "the opposite", "not (1 > 2)", "true"),
        .keyword("true", "true", "a condition that holds", "[1 < 2, true]", "[true, true]"),
        .keyword("false", "false", "a condition that does not hold", "[1 > 2, false]", "[false, false]"),
        .keyword(
            "null", "null", "no value; `x ?? y` is y when x is null, `x?.name` null when x is",
            "[null ?? 7, null == null]", "[7, true]"),
        .keyword(
            "use", "use \"lib/x.aud\" as NAME", "makes the functions of a module known as NAME.function",
            "use \"lib/names.aud\" as names\nnames.short(\"Spring promo\")", "\"Spring\""),
        .keyword(
            "as", "use \"lib/x.aud\" as NAME", "names a module",
            "use \"lib/names.aud\" as names\nnames.short(\"Spring promo\")", "\"Spring\""),
        .keyword(
            "it", "it", "the item of the nearest stage; `.name` is short for `it.name`",
            "[1, 2, 3] | where it > 1 | map {n: it}", "[{n: 2}, {n: 3}]"),
        .keyword(
            "asc", "sort by EXPR asc", "smallest first, which is usual", "[3, 1, 2] | sort by it asc", "[1, 2, 3]"),
        .keyword("desc", "sort by EXPR desc", "largest first", "[3, 1, 2] | sort by it desc", "[3, 2, 1]"),
        .keyword(
            "on", "ACTION on error continue", "goes on with the next item when one fails; else the action stops",
            "[\"aud_12\", \"aud_13\"] | disable on error continue"),
    ]
}
