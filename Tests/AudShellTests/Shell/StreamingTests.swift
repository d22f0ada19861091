import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences
import Synchronization
import Testing

@Suite("Rows that are written while a listing is read")
struct StreamingTests {
    /// A space of several pages that notes what had been written when each was asked for.
    private final class Pages: AudienceReading {
        private let pages: [[Audience]]
        private let out: Transcript
        private let state = Mutex<[String]>([])

        init(_ pages: [[Audience]], out: Transcript) {
            self.pages = pages
            self.out = out
        }

        /// The output at the time of each request.
        var writtenBefore: [String] { state.withLock { $0 } }

        func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
            state.withLock { $0.append(out.text) }
            let place = cursor.flatMap { Int($0) } ?? 0
            let next = place + 1 < pages.count ? "\(place + 1)" : nil
            return AudiencePage(
                audiences: pages[place],
                pagination: Pagination(next: next, totalEntries: pages.reduce(0) { $0 + $1.count }))
        }

        func get(_ id: String, in space: String) async throws(APIError) -> Audience {
            throw APIError(.notFound, "There is no audience \(id).", status: 404)
        }
    }

    private static func audience(_ number: Int, further: String? = nil) -> Audience? {
        var fields: [String: JSONValue] = [
            "id": .string("a\(number)"), "name": .string("Name \(number)"), "enabled": .bool(true),
        ]
        if let further { fields[further] = .bool(true) }
        return Audience(fields: fields)
    }

    private static let pages = [[1, 2], [3, 4], [5, 6]].map { $0.compactMap { audience($0) } }

    private func run(
        _ source: String, _ format: OutputFormat, pages: [[Audience]] = pages, mode: SourceMode = .file
    ) async -> (text: String, before: [String], refusals: Int) {
        let out = Transcript()
        let reading = Pages(pages, out: out)
        // A clock that stands still sends nothing by itself: what is out was sent before the page was asked for.
        let output = TerminalOutput(out: out, error: Transcript(), format: format, time: StandingTime())
        let session = Session(
            workspace: Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") {
                Connection(
                    reading: reading, writing: FakeWorkspace([]),
                    ledger: InProcessLedger(limits: .seed, time: StandingTime()))
            }, output: output, time: StandingTime())
        _ = await session.run(SourceFile(name: "-e", text: source), as: mode)
        output.flush()
        return (out.text, reading.writtenBefore, output.refusals)
    }

    private static let streamed: [(String, OutputFormat, [String])] = [
        (
            "list() | where .id != \"a4\" | map .id", OutputFormat.ndjson,
            ["", "\"a1\"\n\"a2\"\n", "\"a1\"\n\"a2\"\n\"a3\"\n"]
        ),
        (
            "list() | select .id, .name", .csv,
            [
                "", "id,name\r\na1,Name 1\r\na2,Name 2\r\n",
                "id,name\r\na1,Name 1\r\na2,Name 2\r\na3,Name 3\r\na4,Name 4\r\n",
            ]
        ),
        ("list(\"prod\") | select .id | with n: 1 | unique by .id | skip 1 | take 3", .csv, ["", "id,n\r\na2,1\r\n"]),
    ]

    @Test(
        "the rows of a page are out before the next page is asked for",
        arguments: streamed)
    func early(source: String, format: OutputFormat, expected: [String]) async {
        #expect(await run(source, format).before.map { $0 } == expected)
    }

    private static let equal: [(String, OutputFormat)] = [
        ("list()", OutputFormat.ndjson), ("list() | select .id, .name", .csv),
        ("list() | where .name == null", .ndjson),
        ("list() | where false | select .id", .csv), ("list() | map [.id, .id] | flatten", .ndjson),
        ("list() | select .id; [1, 2]; list() | select .name", .csv),
    ]

    @Test(
        "what is written is what was written whole",
        arguments: equal)
    func same(source: String, format: OutputFormat) async {
        let streamed = await run(source, format)
        // At a prompt the value is kept, so it is built first.
        let whole = await run(source, format, mode: .prompt)
        #expect(streamed.text == whole.text)
    }

    private static let waiting: [(String, OutputFormat)] = [
        ("list()", OutputFormat.csv), ("list() | map {id: .id}", .csv), ("list()", .json), ("list() | map .id", .ids),
        ("list() | sort by .id", .ndjson), ("let all = list(); all", .ndjson), ("list() | select .id", .table),
    ]

    @Test(
        "what needs the whole list waits for it",
        arguments: waiting)
    func whole(source: String, format: OutputFormat) async {
        let result = await run(source, format)
        #expect(result.before == ["", "", ""])
        #expect(!result.text.isEmpty)
    }

    @Test("a table of the fields that only some have keeps them all")
    func union() async {
        let pages = [[Self.audience(1)], [Self.audience(2, further: "size")]].map { $0.compactMap(\.self) }
        let result = await run("list()", .csv, pages: pages)
        #expect(result.text.split(separator: "\r\n").first?.hasSuffix(",size") == true)
        #expect(result.refusals == 0)
    }

    @Test("a row that has no such form ends the rows, and is counted once")
    func refused() async {
        let result = await run("list() | select .id, f: (if .id == \"a1\" then null else x => x)", .ndjson)
        #expect(result.text == "{\"id\":\"a1\",\"f\":null}\n")
        #expect(result.refusals == 1)
    }
}
