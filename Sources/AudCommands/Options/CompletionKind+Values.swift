import ArgumentParser
import AudLanguage

/// Values that a person's own shell offers. It asks aud for them, which looks at files alone and sends nothing.
extension CompletionKind {
    static var profiles: CompletionKind { firstColumn(of: "profiles") }
    static var runs: CompletionKind { firstColumn(of: "runs") }
    /// Those that the usual profile names.
    static var spaces: CompletionKind {
        .shellCommand(#"aud -e "spaces() | map .name" --format ids 2>/dev/null"#)
    }
    static var codes: CompletionKind { .list(Code.allCases.map(\.rawValue)) }

    private static func firstColumn(of command: String) -> CompletionKind {
        .shellCommand("aud \(command) --format csv 2>/dev/null | tail -n +2 | cut -d, -f1")
    }
}
