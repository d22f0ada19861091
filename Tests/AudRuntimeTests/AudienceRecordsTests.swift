// Audiences as values: the documented fields always there, whatever the server sent.

import AudLanguage
import SegmentAudiences
import Testing

@testable import AudRuntime

struct AudienceRecordsTests {
    private let space = Space(id: "s1")

    @Test func `the documented fields come first, in order, with dates as dates`() throws {
        let record = AudienceRecords().record(.sample("a1"), space: space)
        #expect(record.kind == .audience)
        #expect(
            record.shape.names == [
                "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy",
                "updatedBy", "createdAt", "updatedAt",
            ]
        )
        guard case .date(1_735_787_045_678_000)? = record["createdAt"] else { throw Unexpected() }
        guard case .record(let definition)? = record["definition"] else { throw Unexpected() }
        #expect(definition.shape.names == ["query", "type"])
        #expect(definition.text("type") == "users")
    }

    @Test func `audiences with the documented fields share one shape, and so do those with the same others`() throws {
        let records = AudienceRecords()
        let plain = try [.sample("a1"), #require(Audience(fields: ["id": .string("a2")]))].map {
            records.record($0, space: space)
        }
        #expect(plain[0].shape === plain[1].shape)
        let sized = ["a3", "a4"].map { records.record(.sample($0).replacing("size", with: .int(7)), space: space) }
        #expect(sized[0].shape === sized[1].shape)
        #expect(sized[0].shape.names.last == "size")
        guard case .int(7)? = sized[1]["size"] else { throw Unexpected() }
    }

    @Test func `what was not sent is null, the space is the one that was asked for`() throws {
        let bare = try #require(Audience(fields: ["id": .string("a1")]))
        let record = AudienceRecords().record(bare, space: space)
        #expect(record.text("spaceId") == "s1")
        for name in record.shape.names where name != "id" && name != "spaceId" {
            guard case .null? = record[name] else {
                Issue.record("\(name) is not null")
                return
            }
        }
        #expect(record.isEnabled == nil)
    }

    @Test func `what came in another type is shown as it came`() throws {
        let odd = Audience.sample("a1").replacing("enabled", with: .string("yes"))
            .replacing("updatedAt", with: .string("yesterday")).replacing("definition", with: .array([.int(1)]))
        let record = AudienceRecords().record(odd, space: space)
        #expect(record.text("enabled") == "yes")
        #expect(record.text("updatedAt") == "yesterday")
        guard case .list(let list)? = record["definition"] else { throw Unexpected() }
        #expect(list.count == 1)
    }
}
