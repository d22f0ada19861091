import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The inputs that fuzzing found, and others of their kind: every law holds for each.
@Suite struct HostileInputTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Hostile")

    static func files() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test(arguments: files(), Law.allCases)
    func lawsHold(_ name: String, _ law: Law) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        #expect(law.broken(by: Array(bytes)) == nil)
    }

    @Test func thereAreInputs() { #expect(Self.files().count >= 2) }

    /// The laws can be broken: each says so of tokens, messages, runs and texts that are not as they should be.
    @Test func aScriptThatIsNotStoppedIsTold() {
        var runner = ScriptRunner(limits: MachineLaw.limits)
        runner.run("while true { }")
        #expect(runner.events.map { $0.prefix(8) } == ["!! L3001"])
        #expect(runner.pauses <= MachineLaw.limits.steps / ScriptRunner.fuel)
    }
}
