import SegmentAudiences

/// A new profile as text of a configuration, and the configuration with it. Comments and layout of what is there stay:
/// lines are added and none is changed. Whoever writes the result reads it again first (`adding`).
struct ProfileText: Sendable {
    var profile: Profile

    /// The lines of the profile, each indented by so many blanks.
    func lines(indent: Int = 2) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines = ["\(margin)\(profile.name):"]
        if let url = profile.baseURL {
            lines.append("\(margin)  base-url: \(JSONValue.string(url).text)")
        } else {
            lines.append("\(margin)  region: \((profile.region ?? .us).rawValue)")
        }
        if let space = profile.space { lines.append("\(margin)  space: \(JSONValue.string(space).text)") }
        return lines
    }

    /// The configuration with the profile; nil when it is written in a way in which no line can be added.
    func added(to bytes: [UInt8]?, path: String) throws(CommandError) -> [UInt8]? {
        let old = try bytes.map { bytes throws(CommandError) in try ConfigurationFile(bytes, path: path) }
        let text = String(decoding: bytes ?? [], as: UTF8.self)
        let result = Array(inserted(into: text).utf8)
        // The proof is in the reading: everything else is as it was, and the profile is as it was meant.
        guard let new = try? ConfigurationFile(result, path: path), new.preferred == old?.preferred else { return nil }
        var wanted = old?.profiles ?? [:]
        wanted[profile.name] = profile
        return new.profiles == wanted ? result : nil
    }

    private func inserted(into text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let place = lines.firstIndex(where: { Self.isKey($0, "profiles") }) else {
            let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
            return text + end + (["profiles:"] + self.lines()).joined(separator: "\n") + "\n"
        }
        let first = lines[(place + 1)...].first { line in
            let body = line.drop { $0 == " " }
            return !body.isEmpty && body.first != "#"
        }
        let indent = first.map { $0.prefix { $0 == " " }.count } ?? 2
        lines.insert(contentsOf: self.lines(indent: indent > 0 ? indent : 2), at: place + 1)
        let result = lines.joined(separator: "\n")
        return result.hasSuffix("\n") ? result : result + "\n"
    }

    /// Whether a line is a key without a value, perhaps with a comment.
    private static func isKey(_ line: String, _ key: String) -> Bool {
        guard line.hasPrefix(key + ":") else { return false }
        let rest = line.dropFirst(key.count + 1).drop { $0 == " " || $0 == "\r" }
        return rest.isEmpty || rest.first == "#"
    }
}
