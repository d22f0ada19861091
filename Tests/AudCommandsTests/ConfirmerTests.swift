import AudLanguage
import SegmentAudiences
import Synchronization
import Testing

@testable import AudCommands
@testable import AudRuntime

/// Who is asked what before a plan goes out, and what is refused without asking.
@Suite struct ConfirmerTests {
    /// A removal that breaks two audiences.
    private static let breaking: Plan = {
        var plan = Plan()
        plan.calls = [
            PlannedCall(
                number: 1, verb: .remove, space: Space(id: "s1", alias: "prod"), id: "a1", audience: nil, before: .null,
                after: .null, source: "x.aud:1", span: Span(file: 0, start: 0, end: 0), policy: .stop)
        ]
        var consequences = Consequences()
        consequences.references = ["b1", "b2"].map {
            .init(id: $0, name: nil, key: nil, space: Space(id: "s1"), calls: [1], breaks: true)
        }
        plan.consequences = consequences
        return plan
    }()

    /// The questions that were asked, and whether the plan may go out.
    private func ask(
        _ caps: Caps, answers: [String], assumesYes: Bool = false
    ) async -> (asked: Int, refusal: CommandError?) {
        let left = Mutex(answers)
        let confirmer = Confirmer(assumesYes: assumesYes, caps: caps) { _ in
            left.withLock { $0.isEmpty ? .nobody : .line($0.removeFirst()) }
        }
        do throws(CommandError) {
            try await confirmer.confirm(Self.breaking)
            return (answers.count - left.withLock { $0.count }, nil)
        } catch {
            return (answers.count - left.withLock { $0.count }, error)
        }
    }

    @Test func aPersonIsAskedAboutWhatBreaksAndThenAboutThePlan() async {
        let both = await ask(Caps(), answers: ["y", "prod"])
        #expect(both.asked == 2 && both.refusal == nil)
        let first = await ask(Caps(), answers: ["n", "prod"])
        #expect(first.asked == 1 && first.refusal?.exit == .refused)
        let second = await ask(Caps(), answers: ["y", "staging"])
        #expect(second.asked == 2 && second.refusal?.exit == .refused)
    }

    @Test func aNumberAnswersTheFirstQuestion() async {
        let result = await ask(Caps(maxBroken: 2), answers: ["prod"])
        #expect(result.asked == 1 && result.refusal == nil)
    }

    @Test func withoutAPersonItTakesANumber() async {
        let refused = await ask(Caps(maxRemoves: 1), answers: [], assumesYes: true)
        #expect(refused.refusal?.help?.contains("--max-broken 2") == true && refused.refusal?.exit == .refused)
        let allowed = await ask(Caps(maxRemoves: 1, maxBroken: 2), answers: [], assumesYes: true)
        #expect(allowed.refusal == nil)
        let nobody = await ask(Caps(), answers: [])
        #expect(nobody.refusal?.exit == .refused)
    }
}
