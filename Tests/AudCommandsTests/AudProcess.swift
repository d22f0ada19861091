import Subprocess

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// The built program as a process of its own, without a terminal and without anything of the person who runs the tests.
struct AudProcess {
    /// How it ended.
    struct Result {
        /// The exit code; nil when a signal ended the process.
        var code: Int32?
        var output: String
        var errors: String
    }

    var home: TemporaryFolder
    var variables: [String: String] = [:]

    /// The program lies beside the tests.
    static let path: String = {
        let arguments = CommandLine.arguments
        var bundle = arguments[0]
        if let place = arguments.firstIndex(of: "--test-bundle-path"), place + 1 < arguments.count {
            bundle = arguments[place + 1]
        }
        var folder = bundle[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if FileManager.default.isExecutableFile(atPath: folder + "/aud") { return folder + "/aud" }
        }
        return "aud"
    }()

    func run(_ arguments: String..., input: String = "") async throws -> Result {
        try await run(Self.path, arguments, input: Array(input.utf8))
    }

    func run(_ arguments: [String], input: [UInt8]) async throws -> Result {
        try await run(Self.path, arguments, input: input)
    }

    /// Runs `aud` in a shell's command line, where it is called `$AUD`.
    func shell(_ command: String) async throws -> Result {
        try await run("/bin/sh", ["-c", command], input: [])
    }

    private func run(_ program: String, _ arguments: [String], input: [UInt8]) async throws -> Result {
        var environment: [Environment.Key: String] = [
            "PATH": "/usr/bin:/bin", "HOME": home.path, "AUD": Self.path, "XDG_CONFIG_HOME": home.path + "/config",
            "XDG_STATE_HOME": home.path + "/state",
        ]
        for (name, value) in variables { environment[Environment.Key(stringLiteral: name)] = value }
        var options = PlatformOptions()
        // A session of its own has no terminal to ask at.
        options.createSession = true
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom(environment),
            platformOptions: options, input: .array(input), output: .bytes(limit: 64 << 20),
            error: .bytes(limit: 64 << 20))
        let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return Result(
            code: code, output: String(decoding: result.standardOutput, as: UTF8.self),
            errors: String(decoding: result.standardError, as: UTF8.self))
    }
}
