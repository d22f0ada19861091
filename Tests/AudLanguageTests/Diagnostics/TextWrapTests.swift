// Lines that are broken between words: for a terminal none is too wide, in a message no word is broken.

import Testing

@testable import AudLanguage

struct TextWrapTests {
    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("one two", 3, ["one", "two"]), ("", 3, [""]),
        ("fits", 9, ["fits"]), ("ab   cd", 3, ["ab", "cd"]), ("東京 都", 4, ["東京", "都"]),
        // Code stays in one piece.
        ("say `a b` now", 9, ["say `a b`", "now"]), ("say it `a b`", 9, ["say it", "`a b`"]),
    ])
    func `broken at the last blank that fits`(text: String, width: Int, lines: [String]) {
        #expect(TextWrap.lines(text, fitting: width) == lines)
        #expect(TextWrap.lines(text, first: width, others: width) == lines)
    }

    @Test(arguments: [
        ("internationally", 6, ["intern", "ationa", "lly"], ["internationally"]),
        (
            "an internationally known", 6, ["an", "intern", "ationa", "lly", "known"],
            ["an", "internationally", "known"]
        ),
        ("`one two` x", 4, ["`one", "two`", "x"], ["`one two`", "x"]), ("ab", 0, ["a", "b"], ["ab"]),
    ])
    func `what has no such blank is broken where no line may be wider`(
        text: String, width: Int, fitting: [String], whole: [String]
    ) {
        #expect(TextWrap.lines(text, fitting: width) == fitting)
        #expect(TextWrap.lines(text, first: width, others: width) == whole)
    }

    @Test func `the first line may have another width`() {
        #expect(TextWrap.lines("one two three four", first: 3, others: 9) == ["one", "two three", "four"])
    }
}
