// Colon commands and what stands behind them. An argument is the rest of the line as it stands, blanks and all: nothing is
// quoted there.

internal import AudLanguage

extension Completer {
    func command(_ line: ArraySlice<UInt8>, _ cursor: Int) -> Completion {
        let bytes = line[..<cursor]
        let text = String(decoding: bytes, as: UTF8.self)
        guard let blank = bytes.firstIndex(of: UInt8(ascii: " ")) else {
            let candidates = ColonCommand.all.map { Candidate(":\($0.name)", label: $0.usage, detail: $0.summary) }
            return Completion(replaceFrom: bytes.startIndex, candidates: matching(text, candidates))
        }
        let name = String(decoding: bytes[..<blank].dropFirst(), as: UTF8.self)
        let start = bytes[blank...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
        let typed = String(decoding: bytes[start...], as: UTF8.self)
        let candidates: [Candidate]
        switch ColonCommand.named(name)?.argument {
        case .format: candidates = matching(typed, words(OutputFormat.allCases.map(\.rawValue)))
        case .space: candidates = spaces(typed, ids: false) { $0 }
        case .topic: candidates = topics(typed)
        case .run:
            candidates = context.runs().map { Candidate("\($0.number)", detail: $0.detail) }
                .filter { $0.text.hasPrefix(typed) }
        case .file: candidates = files(typed)
        case .setting: return setting(bytes, start)
        case .profile: candidates = matching(typed, words(context.profiles))
        case .statement:
            var completion = statement(Array(line[start...]), cursor - start)
            completion.replaceFrom += start
            return completion
        case nil, .nothing, .text: candidates = []
        }
        return Completion(replaceFrom: start, candidates: Array(candidates.prefix(Self.most)))
    }

    /// `:set NAME VALUE`
    private func setting(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Completion {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: " "))
        let name = String(decoding: bytes[start..<(end ?? bytes.endIndex)], as: UTF8.self)
        guard let end else {
            return Completion(
                replaceFrom: start, candidates: matching(name, words(ShellSetting.all.map(\.name))))
        }
        let place = bytes[end...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
        let typed = String(decoding: bytes[place...], as: UTF8.self)
        return Completion(
            replaceFrom: place, candidates: matching(typed, words(ShellSetting.named(name)?.choices ?? [])))
    }

    private func topics(_ typed: String) -> [Candidate] {
        matching(typed, words(HelpTopic.names(in: context.library)))
    }

    /// `help NAME`, as long as no text has bound `help`; nil for everything else.
    func topic(_ bytes: ArraySlice<UInt8>) -> Completion? {
        let word = "help"
        guard bytes.starts(with: (word + " ").utf8), !context.names.contains(word) else { return nil }
        let start = bytes[word.utf8.count...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
        let typed = String(decoding: bytes[start...], as: UTF8.self)
        guard !typed.contains(where: \.isWhitespace) else { return nil }
        return Completion(replaceFrom: start, candidates: Array(topics(typed).prefix(Self.most)))
    }
}
