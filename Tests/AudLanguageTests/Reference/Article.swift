import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A page of the documentation.
struct Article {
    /// A fenced block.
    struct Block: Sendable, CustomTestStringConvertible {
        var article: String
        var language: String
        var text: String
        /// The line of its first line, from 1.
        var line: Int

        var testDescription: String { "\(article):\(line)" }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/AudLanguage/AudLanguage.docc").standardizedFileURL

    let name: String
    let text: String

    init(_ name: String) throws {
        self.name = name
        text = try String(contentsOf: Self.folder.appending(path: "\(name).md"), encoding: .utf8)
    }

    static func names() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// The articles that the text links to.
    var links: [String] {
        text.components(separatedBy: "<doc:").dropFirst().map { String($0.prefix { $0 != ">" && $0 != "#" }) }
    }

    /// The blocks of a language, in their order.
    func blocks(_ language: String) -> [Block] {
        var found: [Block] = []
        var open: Block?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if line.hasPrefix("```") {
                if let block = open { found.append(block) }
                let start = Block(article: name, language: String(line.dropFirst(3)), text: "", line: index + 2)
                open = open == nil ? start : nil
            } else if open != nil {
                open?.text += line + "\n"
            }
        }
        return found.filter { $0.language == language }
    }
}
