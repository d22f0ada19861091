// The first readable words of an HTML page, for a message. Good enough to recognise a proxy's or a login page; no parser.

import HTTPTypes

struct HTMLExcerpt {
    let text: String

    /// Nil when the answer is not HTML.
    init?(_ response: HTTPResponseMessage) {
        let start = String(decoding: response.body.prefix(4096), as: UTF8.self)
        let isMarked = response.headers[.contentType]?.lowercased().contains("html") ?? false
        guard isMarked || start.trimmingBlanks().hasPrefix("<") || start.lowercased().contains("<html") else {
            return nil
        }
        var words = ""
        var isInTag = false
        var tag = ""
        var hidden: String?
        for character in start {
            if isInTag {
                guard character == ">" else {
                    // A "<" inside a tag begins another one: scripts compare with it.
                    if character == "<" { tag = "" } else if tag.utf8.count < 10 { tag.append(character) }
                    continue
                }
                isInTag = false
                let name = tag.lowercased().prefix { $0.isLetter || $0 == "/" }
                if let open = hidden {
                    if name == "/" + open { hidden = nil }
                } else if name == "style" || name == "script" {
                    hidden = String(name)
                }
                words.append(" ")
            } else if character == "<" {
                isInTag = true
                tag = ""
            } else if hidden == nil {
                words.append(character)
            }
        }
        text = words.split(whereSeparator: \.isWhitespace).joined(separator: " ").shortened(to: 160)
    }
}
