/// What people bring from other languages, and what it is called here: one row each. The lexer reads the operators as
/// tokens of their own; the words are looked at only when the parser already knows that something is wrong, so none of
/// them is reserved.
enum ForeignSyntax {
    /// Operators that aud does not have.
    static let operators: [String: String] = [
        "&&": "write `and`",
        "||": "write `or`, or `??` for a value in place of null; stages are joined by one `|`",
        "!": "write `not`",
        "===": "write `==`: values of different types are never equal",
        "!==": "write `!=`",
        "|>": "write `|`",
        "<>": "write `!=`",
        "=~": "write `~`, as in `.name ~ /test/i`",
        "++": "to add one write `x += 1`; lists and strings are joined by `+`",
        "->": "a lambda is written `x => …`",
        "**": "there is no power operator; `x * x` multiplies",
    ]

    /// Characters that start no token.
    static let characters: [String: String] = [
        "“": "strings stand in straight quotes: `\"…\"`",
        "”": "strings stand in straight quotes: `\"…\"`",
        "„": "strings stand in straight quotes: `\"…\"`",
        "‘": "raw strings stand in straight quotes: `'…'`",
        "’": "raw strings stand in straight quotes: `'…'`",
        "`": "strings stand in `\"…\"` or `'…'`; backquotes only mark code in messages",
        "$": "names stand without `$`",
        "&": "write `and`",
        "^": "there is no operator `^`",
        "\\": "a line that ends with an operator, a comma or an open bracket goes on by itself",
        "–": "this is a dash; minus is `-`",
        "—": "this is a dash; minus is `-`",
        "−": "this is a typographic minus; write `-`",
        "×": "write `*`",
        "÷": "write `/`",
        "≠": "write `!=`",
        "≤": "write `<=`",
        "≥": "write `>=`",
        "…": "write `...` to spread a list or record, `..` for a range",
        "→": "a lambda is written `x => …`",
        "｜": "this is a full-width bar; write `|`",
    ]

    /// Words that start a statement elsewhere.
    static let statements: [String: String] = [
        "const": "a name is bound by `let x = …`; one that changes, by `var x = …`",
        "def": "a function is written `fn name(a, b) { … }`",
        "function": "a function is written `fn name(a, b) { … }`",
        "func": "a function is written `fn name(a, b) { … }`",
        "fun": "a function is written `fn name(a, b) { … }`",
        "lambda": "a lambda is written `x => …`",
        "import": "a module is loaded by `use \"lib/x.aud\" as x`",
        "from": "a pipeline starts with its source: `list(\"…\") | where … | select .name`",
        "require": "a module is loaded by `use \"lib/x.aud\" as x`",
        "foreach": "a loop is written `for a in xs { … }`, a stage `| each a { … }`",
        "elif": "write `else if`",
        "elsif": "write `else if`",
        "elseif": "write `else if`",
        "throw": "an error is raised by `fail \"…\"`",
        "raise": "an error is raised by `fail \"…\"`",
        "switch": "there is no `switch`: write `if … { } else if … { }`, or look the value up in a record",
        "unless": "write `if not …`",
        "until": "write `while not …`",
        "do": "a loop is written `while … { … }` or `for x in xs { … }`",
        "echo": "write `print(…)`",
        "print": "`print` is a function: write `print(…)`",
        "set": "a name is bound by `let x = …`, a `var` is changed by `x = …`",
        "select": "a pipeline starts with its source: `list(\"…\") | where … | select .name, .key`",
        "SELECT": "a pipeline starts with its source: `list(\"…\") | where … | select .name, .key`",
        "update": "a pipeline starts with its source: `list(\"…\") | where … | disable`",
        "delete": "a pipeline starts with its source: `list(\"…\") | where … | remove`",
        "async": "calls wait for their result by themselves",
        "await": "calls wait for their result by themselves",
        "local": "a name is bound by `let x = …`; one that changes, by `var x = …`",
        "my": "a name is bound by `let x = …`; one that changes, by `var x = …`",
        "int": "a name is bound by `let x = …`, without a type",
        "float": "a name is bound by `let x = …`, without a type",
        "bool": "a name is bound by `let x = …`, without a type",
        "string": "a name is bound by `let x = …`, without a type",
        "exit": "a script ends at its last line; `fail \"why\"` ends it with an error",
        "loop": "a loop is written `while true { … }` or `for x in xs { … }`",
        "match": "there is no `match` with cases: write `if … { } else if … { }`, or look the value up in a record",
    ]

    /// Words that stand in front of a value elsewhere.
    static let prefixes: [String: String] = [
        "lambda": "a function without a name is `x => …`",
        "function": "a function without a name is `x => …`",
        "func": "a function without a name is `x => …`",
        "fun": "a function without a name is `x => …`",
        "def": "a function without a name is `x => …`",
        "typeof": "write `type(x)`",
        "await": "calls wait for their result by themselves",
        "new": "there are no classes; a record is `{name: 1}`",
        "f": "a string takes `{…}` without a letter in front of it: `\"a {x}\"`",
        "F": "a string takes `{…}` without a letter in front of it: `\"a {x}\"`",
        "r": "a raw string stands in single quotes: `'…'`",
        "b": "there are no bytes, only strings: `\"…\"`",
    ]

    /// Words that start a stage elsewhere.
    static let stages: [String: String] = [
        "filter": "write `where …`",
        "grep": "write `where .name ~ /…/`",
        "order": "write `sort by …`",
        "orderby": "write `sort by …`",
        "sort_by": "write `sort by …`",
        "groupby": "write `group by …`",
        "group_by": "write `group by …`",
        "distinct": "write `unique`, or `unique by …`",
        "uniq": "write `unique`, or `unique by …`",
        "limit": "write `take n`, or `at most n` to fail when there are more",
        "head": "write `take n`",
        "top": "write `sort by … desc | take n`",
        "tail": "write `last n`",
        "offset": "write `skip n`",
        "project": "write `select …`",
        "extend": "write `with name: …`",
        "having": "write `where …`",
        "summarize": "write `group by …`",
        "foreach": "write `each a { … }`",
        "forEach": "write `each a { … }`",
        "delete": "write `remove`",
        "orderBy": "write `sort by …`",
        "sortBy": "write `sort by …`",
        "groupBy": "write `group by …`",
        "desc": "write `sort by … desc`, or `reverse`",
        "reduce": "add up with `sum …`, or in a `for` loop",
        "join": "there is no join: keep what is in a list, `where .key in keys`",
        "mean": "write `avg`",
        "average": "write `avg`",
    ]

    /// What a word in the place of a stage is called here. SQL is often written in capitals.
    static func helpForStage(_ word: String) -> String? {
        if let help = stages[word] { return help }
        let small = word.lowercased()
        if small == word { return nil }
        return StageWord(rawValue: small) != nil ? "write `\(small)` in small letters" : stages[small]
    }

    /// Words that stand between operands elsewhere.
    static let infixes: [String: String] = [
        "is": "write `==`, as in `x == null`",
        "IS": "write `==`, as in `x == null`",
        "DESC": "write `desc` in small letters",
        "ASC": "write `asc` in small letters",
        "BETWEEN": "compare twice: `a <= x and x <= b`",
        "between": "compare twice: `a <= x and x <= b`",
        "AS": "a column is named in front of it: `select idle: now() - .updatedAt`",
        "AND": "write `and` in small letters",
        "OR": "write `or` in small letters",
        "NOT": "write `not` in small letters",
        "IN": "write `in` in small letters",
        "like": "write `~`, as in `.name ~ /test/i`",
        "LIKE": "write `~`, as in `.name ~ /test/i`",
        "contains": "write `~` for a string and `in` for a list",
        "matches": "write `~`, as in `.name ~ /test/i`",
        "ilike": "write `~`, as in `.name ~ /test/i`",
        "ILIKE": "write `~`, as in `.name ~ /test/i`",
        "startsWith": "it is a function: `startsWith(.name, \"test\")`",
        "startswith": "it is a function: `startsWith(.name, \"test\")`",
        "endsWith": "it is a function: `endsWith(.name, \"test\")`",
        "endswith": "it is a function: `endsWith(.name, \"test\")`",
        "eq": "write `==`",
        "equals": "write `==`",
        "ne": "write `!=`",
        "lt": "write `<`",
        "gt": "write `>`",
        "div": "write `//`",
        "mod": "write `%`",
        "of": "write `in`, as in `for a in xs { … }`",
        "elif": "write `else if`",
        "elsif": "write `else if`",
        "elseif": "write `else if`",
        "by": "write `… | group by .status | select .key, .count` to count by a field",
        "except": "write `try { … } catch e { … }`",
        "finally": "there is no `finally`",
        "order": "stages are joined by `|`: `… | sort by …`",
        "limit": "stages are joined by `|`: `… | take n`",
        "where": "stages are joined by `|`: `… | where …`",
        "WHERE": "stages are joined by `|`: `… | where …`",
        "ORDER": "stages are joined by `|`: `… | sort by …`",
        "LIMIT": "stages are joined by `|`: `… | take n`",
        "group": "stages are joined by `|`: `… | group by …`",
        "GROUP": "stages are joined by `|`: `… | group by …`",
        "sort": "stages are joined by `|`: `… | sort by …`",
    ]

    /// Words behind a number elsewhere.
    static let units: Set<String> = [
        "d", "day", "days", "h", "hour", "hours", "min", "minute", "minutes", "s", "second", "seconds", "w", "week",
        "weeks",
        "ms", "month", "months", "year", "years",
    ]

    /// Names that mean something elsewhere and nothing here.
    static let names: [String: String] = [
        "nil": "the value for nothing is `null`", "None": "the value for nothing is `null`",
        "undefined": "the value for nothing is `null`", "NULL": "write `null`", "Null": "write `null`",
        "True": "write `true`", "False": "write `false`", "TRUE": "write `true`", "FALSE": "write `false`",
        "echo": "write `print(…)`", "println": "write `print(…)`", "puts": "write `print(…)`",
        "printf": "write `print(…)`; a string takes values: `\"{x} items\"`", "console": "write `print(…)`",
        "length": "write `len(x)`", "size": "write `len(x)`", "delete": "audiences are deleted with `remove`",
        "elif": "write `else if`", "def": "functions start with `fn`", "function": "functions start with `fn`",
        "const": "write `let`", "typeof": "write `type(x)`", "pass": "an empty block is `{ }`",
        "exit": "a script ends at its last line; `fail \"why\"` ends it with an error",
        "parseInt": "write `int(x)`", "sorted": "sorting is a stage: `xs | sort by it`",
        "reversed": "turning round is a stage: `xs | reverse`",
        "substring": "write `slice(x, 0, 3)`", "substr": "write `slice(x, 0, 3)`", "strlen": "write `len(x)`",
        "coalesce": "write `x ?? y`", "ifnull": "write `x ?? y`", "isnull": "write `x == null`",
        "exists": "write `x != null`", "to_date": "write `date(x)`", "datediff": "write `(a - b) / 1d`",
        "days": "write `x / 1d` for a number of days; `30d` is a duration",
        "reduce": "add up with `xs | sum …`, or in a `for` loop",
        "sleep": "`wait` waits until an audience is as it should be",
        "set": "write `xs | unique`", "assert": "write `expect(…)`",
        "isinstance": "write `type(x) == \"string\"`",
    ]

    /// What follows a `.` elsewhere: here functions take the value as an argument, and stages follow a `|`.
    static let members: [String: String] = [
        "length": "write `len(x)`", "size": "write `len(x)`", "count": "write `len(x)`, or `xs | count`",
        "push": "values do not change: build another list, `[...xs, x]`",
        "append": "values do not change: build another list, `[...xs, x]`",
        "add": "values do not change: build another list, `[...xs, x]`",
        "pop": "values do not change: the last item is `xs[-1]`, the others are `slice(xs, 0, -1)`",
        "filter": "filtering is a stage: `xs | where …`", "where": "`where` is a stage: `xs | where …`",
        "map": "`map` is a stage: `xs | map …`", "select": "`select` is a stage: `xs | select .name`",
        "forEach": "write `xs | each x { … }`, or `for x in xs { … }`",
        "each": "`each` is a stage: `xs | each x { … }`", "reduce": "add up with `xs | sum …`, or in a `for` loop",
        "sort": "sorting is a stage: `xs | sort by …`", "sortBy": "sorting is a stage: `xs | sort by …`",
        "groupBy": "grouping is a stage: `xs | group by …`", "reverse": "`reverse` is a stage: `xs | reverse`",
        "first": "`first` is a stage: `xs | first`", "last": "`last` is a stage: `xs | last`",
        "take": "`take` is a stage: `xs | take n`", "some": "write `any(xs, x => …)`",
        "every": "write `all(xs, x => …)`", "includes": "write `x in xs`", "toUpperCase": "write `upper(x)`",
        "toLowerCase": "write `lower(x)`", "toString": "write `str(x)`", "strip": "write `trim(x)`",
        "startswith": "write `startsWith(x, \"…\")`", "endswith": "write `endsWith(x, \"…\")`",
        "substring": "write `slice(x, 0, 3)`", "substr": "write `slice(x, 0, 3)`",
        "items": "write `entries(r)`", "get": "a field that may be missing is `r[\"name\"]`",
    ]
}
