import AudSandbox
import SegmentAudiences
import Testing

@testable import AudCommands

/// The small languages of option values.
@Suite struct OptionTextTests {
    @Test(arguments: [
        ("60s", Duration.seconds(60)), ("80ms", .milliseconds(80)), ("1min", .seconds(60)), ("1h30min", .seconds(5400)),
        ("2d", .seconds(172_800)), ("0s", .zero),
    ])
    func aDuration(text: String, expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: ["", "60", "s", "-1s", "1.5h", "1m", "60 s", "99999999999999999999s", "4000d", "١s"])
    func noDuration(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test func theNamedLimits() throws {
        #expect(try LimitsText("seed").over(.unlimited) == .seed)
        #expect(try LimitsText("current").over(.seed) == .current)
        #expect(try LimitsText("off").over(.seed) == .unlimited)
    }

    @Test func singleLimitsReplaceThoseOfTheProfile() throws {
        let limits = try LimitsText("update=50/60s,remove=1/500ms").over(.seed)
        #expect(limits[.update]?.count == 50)
        #expect(limits[.update]?.window == .seconds(60))
        #expect(limits[.remove] == Limit(count: 1, window: .milliseconds(500), provenance: .profile))
        #expect(limits[.list] == LimitSet.seed[.list])
    }

    @Test(arguments: ["", "fast", "update", "update=", "update=10", "update=0/60s", "updates=10/60s", "update=10/60s,"])
    func noLimits(text: String) {
        #expect(throws: CommandError.self) { try LimitsText(text) }
    }

    @Test func aFaultWithAllItsParts() throws {
        let fault = try FaultText.parse("status:status=503,on=update+remove,every=3,times=2,skip=1,applying=true")
        #expect(fault.operations == [.update, .remove])
        #expect(fault.every == 3)
        #expect(fault.times == 2)
        #expect(fault.skip == 1)
        guard case .answer(let answer, applying: true) = fault.effect else {
            Issue.record("not an answer: \(fault.effect)")
            return
        }
        #expect(answer.status == 503)
    }

    @Test func aMisspeltFaultNamesTheNearestOne() {
        let error = #expect(throws: CommandError.self) { try FaultText.parse("drop-aftr") }
        #expect(error?.help == "did you mean drop-after?")
    }

    @Test(arguments: ["drop-after:on=updates", "drop-after:every=x", "delay:delay=5", "cut:kep=3", "status:"])
    func noFault(text: String) {
        #expect(throws: CommandError.self) { try FaultText.parse(text) }
    }
}
