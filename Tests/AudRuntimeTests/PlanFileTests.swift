// A plan as a file: what is written is read back, and nothing else is accepted, whatever names an audience has and
// whatever happens to the file.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

@Suite("Plan files")
struct PlanFileTests {
    private static let origin = PlanOrigin(
        scripts: [.init(name: "stale.aud", sha256: String(repeating: "ab", count: 32))],
        parameters: [.init(name: "days", text: "90")], host: "https://api.segmentapis.com",
        time: 1_763_912_400_000_000)

    @Test("a plan is one call a line, behind a header of comments")
    func layout() {
        let audience = RecordValue(
            [
                ("id", .string("aud_1")), ("name", .string("Spring promo")), ("key", .string("spring_promo")),
                ("enabled", .bool(true)), ("updatedAt", .date(1_735_787_045_678_000)),
            ], kind: .audience)
        var plan = Plan()
        for (number, verb) in [(1, Verb.disable), (2, .remove)] {
            plan.calls.append(
                PlannedCall(
                    number: number, verb: verb, space: Space(id: "9aQ1", alias: "prod"), id: "aud_1",
                    audience: audience, before: ChangeSubject.state(.bool(number == 1)),
                    after: ChangeSubject.state(after: verb), source: "stale.aud:11",
                    span: Span(file: 0, start: 0, end: 0), policy: number == 1 ? .continue : .stop))
        }
        let text = PlanFile(plan, origin: Self.origin, duration: .milliseconds(179_500)).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0] == "# aud plan 1 · 2 calls: 1 disable, 1 remove · about 3min")
        #expect(lines[3] == "# script \"stale.aud\" sha256:\(String(repeating: "ab", count: 32))")
        #expect(
            lines[4...8] == [
                "# param \"days\" \"90\"", "# host \"https://api.segmentapis.com\"", "# space \"9aQ1\" \"prod\"",
                "# time @2025-11-23T15:40:00Z", "# calls 2",
            ])
        #expect(
            lines[10].hasPrefix(
                #"disable("aud_1", space: "9aQ1", expect: {key: "spring_promo", enabled: true, state: ""#))
        #expect(lines[10].contains("updatedAt: @2025-01-02T03:04:05.678Z}) on error continue  #1:"))
        #expect(lines[10].hasSuffix(" Spring promo · stale.aud:11"))
        #expect(lines[11].hasPrefix("remove(") && lines[11].contains("enabled: false"))
        #expect(lines.count == 13 && lines[12].isEmpty)
    }

    @Test("what is written is read back, whatever the names are", arguments: 1...60)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let plan = Self.hostilePlan(&random)
        let file = PlanFile(plan, origin: Self.hostileOrigin(&random))
        let again = try PlanFile(reading: Array(file.text.utf8))
        #expect(again.origin == file.origin)
        #expect(again.plan.id == file.plan.id)
        #expect(again.total == plan.count && again.plan.deleted.isEmpty)
        #expect(again.plan.questions.exactly(plan.questions))
        #expect(again.plan.incomplete.exactly(plan.incomplete))
        #expect(again.plan.simulated.exactly(plan.simulated))
        #expect(again.plan.calls.map(Facts.init) == plan.calls.map(Facts.init))
        // One line for each call, and no character in it that could be anything but text.
        let lines = file.text.split { $0.isNewline }
        #expect(lines.count { !$0.hasPrefix("#") } == plan.count)
        #expect(!file.text.unicodeScalars.contains { TerminalText.isUnsafe($0) && $0 != "\n" })
    }

    @Test("any one byte that is changed, dropped or added is found", arguments: 1...6)
    func altered(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = Array(PlanFile(Self.hostilePlan(&random, names: 20), origin: Self.origin).text.utf8)
        let lineEnds = Set(bytes.indices.filter { bytes[$0] == 0x0A })
        for _ in 0..<300 {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            var changed = bytes
            switch Int.random(in: 0..<3, using: &random) {
            case 0: changed[place] = changed[place] ^ UInt8.random(in: 1...255, using: &random)
            case 1: changed.remove(at: place)
            default: changed.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
            }
            // The last line end may go.
            if lineEnds.contains(place), changed.count < bytes.count, place == bytes.count - 1 { continue }
            #expect(throws: PlanFileError.self, "byte \(place)") { try PlanFile(reading: changed) }
        }
    }

    @Test("lines may be deleted, and it is known which")
    func deleted() throws {
        var random = SeededRandom(seed: 7)
        let plan = Self.hostilePlan(&random, calls: 9)
        var lines = PlanFile(plan, origin: Self.origin).text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex { !$0.hasPrefix("#") })
        lines.remove(at: first + 6)
        lines.remove(at: first + 2)
        let file = try PlanFile(reading: Array(lines.joined(separator: "\n").utf8))
        #expect(file.plan.deleted == [3, 7])
        #expect(file.plan.calls.map(\.number) == [1, 2, 4, 5, 6, 8, 9])
        let windows = try PlanFile(reading: Array(lines.joined(separator: "\r\n").utf8))
        #expect(windows.plan.calls.map(\.number) == file.plan.calls.map(\.number))
        let none = try PlanFile(reading: Array((lines[..<first].joined(separator: "\n") + "\n").utf8))
        #expect(none.plan.isEmpty && none.plan.deleted == Array(1...9))
    }

    @Test(
        "anything else is refused, and the line is named",
        arguments: [
            ("moved", "call #1 stands behind #2, where it was not"), ("repeated", "call #2 is there twice"),
            ("renamed", "the line is not as it was written"), ("commented", "the line is not as it was written"),
            ("renumbered", "the line is not as it was written"),
            ("added", "the line is not as it was written"), ("borrowed", "the line is not as it was written"),
        ])
    func refused(_ what: String, _ message: String) throws {
        var random = SeededRandom(seed: 3)
        let plan = Self.hostilePlan(&random, calls: 4, names: 10)
        var lines = PlanFile(plan, origin: Self.origin).text.split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex { !$0.hasPrefix("#") })
        var bad = first + 1
        switch what {
        case "moved": lines.swapAt(first, first + 1)
        case "repeated":
            lines.insert(lines[first + 1], at: first + 2)
            bad += 1
        case "renamed": lines[bad] += "!"
        case "renumbered": lines[bad] = lines[bad].replacing("  #2:", with: "  #02:")
        case "commented": lines[bad] = "# " + lines[bad]
        case "added": lines.insert(#"disable("aud_9", space: "s1", expect: {})  #2:00000000 x · y"#, at: bad)
        default:
            // A line of another plan.
            var other = PlanOrigin(host: Self.origin.host, time: 1)
            other.parameters = []
            let text = PlanFile(plan, origin: other).text
            lines[bad] = String(try #require(text.split(separator: "\n").last { $0.contains("#2:") }))
        }
        let error = #expect(throws: PlanFileError.self) {
            try PlanFile(reading: Array(lines.joined(separator: "\n").utf8))
        }
        #expect(error?.message == message)
        #expect(error?.line == bad + 1)
    }

    @Test(
        "what is no plan, or a plan of another time, is refused in words",
        arguments: [
            ("list() | disable", "it is no plan"), ("", "it is no plan"),
            ("# aud plan 2 · 3 calls: 3 disable\n# new 1\n", "the plan has the format 2, and this aud reads format 1"),
            ("# aud plan x\n", "the version of the plan cannot be read"),
            ("# aud plan 1 · 1 call: 1 disable\n", "the header of the plan has no end"),
        ])
    func otherFiles(_ text: String, _ message: String) {
        let error = #expect(throws: PlanFileError.self) { try PlanFile(reading: Array(text.utf8)) }
        #expect(error?.message == message)
    }

    @Test("a plan is sent within a day of its making, or as long as is said")
    func age() {
        let file = PlanFile(Plan(), origin: Self.origin)
        let made = Self.origin.time
        let hour: Int64 = 3_600_000_000
        #expect(file.refusal(now: made + 24 * hour) == nil)
        #expect(file.refusal(now: made + 24 * hour + 1)?.message.contains("too old") == true)
        #expect(file.refusal(now: made + 2 * hour, maxAge: .seconds(3600)) != nil)
        #expect(file.refusal(now: made + 50 * hour, maxAge: .seconds(100 * 3600)) == nil)
        #expect(file.refusal(now: made - hour / 12) == nil)
        #expect(file.refusal(now: made - hour)?.message.contains("in the future") == true)
    }

    @Test("the id is of the plan and its time")
    func identity() {
        let plan = Plan.sample(updates: 2)
        var later = Self.origin
        later.time += 1
        let first = PlanFile(plan, origin: Self.origin)
        #expect(first.plan.id == PlanFile(plan, origin: Self.origin).plan.id)
        #expect(first.plan.id != PlanFile(plan, origin: later).plan.id)
        #expect(first.plan.id != PlanFile(Plan.sample(updates: 3), origin: Self.origin).plan.id)
    }

    // MARK: Hostile plans

    private static let pieces = [
        "\n", "\r", "\r\n", "\"", "'", "\\", "{", "}", "#", "# aud plan 1", " · ", "·", "  #1:00000000 ", "\u{202E}",
        "\u{2066}", "\u{2028}", "\u{2029}", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}", "\u{FEFF}", "\u{FFFD}",
        "\u{FFFF}", "\u{10FFFF}", "e\u{301}", "é", "👩‍👧", "a", " ", "-", "\t", "\\n", "\\u{41}", "{now()}", ");",
        "remove(",
        "disable(\"aud_2\", space: \"s\", expect: {})  #1:1 x · y",
    ]

    private static func hostileText(_ random: inout SeededRandom, _ pieces: Int = 12) -> String {
        let count = Int.random(in: 0...pieces, using: &random)
        let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
        return Int.random(in: 0..<40, using: &random) == 0
            ? String(repeating: text + "x", count: 10_000 / (text.utf8.count + 1)) : text
    }

    private static func hostileOrigin(_ random: inout SeededRandom) -> PlanOrigin {
        var origin = origin
        origin.scripts.append(.init(name: hostileText(&random), sha256: "00"))
        origin.parameters.append(.init(name: "x", text: hostileText(&random)))
        return origin
    }

    private static func hostilePlan(_ random: inout SeededRandom, calls: Int = 12, names: Int = 12) -> Plan {
        var plan = Plan()
        for number in 1...calls {
            let verb = [Verb.enable, .disable, .remove].randomElement(using: &random) ?? .disable
            func maybe(_ value: @autoclosure () -> Value) -> Value {
                Int.random(in: 0..<5, using: &random) == 0 ? .null : value()
            }
            let name = maybe(.string(hostileText(&random, names)))
            let key = maybe(.string(hostileText(&random)))
            let enabled = maybe(.bool(Bool.random(using: &random)))
            let audience = RecordValue(
                [
                    ("id", .string("aud_\(number)")), ("name", name), ("key", key), ("enabled", enabled),
                    ("description", .string(hostileText(&random))),
                    ("updatedAt", maybe(.date(Int64.random(in: 0...2_000_000_000_000_000, using: &random)))),
                ], kind: .audience)
            plan.calls.append(
                PlannedCall(
                    number: number, verb: verb,
                    space: Space(id: "s\(number % 2)", alias: number % 2 == 0 ? "prod" : nil),
                    id: "aud_" + hostileText(&random) + "\(number)", audience: audience,
                    before: ChangeSubject.state(enabled), after: ChangeSubject.state(after: verb),
                    source: hostileText(&random) + ":\(number)", span: Span(file: 0, start: 0, end: 0),
                    policy: Bool.random(using: &random) ? .stop : .continue))
        }
        plan.questions = [hostileText(&random)]
        plan.incomplete = [hostileText(&random)]
        plan.simulated = [hostileText(&random), hostileText(&random)]
        return plan
    }
}

/// What a plan's file keeps of a call, as bytes: strings that only look alike are different.
private struct Facts: Equatable {
    var texts: [[UInt8]?]
    var number: Int
    var verb: Verb
    var policy: ErrorPolicy
    var enabled: Bool?
    var updatedAt: Int64?
    var before: String
    var after: String

    init(_ call: PlannedCall) {
        let expectation = call.expectation
        let texts = [
            call.space.id, call.space.alias, call.id, call.name, call.key, call.source, expectation?.name,
            expectation?.key, expectation?.state,
        ]
        self.texts = texts.map { $0.map { Array($0.utf8) } }
        number = call.number
        verb = call.verb
        policy = call.policy
        enabled = expectation?.enabled
        updatedAt = expectation?.updatedAt
        before = call.change
        after = Printer.summary(call.after)
    }
}

extension [String] {
    fileprivate func exactly(_ other: [String]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
