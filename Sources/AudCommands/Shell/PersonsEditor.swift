import AudShell
import Subprocess

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// `:edit`: the editor that `$VISUAL` or `$EDITOR` names, else `vi`, on the person's terminal.
struct PersonsEditor: Sendable {
    var variables: ProcessVariables

    func edit(_ draft: ScriptFiles.Draft) async -> Result<String, ShellRefusal> {
        do throws(CommandError) {
            switch draft {
            case .file(let path):
                try await open(path)
                return .success("")
            case .text(let text): return .success(try await edited(text))
            }
        } catch {
            return .failure(ShellRefusal(error.message, help: error.help))
        }
    }

    /// The text after its editing, in a file that only its owner can read and that is gone afterwards.
    private func edited(_ text: String) async throws(CommandError) -> String {
        let folder = try Self.temporaryFolder(variables["TMPDIR"] ?? "/tmp")
        let path = folder + "/statement.aud"
        defer {
            unlink(path)
            rmdir(folder)
        }
        try FileReplacement.write(Array((text + "\n").utf8), to: path, mode: 0o600)
        try await open(path)
        guard let bytes = try GuardedFile.read(path, what: "statement", against: .nothing, limit: 1 << 20) else {
            throw CommandError("the editor has left no statement")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("what the editor has left is not UTF-8 text")
        }
        return text
    }

    private static func temporaryFolder(_ place: String) throws(CommandError) -> String {
        var name = Array((place + "/aud-XXXXXX").utf8CString)
        let made = name.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else {
            throw CommandError("cannot make a folder for the statement in \(Shown.path(place))", help: "look at TMPDIR")
        }
        return made
    }

    private func open(_ path: String) async throws(CommandError) {
        let editor = ["VISUAL", "EDITOR"].compactMap { variables[$0] }.first { !$0.isEmpty } ?? "vi"
        let terminal: FileDescriptor
        do {
            terminal = try FileDescriptor.open("/dev/tty", .readWrite, options: .closeOnExec)
        } catch {
            throw CommandError("there is no terminal for an editor")
        }
        defer { try? terminal.close() }
        do {
            // The variable is a command line, as for other programs; the name of the file is none and stays an argument.
            let result = try await TerminalLoan.during {
                try await Subprocess.run(
                    .path("/bin/sh"), arguments: ["-c", editor + " \"$1\"", "aud", path], environment: .withoutTokens,
                    input: .fileDescriptor(terminal, closeAfterSpawningProcess: false),
                    output: .fileDescriptor(terminal, closeAfterSpawningProcess: false),
                    error: .fileDescriptor(terminal, closeAfterSpawningProcess: false))
            }
            guard result.terminationStatus.isSuccess else {
                throw CommandError(
                    "the editor \(Shown.quoted(editor)) failed (\(result.terminationStatus)): nothing was taken from it",
                    help: "VISUAL or EDITOR names the editor")
            }
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError("cannot start the editor \(Shown.quoted(editor)): \(Shown.text("\(error)"))")
        }
    }
}

extension Environment {
    /// What programs get that need no token.
    static var withoutTokens: Environment {
        var tokens: [Key: String?] = [:]
        for name in TokenSources.variables { tokens[Key(stringLiteral: name)] = .some(nil) }
        return .inherit.updating(tokens)
    }
}
