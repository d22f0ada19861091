// The Swift programs of the pages "AudRuntime" and "SegmentAudiences", word for word, so that they are compiled.

import AudLanguage
import AudRuntime
import Foundation
import SegmentAudiences
import Testing

struct DocumentationTests {
    private func example(_ service: AudienceService, _ output: any AudRuntime.Output) async {
        let workspace = Workspace(aliases: ["prod": "9aQ1Lj62S4bomZKLF4DPqW"], defaultSpace: "prod") {
            Connection(service)
        }
        let session = Session(workspace: workspace, output: output)
        let script = SourceFile(name: "stale.aud", text: "list() | where .enabled | disable")
        let result = await session.run(script, as: .file)
        if case .finished(let report) = result, report.exitCode == .done { print(await session.plan.count) }
    }

    private func listing(_ text: String) async throws {
        guard let token = APIToken(text) else { return }
        let service = AudienceService(configuration: ServiceConfiguration(baseURL: .unitedStates, token: token))
        for try await audience in service.reading.audiences(in: "9aQ1Lj62S4bomZKLF4DPqW")
        where audience.enabled == false {
            print(audience.name ?? audience.id)
        }
        await service.shutdown()
    }

    @Test(arguments: ["AudRuntime", "SegmentAudiences"])
    func `the program of the page is the one that is compiled here`(_ module: String) throws {
        let here = URL(filePath: #filePath)
        let page = here.deletingLastPathComponent()
            .appending(path: "../../Sources/\(module)/\(module).docc/\(module).md")
        let own = Self.lines(try String(contentsOf: here, encoding: .utf8))
        let blocks = try String(contentsOf: page.standardizedFileURL, encoding: .utf8)
            .components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 1)
        for block in blocks {
            let wanted = Self.lines(block.components(separatedBy: "```")[0])
            #expect(own.indices.contains { own[$0...].starts(with: wanted) })
        }
    }

    /// Lines without their margins and the empty ones.
    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }
}
