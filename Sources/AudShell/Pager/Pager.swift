// The program that shows values which are longer than the screen. Only the shell has one: a script's output is for
// whoever asked for it.

package struct Pager: Sendable {
    package enum End: Sendable, Hashable {
        /// It was left, at the end or before.
        case left
        /// It did not run; a reason that follows "the pager `…`".
        case notStarted(String)
    }

    /// As a person wrote it: `less -S`.
    package var command: String
    /// Shows a text and returns when it is left.
    package var show: @Sendable (_ text: String) async -> End

    package init(command: String, show: @escaping @Sendable (_ text: String) async -> End) {
        self.command = command
        self.show = show
    }
}

extension Pager {
    /// The pager of an environment: `AUD_PAGER`, else `PAGER`, else `less` where there is one. Empty and `cat` are none.
    ///
    /// - Parameters:
    ///   - variables: looks a variable up.
    ///   - isProgram: whether there is a program of this name.
    package static func command(
        of variables: (String) -> String?, isProgram: (String) -> Bool
    ) -> String? {
        guard let command = variables("AUD_PAGER") ?? variables("PAGER") else {
            return isProgram("less") ? "less" : nil
        }
        let text = command.trimmed
        return text.isEmpty || text == "cat" ? nil : text
    }

    /// What a pager needs beside the environment of this process: `less` leaves at once when all fits, keeps colours and
    /// leaves the text on the screen, unless the person has chosen otherwise.
    package static func additions(to variables: (String) -> String?) -> [String: String] {
        var additions: [String: String] = [:]
        if variables("LESS") == nil { additions["LESS"] = "FRX" }
        if variables("LESSCHARSET") == nil { additions["LESSCHARSET"] = "utf-8" }
        return additions
    }
}
