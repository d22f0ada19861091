import Testing

/// Laziness is not to be seen: a pipeline over a listing gives what the same stages give when each of them is bound to a
/// name, and so finished, before the next one starts. It only asks for no more.
@Suite struct LazyEagerTests {
    @Test(arguments: 0..<4)
    func lazyEqualsEager(_ part: Int) {
        var compared = 0
        var saved = 0
        for seed in part * 60..<(part + 1) * 60 {
            let stages = ScriptGenerator.pipeline(seed: UInt64(seed))
            var lazy = ScriptRunner()
            lazy.run("list(\"sp\")" + stages.map { " | \($0)" }.joined())
            var eager = ScriptRunner()
            let steps = stages.enumerated().map { "let a\($0.offset + 1) = a\($0.offset) | \($0.element)" }
            eager.run((["let a0 = list(\"sp\")"] + steps + ["a\(stages.count)"]).joined(separator: "\n"))

            // A stage that fails may be one that the lazy pipeline has no need of.
            guard let value = eager.events.last, value.hasPrefix("=> ") else { continue }
            compared += 1
            #expect(lazy.events.last == value, "seed \(seed): \(stages)")
            for kind in ["?? page", "?? get"] {
                let (few, many) = (count(kind, lazy), count(kind, eager))
                #expect(few <= many, "seed \(seed): \(few) of \(kind) instead of \(many): \(stages)")
                if few < many { saved += 1 }
            }
        }
        #expect(compared > 40)
        #expect(saved > 5)
    }

    private func count(_ kind: String, _ runner: ScriptRunner) -> Int {
        runner.events.count { $0.hasPrefix(kind) }
    }
}
