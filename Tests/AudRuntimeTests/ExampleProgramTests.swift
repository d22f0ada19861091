// The example programs of the language's design page, tried dry, applied, and run live.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct ExampleProgramTests {
    /// Two spaces of a company: old tests, failed audiences, a VIP list, leftovers of an old quarter.
    private static func company() -> FakeWorkspace {
        let fields: [(name: String, status: String, enabled: Bool)] = [
            ("Test signup", "Live", true), ("VIP customers", "Live", true), ("Q1 2024 promo", "Failed", true),
            ("Q3 2024 promo", "Live", false), ("Legal hold", "Failed", true), ("Spring", "Computing", true),
        ]
        let prod = fields.enumerated().map { place, field in
            Audience.sample("p\(place)", enabled: field.enabled, space: "9aQ1", name: field.name)
                .replacing("status", with: .string(field.status))
        }
        let staging = ["p0", "n1", "n2"].map { Audience.sample($0, space: "st") }
        return FakeWorkspace(["9aQ1": prod, "pr": [.sample("p0", space: "pr")], "st": staging])
    }

    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var source: String
        var planned: [String]
        var lines: [String] = []
        var parameters: [String: String] = [:]
    }

    static let examples = [
        Example(
            testDescription: "a query",
            source: """
                list("9aQ1") | where .enabled and .name ~ /test/i and .updatedAt < ago(90d)
                  | sort by .updatedAt | select .name, .key, idle: now() - .updatedAt
                """, planned: []
        ),
        Example(
            testDescription: "stale audiences",
            source: """
                ## Disable audiences that nobody has touched for a while.
                param space: string            "space to clean"
                param days:  int = 90          "how long is 'a while'"
                param cap:   int = 50          "refuse to touch more than this"

                let stale = list(space)
                  | where .enabled and .updatedAt < ago(days * 1d)
                  | where .name !~ /^(VIP|Legal)\\b/
                  | sort by .updatedAt

                print("{len(stale)} stale audiences in {space}")
                stale | at most cap | disable on error continue
                """, planned: ["p0", "p2", "p5"], lines: ["3 stale audiences in 9aQ1"],
            parameters: ["space": "9aQ1", "days": "30"]
        ),
        Example(
            testDescription: "a loop with try",
            source: """
                var done = 0
                var failed = []
                for a in list("9aQ1") | where .status == "Failed" {
                  if done >= 25 { break }
                  try {
                    disable(a)
                    done += 1
                  } catch e {
                    if e.kind == "server" { fail "stopping: {e.message}" }
                    failed = [...failed, {name: a.name, why: e.message}]
                  }
                }
                print("disabled {done}, failed {len(failed)}")
                show(failed)
                """, planned: ["p2", "p4"], lines: ["disabled 2, failed 0"]
        ),
        Example(
            testDescription: "staging against production",
            source: """
                # What is in staging but missing from production?
                let live = list("prod") | map .key
                for {key, items} in list("staging") | where .key not in live and .enabled | group by .createdBy {
                  print("{key ?? 'nobody'}: {items | map .name | join(", ")}")
                }
                """, planned: [], lines: ["u1: Audience n1, Audience n2"]
        ),
        Example(
            testDescription: "a function that changes",
            source: """
                fn retire(a, reason: string) {
                  print("retiring {a.name}: {reason}")
                  disable(a)
                }
                list("9aQ1") | where .name ~ /^Q[1-4] 2024/ | at most 40 | each a { retire(a, reason: "old quarter") }
                """, planned: ["p2"],
            lines: ["retiring Q1 2024 promo: old quarter", "retiring Q3 2024 promo: old quarter"]
        ),
    ]

    @Test(arguments: examples)
    func `an example does applied what it does live`(example: Example) async throws {
        let aliases = ["prod": "pr", "staging": "st"]
        let dry = SessionBench(Self.company(), aliases: aliases)
        let recorded = try await dry.run(example.source, as: .file, example.parameters)
        #expect(recorded.error == nil)
        #expect(await dry.session.plan.calls.map(\.id) == example.planned)
        #expect(dry.fake.writes.isEmpty)
        let mark = example.planned.isEmpty ? "" : "dry | "
        #expect(dry.output.lines == example.lines.map { mark + $0 })
        #expect(await dry.session.apply().counts[.done] == example.planned.count)

        let live = SessionBench(Self.company(), SessionOptions(mode: .live), aliases: aliases)
        #expect(try await live.run(example.source, as: .file, example.parameters).error == nil)
        #expect(live.output.lines == example.lines)
        #expect(live.fake.applied == dry.fake.applied)
    }
}
