import AudShell
import SegmentAudiences
import Testing

@testable import AudCommands

/// `config.yaml`: what it may say, and what is said about what it may not.
@Suite struct ConfigurationFileTests {
    private func read(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), path: "config.yaml")
    }

    private func refusal(_ text: String) -> String? {
        let error = #expect(throws: CommandError.self) { _ = try read(text) }
        return error.map { $0.message + ($0.help.map { " | " + $0 } ?? "") }
    }

    @Test func aWholeProfile() throws {
        let file = try read(
            """
            profile: acme
            profiles:
              acme:
                region: eu
                space: prod
                spaces:
                  prod: 9aQ1Lj62S4bomZKLF4DPqW
                  staging: 4fJrX
                token-command: [pass, segment/acme]
                api-version: v1
                limits:
                  update: 50/60s
                max-changes: 200
                max-removes: 0
                keep-for-shell: 1
                read-only: true
                color: never
                prompt-color: red
                confirm: always
              local:
                base-url: http://127.0.0.1:8089
            """)
        let acme = try file.profile(nil)
        #expect(acme.name == "acme")
        #expect(acme.region == .eu)
        #expect(acme.space == "prod")
        #expect(acme.spaces == ["prod": "9aQ1Lj62S4bomZKLF4DPqW", "staging": "4fJrX"])
        #expect(acme.tokenCommand == ["pass", "segment/acme"])
        #expect(acme.apiVersion == .v1)
        #expect(acme.limits == [.update: Limit(count: 50, window: .seconds(60), provenance: .profile)])
        #expect(acme.maxChanges == 200)
        #expect(acme.maxRemoves == 0)
        #expect(acme.keepForShell == 1)
        #expect(acme.readOnly)
        #expect(acme.color == .never)
        #expect(acme.promptColor == .red)
        #expect(acme.confirm == .always)
        #expect(try file.profile("local").baseURL == "http://127.0.0.1:8089")
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n"])
    func aFileWithoutSettingsIsFine(text: String) throws {
        #expect(try read(text).profile(nil).name == "default")
    }

    @Test func theOnlyProfileNeedsNoName() throws {
        #expect(try read("profiles:\n  acme:\n    region: us\n").profile(nil).name == "acme")
    }

    @Test func ofSeveralProfilesOneMustBeNamed() throws {
        let file = try read("profiles:\n  a:\n    region: us\n  b:\n    region: eu\n")
        let error = #expect(throws: CommandError.self) { try file.profile(nil) }
        #expect(error?.message == "there are several profiles: a, b")
    }

    @Test func anUnknownProfileNamesTheKnownOnes() throws {
        let file = try read("profiles:\n  acme:\n    region: us\n")
        let error = #expect(throws: CommandError.self) { try file.profile("acne") }
        #expect(error?.help == "it has: acme")
    }

    @Test(arguments: [
        ("profiles:\n  a:\n    regoin: us\n", "profiles.a.regoin", "did you mean region?"),
        ("profiles:\n  a:\n    region: asia\n", "profiles.a.region", "must be one of us, eu, not \"asia\""),
        (
            "profiles:\n  a:\n    limits:\n      update: 10\n", "profiles.a.limits.update",
            "calls/window, such as 10/60s"
        ),
        ("profiles:\n  a:\n    limits:\n      updat: 10/60s\n", "profiles.a.limits.updat", "did you mean update?"),
        (
            "profiles:\n  a:\n    token-command: pass segment\n", "profiles.a.token-command",
            "must be a list of arguments"
        ),
        ("profiles:\n  a:\n    max-changes: many\n", "profiles.a.max-changes", "must be a whole number"),
        ("profiles:\n  a:\n    max-changes: -1\n", "profiles.a.max-changes", "must be a whole number"),
        ("profiles:\n  a:\n    keep-for-shell: -1\n", "profiles.a.keep-for-shell", "must be a whole number"),
        ("profiles:\n  a:\n    read-only: sometimes\n", "profiles.a.read-only", "must be true or false"),
        ("profiles:\n  a:\n    prompt-color: pink\n", "profiles.a.prompt-color", "must be one of red, green"),
        ("profiles:\n  a:\n    confirm: never\n", "profiles.a.confirm", "must be one of normal, always"),
        ("profiles:\n  a:\n    spaces: prod\n", "profiles.a.spaces", "must be aliases with ids"),
        ("profiles:\n  a:\n    spaces:\n      prod: [x]\n", "profiles.a.spaces.prod", "must be a text, not a list"),
        (
            "profiles:\n  a:\n    region: us\n    base-url: https://x.example\n", "profiles.a",
            "both region and base-url"
        ),
        ("profile: [a]\n", "profile", "must be a text"),
        ("profles:\n  a:\n    region: us\n", "profles", "did you mean profiles?"),
        ("profiles: acme\n", "profiles", "settings under a name"),
        ("- a\n- b\n", "cannot read the configuration", "looks like this"),
        ("profiles: {a: {\n", "cannot read the configuration", "looks like this"),
    ])
    func aMistakeIsNamedWithItsKeyAndWhatWasExpected(text: String, key: String, expected: String) throws {
        let message = try #require(refusal(text))
        #expect(message.contains(key), "\(message)")
        #expect(message.contains(expected), "\(message)")
    }

    @Test func controlCharactersOfTheFileAreNotShownRaw() throws {
        let message = try #require(refusal("profiles:\n  a:\n    region: \"\\e[2J\"\n"))
        #expect(!message.unicodeScalars.contains("\u{1B}"))
    }

    @Test(arguments: [0o620, 0o602, 0o666] as [UInt32])
    func aFileThatOthersCanWriteIsRefused(mode: UInt32) throws {
        try TemporaryFolder.with { folder throws in
            let path = try folder.write("profiles:\n  a:\n    region: us\n", to: "config.yaml", mode: mode)
            let error = #expect(throws: CommandError.self) { _ = try ConfigurationFile.read(path) }
            #expect(error?.message.contains("others than you can change it") == true)
            #expect(error?.help == "chmod go-w \(path)")
        }
    }

    @Test func aFileThatOthersCanOnlyReadIsFine() throws {
        try TemporaryFolder.with { folder throws in
            let path = try folder.write("profiles:\n  a:\n    region: us\n", to: "config.yaml", mode: 0o644)
            #expect(try ConfigurationFile.read(path)?.profile(nil).region == .us)
        }
    }

    @Test func noFileIsNoConfiguration() throws {
        #expect(try ConfigurationFile.read("/nonexistent/aud/config.yaml") == nil)
    }
}
