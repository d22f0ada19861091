import AudLanguage
import Testing

/// Every program of the reference does what stands beside it.
@Suite struct ArticleTests {
    static let programs: [Article.Block] = Article.names().flatMap { (try? Article($0).blocks("aud")) ?? [] }

    /// A block that starts with `# file: NAME` is a module for the blocks behind it; the others are run by themselves.
    @Test(arguments: programs)
    func programsAreRight(_ block: Article.Block) throws {
        guard Self.path(of: block) == nil else { return }
        var modules: [String: String] = [:]
        for other in Self.programs where other.article == block.article && other.line < block.line {
            if let path = Self.path(of: other) { modules[path] = other.text }
        }
        var runner = ScriptRunner { path, _ in
            guard let text = modules[path] else {
                return .failure(Diagnostic(.moduleNotFound, "there is no \(path)", at: nil))
            }
            return .success(SourceFile(name: path, text: text))
        }
        runner.run(block.text)
        ScriptTests.compare(runner, ScriptTests.expectations(in: block.text), at: block.testDescription)
    }

    private static func path(of block: Article.Block) -> String? {
        guard block.text.hasPrefix("# file: ") else { return nil }
        return block.text.dropFirst(8).prefix { $0 != "\n" }.description
    }

    @Test func thereArePrograms() throws {
        for name in ["Tour", "Lexical", "Grammar", "Semantics", "Operators", "Stages", "Builtins"] {
            #expect(try !Article(name).blocks("aud").isEmpty, "\(name)")
        }
    }

    /// Every link leads to an article, and the overview leads to all of them.
    @Test func linksLead() throws {
        let names = Article.names()
        for name in names {
            for link in try Article(name).links { #expect(names.contains(link), "\(name) links to \(link)") }
        }
        let overview = try Article("AudLanguage").text
        for name in names where name != "AudLanguage" { #expect(overview.contains("- <doc:\(name)>"), "\(name)") }
    }
}
