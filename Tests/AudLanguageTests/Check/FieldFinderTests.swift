import Testing

@testable import AudLanguage

/// The fields that may stand behind a dot, by what the checker knows and what a session holds. A text ends where the field
/// would be typed.
@Suite struct FieldFinderTests {
    private func finder(_ lines: [String]) -> FieldFinder {
        var prompt = ScriptRunner()
        for line in lines { prompt.run(line, as: .prompt) }
        return prompt.interpreter.fieldFinder
    }

    @Test(arguments: [
        ("let r = {alpha: 1, beta: {gamma: 2}}; r.", "", "alpha beta"),
        ("let r = {alpha: 1, beta: {gamma: 2}}; r.beta.", "", "gamma"),
        ("let r = {alpha: 1}; \"x {[r?.", "]}\"", "alpha"),
        ("let r = {alpha: 1}\nif r.", "", "alpha"),
        ("let r = {alpha: 1}\nif true {\n  for x in r.", "}", "alpha"),
        ("[{zed: 1}] | where .", "", "zed"),
        ("[1] | map {zed: it} | where .", "", "zed"),
        ("list() | group by .status | sort by .", "", "key count items"),
        ("list() | select .name, n: 1 | map .", "", "name n"),
        ("fn f(a: outcome) {\n  let b = a\n  b.", "}", "item action status before after error"),
        ("try 1 / 0 else 2; list() | each a { print(a.definition.", ")}", "query type"),
        ("\"text\".", "", ""), ("nothing.", "", nil), ("x +* .", "", nil),
    ])
    func aText(text: String, closing: String, fields: String?) {
        let found = finder([]).fields(behind: text, closing: closing)
        #expect(found?.names.joined(separator: " ") == fields)
    }

    @Test(arguments: [
        ("r.", "alpha beta"), ("rs | map .", "alpha beta"), ("| where .", "alpha beta"), ("_.", ""),
        ("v.", "delta"), ("sure.", "alpha beta"), ("sure.beta.", "gamma"), ("deep | where .", "x y"),
    ])
    func aSession(text: String, fields: String?) {
        // What comes out of text has no type before it is there.
        let finder = finder([
            "fn same(x) = x", "let r = same({alpha: 1, beta: {gamma: 2}})", "var v = 1", "v = {delta: 1}",
            "let sure = {alpha: 1, beta: same({gamma: 2})}", "let deep = [same({x: 1}), {y: 2}]", "let rs = same([r])",
        ])
        #expect(finder.fields(behind: text, closing: "")?.names.joined(separator: " ") == fields)
    }
}
