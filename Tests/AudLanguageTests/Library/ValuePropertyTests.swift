import AudLanguage
import Testing

/// A small generator with a fixed seed, so that every run tests the same values (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Laws that hold for all values.
@Suite struct ValuePropertyTests {
    /// Numbers where int and float are hard to tell apart.
    static let ints: [Int64] = [
        0, 1, -1, 2, 9_007_199_254_740_992, 9_007_199_254_740_993, 9_007_199_254_740_991, -9_007_199_254_740_993,
        .max, .max - 1, .min, .min + 1, 9_007_199_254_740_995,
    ]
    static let floats: [Double] = [
        0, -0.0, 1, -1, 0.5, -0.5, 0x1p53, 9_007_199_254_740_994, -0x1p53, 0x1p63, -0x1p63, 0x1p64, 1e300, -1e300,
        .leastNonzeroMagnitude, 1.5, 9_223_372_036_854_774_784,
    ]
    static let numbers: [Value] = ints.map(Value.int) + floats.map(Value.float)

    @Test func numbersAreTotallyOrdered() throws {
        let numbers = Self.numbers
        for a in numbers {
            for b in numbers {
                let order = try Operators.compare(a, b)
                #expect(try order == -Operators.compare(b, a))
                #expect(Operators.equal(a, b) == (order == 0))
                if order == 0 { #expect(Operators.hash(a) == Operators.hash(b)) }
                for c in numbers where try order <= 0 && Operators.compare(b, c) <= 0 {
                    #expect(try Operators.compare(a, c) <= 0)
                }
            }
        }
    }

    static let texts = ["", "a", "A", "ab", "é", "e\u{301}", "\u{7F}", "\u{FFFD}", "😀", "\u{10FFFF}", "\0", "z", "ß"]

    @Test func stringsAreOrderedByScalar() {
        for a in Self.texts {
            for b in Self.texts {
                let x = a.unicodeScalars.map(\.value)
                let y = b.unicodeScalars.map(\.value)
                let expected = x == y ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
                #expect(a.compareScalars(b) == expected)
                #expect(a.isExactly(b) == (x == y))
                #expect((TextKey(a) == TextKey(b)) == (x == y))
            }
        }
    }

    static func value(_ depth: Int, _ generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .int(ints[Int.random(in: 0..<ints.count, using: &generator)])
        case 3: return .float(floats[Int.random(in: 0..<floats.count, using: &generator)])
        case 4: return .int(Int64.random(in: -3...3, using: &generator))
        case 5: return .string(texts[Int.random(in: 0..<texts.count, using: &generator)])
        case 6, 7:
            return .list(
                ListValue((0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth - 1, &generator) }))
        default:
            var builder = RecordBuilder()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                builder.set(texts[Int.random(in: 0..<texts.count, using: &generator)], value(depth - 1, &generator))
            }
            return .record(RecordValue(Shape(builder.names), builder.values))
        }
    }

    @Test func jsonComesBackAsItWas() throws {
        var generator = SeededGenerator(state: 1)
        for round in 0..<2000 {
            let value = Self.value(4, &generator)
            for indent in [0, 2] {
                let text = try JSONText.write(value, indent: indent)
                let back = try JSONParser.parse(text)
                #expect(Operators.equal(value, back), "round \(round): \(text)")
                #expect(try JSONText.write(back, indent: indent) == text)
            }
        }
    }

    @Test func equalValuesHaveEqualHashesAndFingerprints() throws {
        var generator = SeededGenerator(state: 2)
        let values = (0..<300).map { _ in Self.value(2, &generator) }
        for a in values {
            for b in values where Operators.equal(a, b) {
                #expect(Operators.equal(b, a))
                #expect(Operators.hash(a) == Operators.hash(b))
                #expect(try JSONText.fingerprint(a) == JSONText.fingerprint(b))
            }
        }
    }

    @Test func csvComesBackAsItWas() throws {
        var generator = SeededGenerator(state: 3)
        let cells = ["", "a", "a,b", "\"", "\"\"", "x\ny", "\r\n", "\r", " a ", "é😀", "'", "=1", "\u{FEFF}", "a\0b"]
        func cell() -> String { cells[Int.random(in: 0..<cells.count, using: &generator)] }
        for round in 0..<2000 {
            var header = RecordBuilder()
            for _ in 0...Int.random(in: 0...3, using: &generator) { header.set(cell(), .null) }
            let shape = Shape(header.names)
            let records = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                RecordValue(shape, header.names.map { _ in .string(cell()) })
            }
            let text = try CSVText.write(records)
            let back = try CSVText.parse(text)
            #expect(
                Operators.equal(.list(back), .list(ListValue(records.map(Value.record)))), "round \(round): \(text)")
        }
    }

    @Test func guardedCsvDisarmsFormulas() throws {
        let record = RecordValue([
            ("=a", .string("=1+1")), ("b", .string("-x")), ("c", .int(-5)), ("d", .string("plain")),
        ])
        #expect(try CSVText.write([record], guarded: true) == "'=a,b,c,d\n'=1+1,'-x,-5,plain")
    }

    /// Every day from 0001-01-01 to 9999-12-31, against a calendar that counts one day at a time.
    @Test func everyDayComesBackAsItWas() {
        var year = 1
        var month = 1
        var day = 1
        var weekday = 1
        var date = CivilTime.range.lowerBound
        var wrong = 0
        while date <= CivilTime.range.upperBound {
            let time = CivilTime(date)
            if time != CivilTime(year: year, month: month, day: day) || time.microseconds != date
                || CivilTime.weekday(date) != weekday
            {
                wrong += 1
            }
            day += 1
            weekday = weekday % 7 + 1
            if day > CivilTime.daysIn(month: month, of: year) {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
            date += CivilTime.day
        }
        #expect(wrong == 0)
        #expect(year == 10_000)
    }

    @Test func datesAndTheirTextsAreOne() {
        var generator = SeededGenerator(state: 4)
        for _ in 0..<20_000 {
            let date = Int64.random(in: CivilTime.range, using: &generator)
            guard case .success(date) = DateText.parse(DateText.iso(date)) else {
                return #expect(Bool(false), "\(DateText.iso(date))")
            }
        }
    }
}
