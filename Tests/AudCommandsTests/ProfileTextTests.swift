import Testing

@testable import AudCommands

/// A profile that is added to a configuration: everything else stays as it was, to the byte.
@Suite struct ProfileTextTests {
    private func added(to text: String?, _ change: (inout Profile) -> Void = { _ in }) throws -> String? {
        var profile = Profile(name: "acme")
        profile.region = .eu
        change(&profile)
        let bytes = try ProfileText(profile: profile).added(to: text.map { Array($0.utf8) }, path: "config.yaml")
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func aFirstConfiguration() throws {
        #expect(try added(to: nil) { $0.space = "9aQ1" } == "profiles:\n  acme:\n    region: eu\n    space: \"9aQ1\"\n")
        let other = try added(to: "") {
            $0.region = nil
            $0.baseURL = "http://127.0.0.1:8089"
        }
        #expect(other == "profiles:\n  acme:\n    base-url: \"http://127.0.0.1:8089\"\n")
    }

    @Test(arguments: [
        ("# mine\nprofile: b # usual\n", "# mine\nprofile: b # usual\nprofiles:\n  acme:\n    region: eu\n"),
        (
            "profiles: # all\n    # the first\n    b:\n        region: us # here\n",
            "profiles: # all\n    acme:\n      region: eu\n    # the first\n    b:\n        region: us # here\n"
        ),
        ("profiles:\n  b:\n    region: us", "profiles:\n  acme:\n    region: eu\n  b:\n    region: us\n"),
    ])
    func linesAreAddedAndNoneIsChanged(text: String, expected: String) throws {
        #expect(try added(to: text) == expected)
    }

    @Test(arguments: ["profiles: {b: {region: us}}\n", "\"profiles\":\n  b:\n    region: us\n"])
    func whatCannotBeAddedToIsLeftAlone(text: String) throws {
        #expect(try added(to: text) == nil)
    }

    @Test func whatWouldBeReadAsSomethingElseIsNotWritten() throws {
        for name in ["true", "null", "1"] {
            let text = try added(to: nil) { $0.name = name }
            if let text { #expect(try ConfigurationFile(Array(text.utf8), path: "c").profiles.keys.sorted() == [name]) }
        }
    }

    @Test(arguments: [
        ("acme", true), ("a.b-c_1", true), ("", false), (".a", false), ("-a", false), ("a/b", false), ("é", false),
    ])
    func namesOfTokens(name: String, isName: Bool) {
        #expect(TokenStore.isName(name) == isName)
    }
}
