import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Files beside the tests: chunks of source separated by `---`, and what is expected of them, which
/// `AUD_UPDATE_GOLDEN=1` writes anew.
enum GoldenFile {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// The chunks of a fixture.
    static func chunks(_ name: String) throws -> [String] {
        try text(name).components(separatedBy: "\n---\n")
    }

    /// A whole file.
    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Compares with the golden file, or writes it.
    static func check(_ actual: String, against name: String) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["AUD_UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: file)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard actual != expected else { return }
        let lines = zip(actual.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
        Issue.record("\(name): got \(lines?.0 ?? "another number of lines"), expected \(lines?.1 ?? "")")
    }
}
