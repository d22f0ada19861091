package import ArgumentParser

/// `aud`: the shell, `-e TEXT`, and standard input when it is no terminal.
package struct AudCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "aud",
        abstract: "A scriptable shell for Segment audiences.",
        usage: """
            aud [options]                open the shell; run a script on standard input
            aud -e TEXT [options]        run a text
            aud run FILE [options]       run a script (also: aud FILE)
            aud plan FILE [options]      show what a script would change; save it with -o
            aud apply PLAN [options]     send a saved plan
            aud check FILE…              look for errors in scripts
            aud explain CODE             what an error means, with examples
            aud fmt [FILE…]              give scripts their one layout
            aud limits [options]         the rate limits and what is used of them
            aud runs [show RUN]          what was sent, and how far it is
            aud resume RUN               go on with a run that was interrupted
            aud undo RUN [options]       show what takes a run back; send it with --apply
            aud banked [RUN]             audiences as they were before their removal
            aud login [PROFILE]          keep a token for a profile; aud logout forgets it
            aud profiles                 the profiles of the configuration
            aud sandbox serve [options]  serve a simulated workspace
            aud completions SHELL        what makes bash, zsh or fish complete aud
            aud manual                   the manual page
            aud help NAME                a command, or a word of the language
            """,
        discussion: """
            Changes are recorded and shown, and nothing is sent, unless --apply or --live says so. \
            --sandbox works in a simulated workspace and needs no account.
            """,
        version: "aud \(Version.current)"
    )

    @Option(
        name: .customShort("e"), parsing: .unconditional, help: ArgumentHelp("Run this text.", valueName: "text")
    )
    package var text: String?

    @Flag(name: .customLong("no-init"), help: "Open the shell without its start-up file, init.aud.")
    package var withoutInit = false

    @OptionGroup
    package var arguments: SessionArguments

    package init() {}
}
