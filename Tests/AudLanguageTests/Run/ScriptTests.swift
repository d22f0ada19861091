import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Scripts that say what they do: a file is cut into chunks by lines of `---`, each is run by itself, and the comments
/// `# => value`, `# >> text`, `# ?? request` and `# !! CODE part of the message` must come true in their order. An
/// error must be on the line of its comment. Nothing else may happen.
@Suite struct ScriptTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Scripts")

    static func files() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".aud") }.sorted()
    }

    @Test(arguments: files())
    func chunks(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        var line = 1
        for chunk in text.components(separatedBy: "\n---\n") {
            var runner = ScriptRunner()
            runner.run(chunk)
            Self.compare(runner, Self.expectations(in: chunk), at: "\(name):\(line)")
            line += chunk.components(separatedBy: "\n").count + 1
        }
    }

    @Test func thereAreScripts() { #expect(Self.files().count >= 8) }

    static func compare(_ runner: ScriptRunner, _ expected: [(line: Int, text: String)], at place: String) {
        var errors = runner.errorLines[...]
        for (event, wanted) in zip(runner.events, expected) {
            if wanted.text.hasPrefix("!! ") {
                let words = wanted.text.split(separator: " ", maxSplits: 2).map(String.init)
                let fits = event.hasPrefix("!! \(words[1]) ") && (words.count < 3 || event.contains(words[2]))
                #expect(fits, "\(place): \(event) is not \(wanted.text)")
                #expect(errors.popFirst() == wanted.line, "\(place): the line of \(event)")
            } else {
                #expect(event == wanted.text, "\(place)+\(wanted.line)")
            }
        }
        let events = runner.events.count
        let extra = runner.events.dropFirst(expected.count).joined(separator: "\n")
        let absent = expected.dropFirst(events).map(\.text).joined(separator: "\n")
        #expect(events == expected.count, "\(place): extra \(extra) absent \(absent)")
    }

    static func expectations(in chunk: String) -> [(line: Int, text: String)] {
        var found: [(Int, String)] = []
        for (index, line) in chunk.components(separatedBy: "\n").enumerated() {
            for mark in ["=> ", ">> ", "?? ", "!! "] {
                guard let range = line.firstRange(of: "# " + mark) else { continue }
                found.append((index + 1, mark + line[range.upperBound...]))
                break
            }
        }
        return found
    }
}
