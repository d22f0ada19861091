import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Scripts that are checked and not run. A file is cut into chunks by lines of `---`; a comment `# !! CODE part of the
/// message` is an error, `# ~~ CODE part of the message` a warning, both on the line where they stand. There are no
/// others: a chunk without comments is right as it is.
@Suite struct CheckScriptTests {
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
            let found = Checked(chunk).messages
            let wanted = Self.expectations(in: chunk)
            for (message, expected) in zip(found, wanted) {
                let fits =
                    message.line == expected.line && message.text.hasPrefix(expected.code)
                    && message.text.contains(expected.part)
                #expect(fits, "\(name):\(line): \(message) is not \(expected)")
            }
            #expect(found.count == wanted.count, "\(name):\(line): \(found)")
            line += chunk.components(separatedBy: "\n").count + 1
        }
    }

    @Test func thereAreScripts() { #expect(Self.files().count >= 6) }

    struct Expectation {
        var line: Int
        /// With its mark: `!! E0301 `.
        var code: String
        var part: String
    }

    private static func expectations(in chunk: String) -> [Expectation] {
        var found: [Expectation] = []
        for (index, line) in chunk.components(separatedBy: "\n").enumerated() {
            for mark in ["!! ", "~~ "] {
                guard let range = line.firstRange(of: "# " + mark) else { continue }
                let words = line[range.upperBound...].split(separator: " ", maxSplits: 1).map(String.init)
                let part = words.count > 1 ? words[1] : ""
                found.append(Expectation(line: index + 1, code: mark + words[0] + " ", part: part))
            }
        }
        return found
    }
}
