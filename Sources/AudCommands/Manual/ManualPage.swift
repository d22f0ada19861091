import ArgumentParser
import AudRuntime

/// The manual page, from the tables that also read the command line. In the macros of man(7), which every system has.
enum ManualPage {
    /// The lines; nil when the argument parser describes its commands in a way that is not known.
    static var lines: [String]? {
        guard let aud = CommandDescription.aud else { return nil }
        let groups = Set(aud.arguments.compactMap(\.section))
        var lines = [
            ".TH AUD 1 \"\" \"aud \(Version.current)\" \"User Commands\"", ".SH NAME",
            "aud \\- \(text(lowercased(aud.summary)))", ".SH SYNOPSIS", ".nf",
        ]
        lines += usage.map(line) + [".fi", ".SH DESCRIPTION"]
        lines += [line(aud.discussion ?? "")]
        lines += [".SH OPTIONS", "Most commands take these, in the groups that they name."]
        lines += sections(aud.arguments)
        lines.append(".SH COMMANDS")
        for command in aud.commands { lines += section(command, path: "aud", groups: groups) }
        lines += [".SH EXIT STATUS"]
        for code in AudRuntime.ExitCode.allCases { lines += [".TP", ".B \(code.rawValue)", line(code.meaning)] }
        lines += [".TP", ".B 141", line("Nobody read the output any more.")]
        lines += [".SH FILES"]
        for (file, meaning) in files { lines += [".TP", ".I \(text(file))", line(meaning)] }
        lines += [".SH ENVIRONMENT"]
        for (name, meaning) in variables { lines += [".TP", ".B \(text(name))", line(meaning)] }
        return lines
    }

    private static var usage: [String] {
        (AudCommand.configuration.usage ?? "aud").split(separator: "\n").map(String.init)
    }

    private static let files = [
        ("$XDG_CONFIG_HOME/aud/config.yaml", "Profiles. Without the variable, ~/.config is the folder."),
        ("$XDG_CONFIG_HOME/aud/init.aud", "What the shell runs before its first prompt. It may change nothing."),
        ("$XDG_STATE_HOME/aud/state.sqlite", "Runs, calls that count against the limits, and history."),
        ("$XDG_STATE_HOME/aud/tokens/", "The tokens that aud login keeps, one file for each profile."),
    ]

    private static let variables = [
        ("SEGMENT_TOKEN, PUBLIC_API_TOKEN", "The token, before what the profile says."),
        ("AUD_PAGER, PAGER", "What shows values that are longer than the screen, instead of less. Empty: nothing."),
        ("VISUAL, EDITOR", "The editor of :edit."), ("EDITRC", "Key bindings of the shell, instead of ~/.editrc."),
        ("NO_COLOR", "Any text in it turns colours off."),
    ]

    private static func section(_ command: CommandDescription, path: String, groups: Set<String>) -> [String] {
        let path = "\(path) \(command.name)"
        guard command.commands.isEmpty else {
            return command.commands.flatMap { section($0, path: path, groups: groups) }
        }
        let own = command.arguments.filter { $0.section.map { !groups.contains($0) } ?? true }
        let positional = own.filter(\.names.isEmpty).map { " \($0.value ?? "")\($0.isRepeated ? "…" : "")" }
        var lines = [".SS \(quoted(path + positional.joined()))", line(command.summary)]
        if let discussion = command.discussion { lines += [".PP", line(discussion)] }
        lines += entries(own)
        var shared: [String] = []
        for case let title? in command.arguments.map(\.section) where groups.contains(title) && !shared.contains(title)
        {
            shared.append(title)
        }
        if !shared.isEmpty { lines += [".PP", line("Takes the options of \(shared.joined(separator: ", ")).")] }
        return lines
    }

    private static func sections(_ arguments: [CommandDescription.Argument]) -> [String] {
        var lines: [String] = []
        var title: String?
        for argument in arguments {
            if argument.section != title, let next = argument.section { lines.append(".SS \(quoted(next))") }
            title = argument.section
            lines += entries([argument])
        }
        return lines
    }

    private static func entries(_ arguments: [CommandDescription.Argument]) -> [String] {
        arguments.flatMap { argument -> [String] in
            let names = argument.names.map { "\\fB\(text($0))\\fR" }.joined(separator: ", ")
            let value = argument.value.map { "\\fI\(text($0))\\fR" } ?? ""
            return [".TP", names + (names.isEmpty || value.isEmpty ? "" : " ") + value, line(argument.summary)]
        }
    }

    // MARK: - roff

    private static func lowercased(_ summary: String) -> String {
        let start = summary.prefix(1).lowercased() + summary.dropFirst()
        return start.hasSuffix(".") ? String(start.dropLast()) : start
    }

    private static func quoted(_ title: String) -> String {
        "\"" + text(title).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq") + "\""
    }

    /// A line of text; what would begin a request does not.
    private static func line(_ words: String) -> String {
        words.split(separator: "\n", omittingEmptySubsequences: true).map { part in
            let shown = text(String(part))
            return shown.hasPrefix(".") || shown.hasPrefix("'") ? "\\&" + shown : shown
        }.joined(separator: "\n.br\n")
    }

    private static func text(_ words: String) -> String {
        var result = ""
        for character in words {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "…": result += "..."
            default: result.append(character)
            }
        }
        return result
    }
}

extension AudRuntime.ExitCode {
    /// What the code says, for the manual page.
    fileprivate var meaning: String {
        switch self {
        case .done: "Done, or nothing to change."
        case .script: "An error of the script or of the command line."
        case .pending: "There is something to change (aud plan --detailed)."
        case .someFailed: "Some items failed."
        case .authentication: "Authentication."
        case .refused: "Refused: a cap, an expectation, or no confirmation."
        case .drifted: "Some audiences had drifted and were left alone."
        case .unknown: "Nobody knows whether a change was made."
        case .service: "The API or the network failed."
        case .outOfBudget: "Out of time, steps, memory or requests."
        case .interrupted: "Interrupted."
        }
    }
}
