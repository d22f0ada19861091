import AudLanguage
import Testing

/// Compiler and machine against a naive evaluator of the tree: random scripts show and print the same and fail with the
/// same codes.
@Suite struct OracleTests {
    @Test(arguments: 0..<4)
    func machineAgreesWithTheTree(_ part: Int) {
        var ended = 0
        for seed in part * 50..<(part + 1) * 50 {
            let text = ScriptGenerator.script(seed: UInt64(seed))
            let parsed = Parser.parse(SourceFile(name: "t", text: text), fileIndex: 0, mode: .file)
            let refusals = parsed.diagnostics.map { "\($0.message)" }
            guard refusals.isEmpty else {
                Issue.record("seed \(seed): \(refusals)\n\(text)")
                continue
            }
            let oracle = TreeEvaluator()
            oracle.run(parsed.statements)
            var runner = ScriptRunner()
            runner.run(text)
            let events = runner.events.map { $0.hasPrefix("!!") ? String($0.prefix(8)) : $0 }
            #expect(events == oracle.events, "seed \(seed):\n\(text)")
            if !events.contains(where: { $0.hasPrefix("!! ") }) { ended += 1 }
        }
        // Most scripts come to their end, so that the comparison means something.
        #expect(ended > 10)
    }
}
