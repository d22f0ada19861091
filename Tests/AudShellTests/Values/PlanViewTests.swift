import AudLanguage
import AudShell
import SegmentAudiences
import Testing

@testable import AudRuntime

@Suite("Plans and reports")
struct PlanViewTests {
    private func plan(_ count: Int, removing: Int = 0) -> Plan {
        var plan = Plan()
        plan.calls = (1...max(1, count)).prefix(count).map { number in
            let isRemoval = number > count - removing
            let audience = RecordValue(
                [
                    ("id", .string("aud_\(number)")), ("name", .string("Promo \(number) \u{1B}[31m")),
                    ("key", .string("promo_\(number)")),
                ],
                kind: .audience)
            return PlannedCall(
                number: number, verb: isRemoval ? .remove : .disable, space: Space(id: "9aQ1", alias: "prod"),
                id: "aud_\(number)", audience: audience, before: .record(RecordValue([("enabled", .bool(true))])),
                after: isRemoval ? .null : .record(RecordValue([("enabled", .bool(false))])), source: "stale.aud:11",
                span: Span(file: 0, start: 0, end: 0), policy: .stop)
        }
        return plan
    }

    private func bill(_ plan: Plan) async throws -> Bill {
        try await plan.bill(ledger: InProcessLedger(limits: .seed, time: StandingTime()), now: StandingTime().wallNow())
    }

    private func lines(_ view: PlanView, width: Int?, rows: Int? = nil) -> String {
        var text = ""
        view.write(width: width, rows: rows, command: "aud run stale.aud --apply", theme: .plain) { text += $0 + "\n" }
        return text
    }

    @Test("a large plan shows its first and last calls, the bill, and what sends it", arguments: [40, 80, 200])
    func large(width: Int) async throws {
        let plan = plan(137, removing: 2)
        let view = try await PlanView(plan, bill: bill(plan), caps: Caps(maxChanges: 200))
        let text = lines(view, width: width, rows: 9)
        try Golden.expect(text, "plan-\(width)")
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= max(width, 72) })
    }

    @Test("where a table has no room for it, each call still has its name and its change", arguments: [12, 20, 30, 40])
    func narrow(width: Int) throws {
        var plan = plan(3, removing: 1)
        plan.calls[0].space = Space(id: "9aQ2", alias: "staging")
        var text = ""
        PlanView(plan, bill: nil, caps: Caps()).write(width: width, command: nil, theme: .plain) { text += $0 + "\n" }
        if width == 20 { try Golden.expect(text, "plan-20") }
        let calls = text.split(separator: "\n").prefix { !$0.hasPrefix("3 calls") }
        #expect(calls.allSatisfy { DisplayWidth.of($0) <= width })
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for number in 1...3 { #expect(words.contains("Promo \(number)")) }
        #expect(words.contains("enabled: true → false in prod") && words.contains("removed in prod"))
        #expect(words.contains("not shown at this width: why, key"))
    }

    @Test("the bill names what other runs have to send as well")
    func others() async throws {
        let plan = plan(12)
        let bill = try await plan.bill(
            ledger: InProcessLedger(limits: .seed, time: StandingTime()), now: StandingTime().wallNow(),
            others: [.update: 9, .remove: 3])
        #expect(
            PlanView(plan, bill: bill, caps: Caps()).billLines.dropFirst().prefix(2).map { String($0.prefix(50)) } == [
                "  update: 12 calls, limit 10/60s, about 2 min, wou",
                "  update: other runs have 9 calls to send as well;",
            ])
    }

    @Test("a pipe gets every call")
    func whole() async throws {
        let plan = plan(137)
        let text = try await lines(PlanView(plan, bill: bill(plan), caps: Caps(maxChanges: 200)), width: nil, rows: nil)
        #expect(text.split(separator: "\n").count { $0.contains("promo_") } == 137)
    }

    @Test("what stands in the way is said, and no command is offered")
    func obstacles() {
        var plan = plan(3)
        plan.isComplete = false
        plan.incomplete = ["the listing of prod gave 4 of 5 audiences"]
        plan.questions = ["really?"]
        let text = lines(PlanView(plan, bill: nil, caps: Caps(maxChanges: 2)), width: 80)
        #expect(text.contains("! the script failed, so this plan is not whole\n"))
        #expect(text.contains("! it rests on an incomplete read: the listing of prod gave 4 of 5 audiences\n"))
        #expect(text.contains("! would change 3, the cap is 2"))
        #expect(text.contains("answered yes without asking: really?\n"))
        #expect(text.hasSuffix("Nothing was sent. This plan cannot be sent as it is.\n"))
        let allowed = PlanView(plan, bill: nil, caps: Caps(), allowIncomplete: true)
        #expect(allowed.obstacles == ["the script failed, so this plan is not whole"])
    }

    @Test("the data form has the same")
    func data() async throws {
        let plan = plan(1)
        let view = try await PlanView(plan, bill: bill(plan), caps: Caps())
        let text = try Samples.text(view.value, ValueView(format: .json, width: 80))
        try Golden.expect(text, "plan-json")
    }

    @Test(
        "time as a person says it",
        arguments: [
            (Duration.zero, "at once"), (.milliseconds(900), "at once"), (.seconds(57), "about 57 s"),
            (.milliseconds(57_100), "about 58 s"), (.seconds(780), "about 13 min"), (.seconds(7500), "about 2 h 5 min"),
            (.seconds(90_000), "about 25 h"), (.seconds(3 * 86_400 + 1), "about 3 d 1 h"),
        ])
    func about(duration: Duration, words: String) {
        #expect(HumanTime.about(duration) == words)
    }

    @Test("the partition of a report adds up, and troubles are listed")
    func report() throws {
        var report = RunReport()
        func outcome(
            _ status: AudLanguage.Outcome.Status, _ number: Int, _ error: RuntimeError? = nil
        ) -> AudLanguage.Outcome {
            AudLanguage.Outcome(
                item: Samples.audience(id: "aud_\(number)", name: "Promo \(number)", key: "k\(number)"), verb: .disable,
                status: status, error: error)
        }
        let failure = RuntimeError(.apiValidation, .server, "the audience is locked\u{1B}[2J")
        report.outcomes =
            (1...28).map { outcome(.done, $0) }
            + [outcome(.skipped, 29), outcome(.failed, 30, failure), outcome(.unknown, 31, failure)]
            + (32...35).map { outcome(.notAttempted, $0) }
        report.incomplete = ["the listing of prod gave 4 of 5 audiences"]
        var text = ""
        RunReportView(report).write(width: 80) { text += $0 + "\n" }
        try Golden.expect(text, "report-80")
    }

    @Test("what a report leaves out is shown by a command that finds the state file")
    func elidedReport() {
        var report = RunReport()
        report.run = 3
        report.outcomes = (1...9).map { number in
            AudLanguage.Outcome(
                item: Samples.audience(id: "a\(number)", name: "Promo \(number)", key: "k\(number)"), verb: .disable,
                status: .unknown, error: nil)
        }
        var text = ""
        RunReportView(report, stateOption: " --state x").write(width: 80, rows: 4) { text += $0 + "\n" }
        #expect(text.contains("`aud runs show 3 --state x` has all\n"))
    }

    @Test("a run that asked for nothing says nothing")
    func silent() {
        var text = ""
        RunReportView(RunReport()).write(width: 80) { text += $0 }
        #expect(text == "")
    }

    @Test("the question grows with what the plan does")
    func questions() throws {
        #expect(ConfirmationQuestion(Plan()) == nil)
        let few = try #require(ConfirmationQuestion(plan(9)))
        #expect(few.text == "Send 9 calls to prod? [y/N] ")
        #expect(few.accepts(" Y\n") && few.accepts("yes") && !few.accepts("") && !few.accepts("9"))
        let many = try #require(ConfirmationQuestion(plan(31)))
        #expect(many.text == "This sends 31 calls to prod. Type 31 to go on: ")
        #expect(many.accepts("31") && !many.accepts("y") && !many.accepts("3"))
        let removal = try #require(ConfirmationQuestion(plan(31, removing: 1)))
        #expect(removal.text == "This removes 1 audience for good, 31 calls in all. Type prod to go on: ")
        #expect(removal.accepts("prod") && !removal.accepts("31") && !removal.accepts("PROD"))
    }
}
