import AudLanguage
import AudRuntime
import AudShell

/// A script that `:save` has written. Its first line has a digest of the rest, so that a file is written over only when
/// nobody has changed it since.
struct SavedScript: Sendable {
    private static let mark = "# aud session sha256:"

    var mask: SecretMask

    /// Checks the script as `aud check` would, and writes it.
    func save(_ script: String, to path: String) async -> ScriptFiles.Saving {
        do throws(CommandError) {
            // Masked text would be another script.
            guard mask.masked(script) == script else {
                throw CommandError("nothing was saved: the token is in a statement")
            }
            guard path.hasSuffix(".aud") else {
                throw CommandError("the name of a script ends in .aud", help: ":save \(Shown.path(path)).aud")
            }
            if let old = try GuardedFile.read(path, what: "script", against: .nothing), !old.isEmpty, !Self.isOurs(old)
            {
                throw CommandError(
                    "nothing was saved: \(Shown.path(path)) is there already, and it is not as :save has left it",
                    help: "name another file, or remove that one first")
            }
            let head = Self.mark + PlanDigest.sha256(of: Array(script.utf8)) + "\n"
            let text = head + script
            let session = Session(
                workspace: .unconnected, output: Nowhere(), modules: ModuleFolder(ofScript: path)?.loader)
            let check = await session.check(SourceFile(name: path, text: text), as: .file)
            guard check.chunk != nil else {
                let sources = await session.sources
                let errors = check.diagnostics.filter { $0.severity == .error }
                var places: [Int: String] = [:]
                for error in errors {
                    guard let span = error.span, sources[span]?.name == path else { continue }
                    places[Int(span.start) - head.utf8.count] = error.message
                }
                return .wrong(at: places, errors, sources)
            }
            try FileReplacement.write(Array(text.utf8), to: path, mode: 0o600)
            return .saved
        } catch {
            return .refused(ShellRefusal(error.message, help: error.help))
        }
    }

    private static func isOurs(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: mark.utf8), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        return bytes[mark.utf8.count..<end].elementsEqual(PlanDigest.sha256(of: Array(bytes[(end + 1)...])).utf8)
    }
}

/// The output of a session that only checks.
private struct Nowhere: AudRuntime.Output {
    func print(_ line: String) {}
    func show(_ value: Value, as format: String?, statement: Bool) {}
    func notice(_ notice: Notice) {}
    func confirm(_ question: String) async -> Bool? { nil }
}
