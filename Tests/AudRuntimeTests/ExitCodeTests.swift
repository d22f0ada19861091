// The table of exit codes.

import AudLanguage
import SegmentAudiences
import Testing

@testable import AudRuntime

struct ExitCodeTests {
    @Test func `of several codes the one that needs a person soonest is told`() {
        let order: [ExitCode] = [
            .interrupted, .authentication, .unknown, .someFailed, .drifted, .refused, .outOfBudget, .service, .script,
        ]
        #expect(order.map(\.rawValue) == [130, 4, 7, 3, 6, 5, 75, 8, 1])
        for (place, code) in order.enumerated() {
            #expect(ExitCode.worst(order[place...].reversed() + [.done]) == code)
        }
        #expect(ExitCode.worst([]) == .done)
        #expect(ExitCode.worst([.pending, .done]) == .pending)
    }

    @Test(arguments: [
        (APIError.Kind.invalidArgument, nil as Int?, ExitCode.script), (.auth, 401, .authentication),
        (.forbidden, 403, .authentication), (.notFound, 404, .service), (.conflict, 409, .service),
        (.validation, 422, .service), (.rateLimited, 429, .outOfBudget), (.server, 500, .service),
        (.network, nil, .service), (.timeout, nil, .service), (.unreadable, 200, .service),
        (.outcomeUnknown, nil, .unknown), (.cancelled, nil, .interrupted), (.budget, nil, .outOfBudget),
        (.repeatedCursor, 200, .service), (.redirect, 302, .service), (.ledger, nil, .service),
    ])
    func `an API failure that ends a run has its code`(kind: APIError.Kind, status: Int?, code: ExitCode) {
        #expect(RuntimeError(.sample(kind, status: status)).exitCode == code)
    }

    @Test func `every kind of API failure is in the table above`() {
        #expect(APIError.Kind.allCases.count == 17)
    }

    @Test(arguments: [
        (Code.atMost, RuntimeError.Kind.limit, ExitCode.refused), (.expectationFailed, .fail, .refused),
        (.notConfirmed, .limit, .refused), (.changeLimit, .limit, .refused), (.incomplete, .limit, .refused),
        (.requestLimit, .limit, .outOfBudget), (.timeLimit, .limit, .outOfBudget), (.stepLimit, .limit, .outOfBudget),
        (.memoryLimit, .limit, .outOfBudget), (.depthLimit, .limit, .script), (.failed, .fail, .script),
        (.nullOperand, .type, .script), (.cancelled, .cancelled, .interrupted),
    ])
    func `an error of the script has its code`(code: Code, kind: RuntimeError.Kind, expected: ExitCode) {
        #expect(RuntimeError(code, kind, "x").exitCode == expected)
    }

    @Test(arguments: [
        (Outcome.Status.planned, ExitCode.done), (.done, .done), (.skipped, .done), (.gone, .done),
        (.drifted, .drifted),
        (.failed, .someFailed), (.unknown, .unknown), (.notAttempted, .done),
    ])
    func `an outcome has its code`(status: Outcome.Status, code: ExitCode) {
        #expect(Outcome(item: .string("a1"), verb: .remove, status: status).exitCode == code)
    }

    @Test func `a report tells the worst of its outcomes and its error`() {
        var report = RunReport()
        #expect(report.exitCode == .done)
        #expect(report.changesNothing)
        report.outcomes = [.failed, .unknown, .done].map { Outcome(item: .null, verb: .enable, status: $0) }
        #expect(report.exitCode == .unknown)
        report.error = .interrupted
        #expect(report.exitCode == .interrupted)
        #expect(report.counts.count == Outcome.Status.allCases.count)
        #expect(report.counts.values.reduce(0, +) == 3)
    }
}
