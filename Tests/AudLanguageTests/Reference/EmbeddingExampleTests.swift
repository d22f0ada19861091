import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The Swift programs of the pages, word for word, so that they are compiled and run as a reader would.
@Suite struct EmbeddingExampleTests {
    private let now: Int64 = 1_772_366_400_000_000

    private func forecast(for city: String) async throws -> String { "rain" }

    @Test func theProgramOfTheOverview() async throws {
        let interpreter = Interpreter(now: now)
        let value = try await interpreter.run(SourceFile(name: "-e", text: "1 + 1"), in: EmptyWorld())
        #expect(value == 2)
    }

    @Test func theProgramOfTheEmbeddingPage() async throws {
        let forecast = self.forecast(for:)
        let weather = Builtin(
            "weather", "The weather of a city.", parameters: [.init("city", "string")], result: "string", effect: .reads
        ) {
            .string(try await forecast(try $0.string(0)))
        }
        let interpreter = Interpreter(now: now, builtins: [weather])
        let script = SourceFile(name: "trip.aud", text: #"if weather("Oslo") == "rain" then "stay" else "go""#)
        guard let chunk = interpreter.check(script).chunk, !chunk.canChange else { return }
        let value = try await interpreter.run(script, in: EmptyWorld())
        print(value.stringValue ?? "?")
        #expect(value == "stay")
    }

    /// What the pages show is what is compiled here.
    @Test(arguments: ["AudLanguage", "Embedding"])
    func theProgramsAreThoseOfThePages(_ page: String) throws {
        let own = Self.lines(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8))
        for block in try Article(page).blocks("swift") {
            let wanted = Self.lines(block.text).filter { !$0.hasPrefix("import ") }
            let isThere = own.indices.contains { own[$0...].starts(with: wanted) }
            #expect(!wanted.isEmpty && isThere, "\(block.testDescription)")
        }
    }

    /// Lines without their margins and the empty ones.
    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }
}
