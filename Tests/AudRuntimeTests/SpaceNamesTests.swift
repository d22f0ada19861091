// What a script may call a space, and what it is told when that is none.

import AudLanguage
import Testing

@testable import AudRuntime

struct SpaceNamesTests {
    private func names(_ aliases: [String: String], standard: String? = nil) -> SpaceNames {
        SpaceNames(
            Workspace(aliases: aliases, defaultSpace: standard, configurationPath: "~/.config/aud/config.yaml") {
                () async throws(RuntimeError) -> Connection in
                throw RuntimeError(.apiNetwork, .network, "not asked for")
            }
        )
    }

    @Test func `an alias, an id and nothing at all name a space`() throws {
        let names = names(["prod": "9aQ1", "staging": "7bR2"], standard: "staging")
        #expect(try names.resolve("prod") == Space(id: "9aQ1", alias: "prod"))
        #expect(try names.resolve("9aQ1") == Space(id: "9aQ1", alias: "prod"))
        #expect(try names.resolve(nil) == Space(id: "7bR2", alias: "staging"))
        #expect(try names.resolve("5cS3cccccccccccc") == Space(id: "5cS3cccccccccccc"))
    }

    @Test func `a name one slip away from an alias is not sent anywhere`() throws {
        let names = names(["prod": "9aQ1", "staging": "7bR2"])
        let error = try #require(throws: RuntimeError.self) { try names.resolve("prdo") }
        #expect(error.message == "there is no space called \"prdo\"")
        #expect(error.help == "did you mean \"prod\"? Known spaces: prod, staging")
        #expect(error.exitCode == .script)
    }

    @Test func `an id that looks like an alias is an id`() throws {
        let names = names(["space1": "9aQ1", "prod": "7bR2"])
        #expect(try names.resolve("space2").id == "space2")
        #expect(try names.resolve("proD1").id == "proD1")
        #expect(
            try #require(throws: RuntimeError.self) { try names.resolve("PROD") }.help?.contains("\"prod\"") == true)
    }

    @Test func `without a space the message teaches how to name one`() throws {
        let error = try #require(throws: RuntimeError.self) { try names([:]).resolve(nil) }
        #expect(error.message == "no space is named, and the session has no space of its own")
        #expect(error.help?.contains("--space") == true)
    }

    @Test func `what cannot be an id is refused with its reason`() throws {
        let names = names([:])
        for (text, reason) in [
            ("", "the name of the space is empty"), ("..", "\"..\" cannot be a space: it would name another path"),
            (String(repeating: "x", count: 256), "the name of the space has 256 characters, the API takes at most 255"),
        ] {
            #expect(try #require(throws: RuntimeError.self) { try names.resolve(text) }.message == reason)
        }
        #expect(try names.resolve(String(repeating: "x", count: 255)).id.count == 255)
    }

    @Test func `a space that the API does not know is told with the known ones and how to add one`() async throws {
        let bench = Bench(FakeWorkspace(count: 1))
        let error = try await #require(throws: RuntimeError.self) { try await bench.dry.list("9zZzZzZzZzZz") }
        #expect(error.kind == .notFound)
        #expect(error.message.hasPrefix("the API knows no space \"9zZzZzZzZzZz\": "))
        #expect(error.help?.contains("known spaces: prod, staging") == true)
    }
}
