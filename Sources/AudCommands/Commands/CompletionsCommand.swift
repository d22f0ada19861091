package import ArgumentParser

/// `aud completions SHELL`.
package struct CompletionsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Write what makes a shell complete the commands and options of aud.",
        discussion: """
            bash: aud completions bash > ~/.local/share/bash-completion/completions/aud
            zsh: aud completions zsh > DIR/_aud, where DIR is in fpath
            fish: aud completions fish > ~/.config/fish/completions/aud.fish
            """
    )

    @Argument(help: "The shell: bash, zsh or fish.")
    package var shell: ShellName

    package init() {}
}

/// A shell that is completed in.
package enum ShellName: String, ExpressibleByArgument, CaseIterable, Sendable {
    case bash, zsh, fish

    var completionShell: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
