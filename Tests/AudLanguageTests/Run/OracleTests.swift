import AudLanguage
import Testing

/// Compiler and machine against a naive evaluator of the tree: random scripts show and print the same, ask the
/// workspace for the same in the same order, and fail with the same codes, also when a request fails.
@Suite struct OracleTests {
    @Test(arguments: 0..<4)
    func machineAgreesWithTheTree(_ part: Int) {
        var ended = 0
        var asked = 0
        for seed in part * 40..<(part + 1) * 40 {
            let text = ScriptGenerator.script(seed: UInt64(seed))
            let parsed = Parser.parse(SourceFile(name: "t", text: text), fileIndex: 0, mode: .file)
            let refusals = parsed.diagnostics.map { "\($0.message)" }
            guard refusals.isEmpty else {
                Issue.record("seed \(seed): \(refusals)\n\(text)")
                continue
            }
            let oracle = TreeEvaluator(modules: ScriptGenerator.modules)
            var runner = ScriptRunner(modules: ScriptGenerator.module)
            // In every third script a request fails.
            let failing = seed % 3 == 0 ? 1 + seed % 11 : nil
            oracle.workspace.failing = failing
            runner.workspace.failing = failing
            // Loops in loops may ask without end.
            oracle.workspace.mostRequests = 150
            runner.workspace.mostRequests = 150
            oracle.run(parsed.statements)
            runner.run(text)
            let events = runner.events.map { $0.hasPrefix("!!") ? String($0.prefix(8)) : $0 }
            let wanted = oracle.workspace.events
            if events != wanted {
                let place = zip(events, wanted).prefix { $0 == $1 }.count
                let (found, missing) = (events.dropFirst(place).first ?? "end", wanted.dropFirst(place).first ?? "end")
                Issue.record(
                    "seed \(seed), failing \(failing ?? 0), event \(place): \(found) is not \(missing)\n\(text)")
            }
            if !events.contains(where: { $0.hasPrefix("!! ") }) { ended += 1 }
            if events.contains(where: { $0.hasPrefix("?? ") }) { asked += 1 }
        }
        // Most scripts come to their end and ask for something, so that the comparison means something.
        #expect(ended > 10)
        #expect(asked > 20)
    }
}
