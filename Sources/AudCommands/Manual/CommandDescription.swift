import ArgumentParser
import SegmentAudiences

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the argument parser knows of a command, as it describes it to other programs.
struct CommandDescription: Sendable {
    struct Argument: Sendable {
        /// As they are written: `--space`, `-e`. Of a positional one there is none.
        var names: [String]
        var value: String?
        var summary: String
        var section: String?
        var isRepeated: Bool
    }

    var name: String
    var summary: String
    var discussion: String?
    var arguments: [Argument]
    var commands: [CommandDescription]

    /// nil when the description is not in the form that is known here.
    static var aud: CommandDescription? {
        guard let dump = try? JSONDecoder().decode(JSONValue.self, from: Data(WholeCommand._dumpHelp().utf8)) else {
            return nil
        }
        return dump["command"].flatMap(CommandDescription.init)
    }

    private init?(_ dump: JSONValue) {
        guard let name = dump["commandName"]?.string else { return nil }
        self.name = name
        summary = dump["abstract"]?.string ?? ""
        discussion = dump["discussion"]?.string
        arguments = (dump["arguments"]?.array ?? []).compactMap(Argument.init)
        // The argument parser adds a command `help` to each.
        commands = (dump["subcommands"]?.array ?? []).compactMap(CommandDescription.init).filter { $0.name != "help" }
    }
}

extension CommandDescription.Argument {
    fileprivate init?(_ dump: JSONValue) {
        guard dump["shouldDisplay"]?.bool ?? true else { return nil }
        names = (dump["names"]?.array ?? []).compactMap { name in
            guard let text = name["name"]?.string else { return nil }
            return (name["kind"]?.string == "long" ? "--" : "-") + text
        }
        let kind = dump["kind"]?.string
        value = kind == "flag" ? nil : dump["valueName"]?.string
        summary = dump["abstract"]?.string ?? ""
        section = dump["sectionTitle"]?.string
        isRepeated = dump["isRepeating"]?.bool ?? false
    }
}
