// The JSON reader and writer.

import SegmentAudiences
import Testing

struct JSONTests {
    @Test(
        "Values",
        arguments: [
            ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .int(0)),
            ("-7", .int(-7)),
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.0", .double(1)), ("1e3", .double(1000)), ("-2.5E-1", .double(-0.25)), ("[]", .array([])),
            ("{}", .object([:])),
            (#""""#, .string("")), (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{C}\n\r\tz")),
            (#""\u00e9\ud83d\ude00""#, .string("é😀")), (#""\ud800x""#, .string("\u{FFFD}x")),
            (#""\ud800\u0041""#, .string("\u{FFFD}A")), (#"{"a":1,"a":2}"#, .object(["a": .int(2)])),
            ("[1,[2,{\"x\":[]}]]", .array([.int(1), .array([.int(2), .object(["x": .array([])])])])),
            ("\u{FEFF}1", .int(1)),
        ])
    func values(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(
        "What is not JSON",
        arguments: [
            "x", "{a:1}", "[1,]", "{\"a\" 1}", "01", "+1", ".5", "1.x", "\"\u{1}\"", #""\x""#, #""\u12g4""#, "1 2",
            "<html>",
            "nul!", "'a'",
        ])
    func errors(_ text: String) throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.endsEarly == false)
    }

    @Test("Every true prefix of an object or array is known to be cut off")
    func prefixes() {
        let text = Array(#"{"a":[1,-2.5e+3,"x\u00e9\n",true,null],"b":{"c":false}}"#.utf8)
        for length in 0..<text.count {
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<length])) }
            #expect(error?.endsEarly == true, "\(length) bytes")
        }
    }

    @Test("Deep nesting is refused, not run into")
    func depth() throws {
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(throws: Never.self) { try JSONValue(parsing: deep) }
    }

    @Test("Ill-formed UTF-8 costs the character, not the page")
    func encoding() throws {
        #expect(try JSONValue(parsing: [0x22, 0x61, 0xFF, 0x22]) == .string("a\u{FFFD}"))
    }

    @Test("Any bytes are answered, by a value that is written and read back the same or by an error")
    func randomBytes() throws {
        var random = SplitMix(3)
        let alphabet = Array(#"{}[]",:0123456789.eE+-truefalsn\u "#.utf8) + [0x00, 0x80, 0xC3, 0xFF]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            #expect(try JSONValue(parsing: value.text) == value)
        }
    }

    @Test("Writing is canonical and shows no control, separator or bidi character in the raw")
    func writing() {
        let value = JSONValue.object([
            "b": .array([.int(1), .double(0.5), .null]), "a": .string("é\u{1}\u{2028}\u{202E}\""),
        ])
        #expect(value.text == #"{"a":"é\u0001\u2028\u202e\"","b":[1,0.5,null]}"#)
    }
}
