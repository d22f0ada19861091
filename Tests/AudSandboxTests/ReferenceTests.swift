// The sandbox against the reference description of the API, where it lies beside the package. Without it the test says
// that it was skipped.

import Testing

@testable import AudSandbox

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Reference description") struct ReferenceTests {
    private static let path: String = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/" + root + "/shared/api/segment-audiences-seed-openapi.yaml"
    }()

    @Test(.enabled(if: FileManager.default.fileExists(atPath: path), "the reference description is not at hand"))
    func everyRequiredFieldIsAnswered() async throws {
        let bytes = try #require(FileManager.default.contents(atPath: Self.path))
        let yaml = String(decoding: bytes, as: UTF8.self)
        let audience = try Self.required(of: "AudienceSummary", in: yaml)
        let pagination = try Self.required(of: "PaginationOutput", in: yaml)
        let envelope = try Self.required(of: "RequestErrorEnvelope", in: yaml)
        let error = try Self.required(of: "RequestError", in: yaml)
        #expect(audience.count == 11)

        try await withSandbox { (_, client, _) async throws in
            let page = try await client.get(RawClient.audiences + "?pagination.count=200")
            for item in page.json?["data"]?["audiences"]?.items ?? [] {
                #expect(item.fields.isSuperset(of: audience))
            }
            #expect(page.page?.fields.isSuperset(of: pagination) == true)
            let missing = try await client.get(RawClient.audiences + "/aud_none")
            #expect(missing.json?.fields.isSuperset(of: envelope) == true)
            #expect(missing.error?.fields.isSuperset(of: error) == true)
        }
        // Descriptions are folded over lines.
        let prose = yaml.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for operation in SandboxOperation.allCases {
            let limit = try #require(SandboxLimits.seed[operation])
            #expect(prose.contains("The rate limit for this endpoint is \(limit) requests per minute"))
        }
    }

    /// The `required` list of a schema, read by its indentation.
    private static func required(of schema: String, in yaml: String) throws -> Set<String> {
        let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "    \(schema):"))
        let body = lines[(start + 1)...].prefix { $0.hasPrefix("     ") }
        let list = try #require(body.firstIndex(of: "      required:"))
        return Set(body[(list + 1)...].prefix { $0.hasPrefix("      - ") }.map { String($0.dropFirst(8)) })
    }
}
