// Colon commands and what stands behind them. An argument is the rest of the line as it stands, blanks and all: nothing is
// quoted there.

internal import AudLanguage

extension Completer {
    func command(_ bytes: ArraySlice<UInt8>) -> Completion {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let blank = bytes.firstIndex(of: UInt8(ascii: " ")) else {
            let candidates = ColonCommand.all.map { Candidate(":\($0.name)", label: $0.usage, detail: $0.summary) }
            return Completion(replaceFrom: bytes.startIndex, candidates: matching(text, candidates))
        }
        let name = String(decoding: bytes[..<blank].dropFirst(), as: UTF8.self)
        let start = bytes[blank...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
        let typed = String(decoding: bytes[start...], as: UTF8.self)
        let candidates: [Candidate] =
            switch ColonCommand.named(name)?.argument {
            case .format: matching(typed, words(OutputFormat.allCases.map(\.rawValue)))
            case .space: spaces(typed, ids: false) { $0 }
            case .topic: matching(typed, words(HelpTopic.names(in: context.library)))
            case .run:
                context.runs().map { Candidate("\($0.number)", detail: $0.detail) }.filter { $0.text.hasPrefix(typed) }
            case .file: files(typed)
            case .setting: matching(typed, words(ShellSetting.all.map(\.name)))
            case .profile: matching(typed, words(context.profiles))
            case nil, .nothing, .statement, .text: []
            }
        return Completion(replaceFrom: start, candidates: Array(candidates.prefix(Self.most)))
    }
}
