// Runs scripts against a workspace of its own making, as a program would that embeds aud's sessions: a dry run, whose plan
// is looked at and sent, and a run that is refused. It ends with status 0 when all of that is as it should be.

import AudLanguage
import AudRuntime
import SegmentAudiences

/// Stops the program when what should hold does not.
func expect(_ condition: Bool, _ what: String, line: Int = #line) {
    guard condition else { fatalError("line \(line): \(what)") }
}

// The way to a workspace: a program may have its own, or make a `Connection` of an `AudienceService`.
actor Shelf: AudienceReading, AudienceWriting {
    private(set) var audiences: [String: Audience] = [:]
    private(set) var changes = 0

    init(_ names: [String]) {
        for name in names {
            audiences[name] = Audience(fields: ["id": .string(name), "name": .string(name), "enabled": .bool(true)])
        }
    }

    func page(of space: String, after cursor: String?) throws(APIError) -> AudiencePage {
        AudiencePage(
            audiences: audiences.values.sorted { $0.id < $1.id }, pagination: Pagination(totalEntries: audiences.count))
    }

    func get(_ id: String, in space: String) throws(APIError) -> Audience {
        guard let audience = audiences[id] else { throw APIError(.notFound, "There is no \(id).") }
        return audience
    }

    func setEnabled(_ enabled: Bool, id: String, in space: String) throws(APIError) -> Audience {
        let audience = try get(id, in: space).with(enabled: enabled)
        audiences[id] = audience
        changes += 1
        return audience
    }

    func remove(_ id: String, in space: String) throws(APIError) -> Removal {
        guard audiences.removeValue(forKey: id) != nil else { throw APIError(.notFound, "There is no \(id).") }
        changes += 1
        return .removed
    }
}

// Where the values and lines of scripts go.
struct Lines: Output {
    func print(_ line: String) { Swift.print(line) }
    func show(_ value: Value, as format: String?, statement: Bool) { Swift.print((try? value.text()) ?? "?") }
    func notice(_ notice: Notice) {}
    func confirm(_ question: String) async -> Bool? { nil }
}

let shelf = Shelf(["spring", "summer", "test 1", "test 2"])
let workspace = Workspace(aliases: ["shop": "9aQ1Lj62S4bomZKLF4DPqW"], defaultSpace: "shop") {
    Connection(reading: shelf, writing: shelf, ledger: InProcessLedger(limits: .unlimited))
}
let session = Session(workspace: workspace, output: Lines())

func run(_ text: String) async -> RunReport? {
    switch await session.run(SourceFile(name: "tidy.aud", text: text), as: .file) {
    case .finished(let report): return report
    case .rejected(let diagnostics): fatalError("\(diagnostics)")
    case .incomplete: return nil
    }
}

// A dry run records, and sends nothing.
let recorded = await run("list() | where startsWith(.name ?? \"\", \"test\") | disable")
expect(recorded?.exitCode == .done, "the script runs")
let planned = await session.plan.calls.map { "\($0.verb.rawValue) \($0.id): \($0.change)" }
let expected = ["disable test 1: enabled: true → false", "disable test 2: enabled: true → false"]
expect(planned == expected, "the plan: \(planned)")
expect(await shelf.changes == 0, "nothing was sent")

// The plan is sent exactly as it was recorded, and accounts for every call.
let sent = await session.apply()
expect(sent.error == nil && sent.counts[.done] == 2, "both are done")
expect(await shelf.changes == 2, "two changes were sent")
expect(await session.plan.isEmpty, "nothing is left of the plan")
expect(await shelf.audiences.values.filter { $0.enabled == true }.count == 2, "two are still on")

// What the caps do not allow is refused before anything is sent.
var caps = Caps()
caps.maxChanges = 1
await session.setCaps(caps)
_ = await run("list() | where .enabled | disable")
let refused = await session.apply()
expect(refused.error?.kind == .limit, "the cap holds")
expect(await shelf.changes == 2, "and nothing was sent")
print("sessions are embedded")
