// Decoding: liberal in what is accepted, and nothing of it is lost.

import AudTesting
import SegmentAudiences
import Testing

struct AudienceTests {
    private let documented = """
        {"id":"id","spaceId":"spaceId","name":"name","description":"description","key":"key","enabled":false,\
        "definition":{"query":"event('Shoes Bought').count() >= 1","type":"USERS"},"status":"Live",\
        "createdBy":"createdBy","updatedBy":"updatedBy","createdAt":"2006-01-02T15:04:05.000Z",\
        "updatedAt":"2006-01-02T15:04:05.678Z"}
        """

    @Test("The documented audience")
    func whole() throws {
        let audience = try #require(Audience(json: JSONValue(parsing: documented)))
        #expect(audience.id == "id")
        #expect(audience.spaceId == "spaceId")
        #expect(audience.name == "name")
        #expect(audience.description == "description")
        #expect(audience.key == "key")
        #expect(audience.enabled == false)
        let query = "event('Shoes Bought').count() >= 1"
        #expect(audience.definition == AudienceDefinition(query: query, type: "USERS"))
        #expect(audience.status == "Live")
        #expect(audience.createdBy == "createdBy")
        #expect(audience.updatedBy == "updatedBy")
        #expect(audience.createdAt == Timestamp(microseconds: 1_136_214_245_000_000))
        #expect(audience.updatedAt == Timestamp(microseconds: 1_136_214_245_678_000))
        #expect(audience.fields.map(\.name) == AudienceField.allCases.map(\.rawValue))
        #expect(try audience.json == JSONValue(parsing: documented))
    }

    @Test("Only the id is required; null is told from missing; unknown fields are kept, sorted by name")
    func sparse() throws {
        let text = #"{"zebra":[1,2.5,{}],"name":null,"id":"a","definition":null,"apple":"x"}"#
        let audience = try #require(Audience(json: JSONValue(parsing: text)))
        #expect(audience.name == nil && audience.definition == nil && audience.enabled == nil)
        #expect(audience["name"] == .null)
        #expect(audience["key"] == nil)
        #expect(audience.fields.map(\.name) == ["id", "name", "definition", "apple", "zebra"])
        #expect(try audience.json == JSONValue(parsing: text))
    }

    @Test(
        "A wrongly typed field is nil, and kept as it came",
        arguments: [
            #"{"id":"a","enabled":"yes"}"#, #"{"id":"a","name":7}"#, #"{"id":"a","createdAt":"yesterday"}"#,
            #"{"id":"a","updatedAt":1136214245}"#, #"{"id":"a","definition":"x"}"#,
            #"{"id":"a","definition":{"query":5}}"#,
            #"{"id":"a","key":["k"]}"#, #"{"id":"a","status":{}}"#,
        ])
    func wrongTypes(_ text: String) throws {
        let audience = try #require(Audience(json: JSONValue(parsing: text)))
        #expect(audience.enabled == nil && audience.name == nil && audience.createdAt == nil)
        #expect(
            audience.updatedAt == nil && audience.definition == nil && audience.key == nil && audience.status == nil)
        #expect(try audience.json == JSONValue(parsing: text))
    }

    @Test(
        "Dates and definitions in other forms are read, and given back as they came",
        arguments: [
            #"{"createdAt":"2006-01-02","id":"a"}"#, #"{"createdAt":"2006-01-02T15:04:05+02:00","id":"a"}"#,
            #"{"createdAt":"2006-01-02T15:04:60.000Z","id":"a"}"#,
            #"{"createdAt":"2006-01-02T15:04:05.1234567Z","id":"a"}"#,
            #"{"createdAt":"2006-01-02T15:04+00:00:0","id":"a"}"#, #"{"definition":{"query":"q","x":1},"id":"a"}"#,
            #"{"definition":{},"id":"a"}"#, #"{"definition":{"query":null},"id":"a"}"#,
        ])
    func otherForms(_ text: String) throws {
        let audience = try #require(Audience(json: JSONValue(parsing: text)))
        #expect(audience.json.text == text)
    }

    @Test("Without an id there is no audience", arguments: ["{}", #"{"id":null}"#, #"{"id":7}"#, #"{"id":""}"#, "[]"])
    func noID(_ text: String) throws {
        #expect(try Audience(json: JSONValue(parsing: text)) == nil)
    }

    @Test("A changed copy differs in that field alone")
    func replacing() throws {
        let audience = try #require(Audience(json: JSONValue(parsing: documented)))
        let changed = audience.with(enabled: true)
        #expect(changed.enabled == true)
        #expect(changed != audience)
        #expect(changed.with(enabled: false) == audience)
        #expect(changed.with(enabled: false).hashValue == audience.hashValue)
    }

    @Test("One odd audience does not cost the page")
    func page() async throws {
        let clock = VirtualClock()
        let body = #"{"data":{"audiences":[{"id":"a","enabled":"yes"},{"id":"b"}],"pagination":null},"extra":1}"#
        let client = try service(clock, ScriptedTransport(clock, [.answer(200, body: body)])).reading
        let page = try await clock.run { try await client.page(of: "s", after: nil) }
        #expect(page.audiences.map(\.id) == ["a", "b"])
        #expect(page.pagination == Pagination())
    }
}
