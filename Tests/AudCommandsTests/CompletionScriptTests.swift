import ArgumentParser
import Testing

@testable import AudCommands

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The scripts that make shells complete aud, and the manual page. Each is tried by the program that reads it, where there
/// is one.
@Suite struct CompletionScriptTests {
    private static func isThere(_ program: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
    }

    /// What bash offers for a command line whose last word is being typed.
    private func bash(_ words: [String]) async throws -> [String] {
        try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder)
            try folder.write(try await aud.run("completions", "bash").output, to: "aud.bash")
            try folder.write("", to: "mine.aud")
            try folder.write(
                "profiles:\n  acme:\n    space: prod\n    spaces: {prod: 9aQ1Lj62S4bomZKLF4DPqW}\n",
                to: "config/aud/config.yaml")
            let list = words.map { "'\($0)'" }.joined(separator: " ")
            try folder.write(
                """
                cd \(folder.path) && source ./aud.bash
                PATH=${AUD%/*}:$PATH
                function=$(complete -p aud | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                COMP_WORDS=(\(list)) COMP_CWORD=\(words.count - 1)
                COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
                $function aud "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                printf '%s\\n' "${COMPREPLY[@]}"
                # `aud FILE`: where nothing is offered, files are.
                complete -p aud | grep -q -e '-o default'
                """, to: "try.bash")
            let result = try await aud.shell("bash \(folder.path)/try.bash")
            #expect(result.code == 0, "\(result.errors)")
            return result.output.split(separator: "\n").map { String($0).trimmingBlanks }
        }
    }

    @Test(
        .enabled(if: isThere("bash")),
        arguments: [
            (["aud", "res"], ["resume"]), (["aud", "pro"], ["profiles"]), (["aud", "--sandb"], ["--sandbox"]),
            (["aud", "run", "--dry"], ["--dry-run"]), (["aud", "undo", "--max-rem"], ["--max-removes"]),
            (["aud", "--sandbox", "--no-"], ["--no-init"]), (["aud", "runs", "sh"], ["show"]),
            (["aud", "sandbox", "se"], ["serve"]), (["aud", "run", "mi"], ["mine.aud"]),
            (["aud", "completions", "fi"], ["fish"]), (["aud", "run", "--format", "nd"], ["ndjson"]),
            (["aud", "--profile", "a"], ["acme"]), (["aud", "run", "--space", "p"], ["prod"]),
            (["aud", "login", "ac"], ["acme"]), (["aud", "explain", "W9002"], ["W9002"]),
        ])
    func bashCompletes(words: [String], expected: [String]) async throws {
        #expect(try await bash(words) == expected)
    }

    @Test func bashOffersFilesWhereNoCommandFits() async throws {
        try await TemporaryFolder.with { folder async throws in
            let script = try await AudProcess(home: folder).run("completions", "bash").output
            #expect(script.hasSuffix("complete -o filenames -o default -F _aud aud\n"))
        }
    }

    @Test(arguments: ["zsh", "fish"])
    func otherShellsCanReadTheirs(shell: String) async throws {
        let result = try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder)
            let script = try await aud.run("completions", shell)
            #expect(script.code == 0 && script.output.contains("resume") && script.output.contains("no-init"))
            try folder.write(script.output, to: "script")
            guard Self.isThere(shell) else { return script }
            return try await aud.shell("\(shell) -n \(folder.path)/script")
        }
        #expect(result.code == 0, "\(result.errors)")
    }

    @Test func thereIsNoOtherShell() async throws {
        let result = try await TemporaryFolder.with { folder async throws in
            try await AudProcess(home: folder).run("completions", "csh")
        }
        #expect(result.code == 1)
    }

    // MARK: The manual page

    @Test func theManualHasEveryCommandAndOption() throws {
        let text = try #require(ManualPage.lines).joined(separator: "\n")
        for command in CommandTree.configuration.subcommands {
            let name = try #require(command.configuration.commandName)
            #expect(text.contains(".SS \"aud \(name)"), "\(name)")
        }
        for option in Program.order.valued where option.hasPrefix("--") {
            #expect(text.contains("\\fB" + option.replacing("-", with: "\\-") + "\\fR"), "\(option)")
        }
        #expect(!text.contains("\n'") && text.split(separator: "\n").allSatisfy { !$0.hasPrefix(". ") })
    }

    @Test(.enabled(if: isThere("groff"))) func theManualIsGoodRoff() async throws {
        try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder)
            try folder.write(try await aud.run("manual").output, to: "aud.1")
            let result = try await aud.shell("groff -man -ww -Tutf8 \(folder.path)/aud.1")
            #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(result.output.contains("a scriptable shell for Segment audiences"))
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
