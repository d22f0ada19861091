// Reads a plan file, line by line, and trusts no byte of it: every line must be what the writer wrote, to the byte, but
// for lines that are gone. Line ends may have become those of another system.

internal import AudLanguage

struct PlanReader {
    private(set) var origin = PlanOrigin(host: "", time: 0)
    private(set) var plan = Plan()
    private(set) var total = 0
    private let lines: [ArraySlice<UInt8>]
    private var spaces: [String: Space] = [:]

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
    }

    mutating func read() throws(PlanFileError) {
        try checkVersion()
        let end = try readHeader()
        var last = 0
        for index in (end + 1)..<max(end + 1, lines.count) where !lines[index].isEmpty {
            let call = try call(lines[index], at: index + 1)
            if call.number == last {
                throw PlanFileError("call #\(last) is there twice", line: index + 1, help: Self.rule)
            }
            if call.number < last {
                throw PlanFileError(
                    "call #\(call.number) stands behind #\(last), where it was not", line: index + 1, help: Self.rule)
            }
            last = call.number
            plan.calls.append(call)
        }
        let kept = Set(plan.calls.map(\.number))
        plan.deleted = (1...max(1, total)).filter { $0 <= total && !kept.contains($0) }
    }

    private static let rule =
        "a line may be deleted and nothing else; to change the plan, change the script and plan again"

    // MARK: The header

    private func checkVersion() throws(PlanFileError) {
        var cursor = PlanCursor(lines.first ?? [])
        guard cursor.skip(PlanFile.mark) else {
            throw PlanFileError("it is no plan", help: "a plan is what `aud plan FILE -o NAME` writes")
        }
        guard let version = cursor.number() else {
            throw PlanFileError("the version of the plan cannot be read", line: 1, help: Self.rule)
        }
        guard version == PlanFile.version else {
            throw PlanFileError(
                "the plan has the format \(version), and this aud reads format \(PlanFile.version)", line: 1,
                help: version > PlanFile.version
                    ? "a later aud made it: send it with that one, or plan again" : "plan again")
        }
    }

    /// Reads the header and answers with the place of its last line.
    private mutating func readHeader() throws(PlanFileError) -> Int {
        guard let end = lines.firstIndex(where: { $0.starts(with: Array("# head ".utf8)) }) else {
            throw PlanFileError("the header of the plan has no end", help: Self.rule)
        }
        let digest = "# head " + PlanDigest.header(Array(lines[..<end]))
        guard lines[end].elementsEqual(digest.utf8) else {
            throw PlanFileError("the header is not as it was written", line: end + 1, help: Self.rule)
        }
        for index in lines[..<end].indices.dropFirst(2) {
            guard readFact(lines[index]) else {
                throw PlanFileError("the header has a line that cannot be read", line: index + 1, help: Self.rule)
            }
        }
        guard plan.id != nil, !origin.host.isEmpty else {
            throw PlanFileError("the header is not whole", line: end + 1, help: Self.rule)
        }
        return end
    }

    private mutating func readFact(_ line: ArraySlice<UInt8>) -> Bool {
        var cursor = PlanCursor(line)
        guard cursor.skip("# "), let word = cursor.word(), cursor.skip(" ") else { return false }
        switch word {
        case "id":
            guard let id = cursor.word() else { return false }
            plan.id = id
        case "script":
            guard let name = cursor.string(), cursor.skip(" sha256:"), let hash = cursor.word() else { return false }
            origin.scripts.append(PlanOrigin.Script(name: name, sha256: hash))
        case "param":
            guard let name = cursor.string(), cursor.skip(" "), let text = cursor.string() else { return false }
            origin.parameters.append(PlanOrigin.Parameter(name: name, text: text))
        case "host":
            guard let host = cursor.string() else { return false }
            origin.host = host
        case "space":
            guard let id = cursor.string() else { return false }
            let alias = cursor.skip(" ") ? cursor.string() : nil
            spaces[id] = Space(id: id, alias: alias)
        case "time":
            guard let time = cursor.date() else { return false }
            origin.time = time
        case "calls":
            guard let count = cursor.number() else { return false }
            total = count
        case "incomplete", "question", "simulated":
            guard let text = cursor.string() else { return false }
            switch word {
            case "incomplete": plan.incomplete.append(text)
            case "question": plan.questions.append(text)
            default: plan.simulated.append(text)
            }
        default: return false
        }
        return cursor.isAtEnd
    }

    // MARK: The calls

    private func call(_ line: ArraySlice<UInt8>, at number: Int) throws(PlanFileError) -> PlannedCall {
        let altered = PlanFileError("the line is not as it was written", line: number, help: Self.rule)
        var cursor = PlanCursor(line)
        guard let head = cursor.call() else { throw altered }
        let written = line[line.startIndex..<cursor.place]
        guard cursor.skip("  #"), let place = cursor.number(), cursor.skip(":"), let digest = cursor.word(),
            cursor.skip(" ")
        else { throw altered }
        let comment = line[cursor.place...]
        guard place >= 1, place <= total,
            digest == PlanDigest.line(id: plan.id ?? "", number: place, call: written, comment: comment),
            let (name, source) = Self.reason(comment)
        else { throw altered }
        return PlannedCall(head, number: place, name: name, source: source, space: spaces[head.space])
    }

    /// `NAME · SOURCE`
    private static func reason(_ comment: ArraySlice<UInt8>) -> (name: String?, source: String)? {
        let separator = Array(" \(PlanText.separator) ".utf8)
        guard let range = comment.firstRange(of: separator),
            let source = PlanText.unescaped(comment[range.upperBound...])
        else { return nil }
        let name = comment[..<range.lowerBound]
        if name.elementsEqual("-".utf8) { return (nil, source) }
        return PlanText.unescaped(name).map { ($0, source) }
    }
}

extension PlannedCall {
    /// A call as its line says it. The audience is known as far as the line knows it.
    fileprivate init(_ head: PlanCursor.Call, number: Int, name: String?, source: String, space: Space?) {
        self.init(
            number: number, verb: head.verb, space: space ?? Space(id: head.space), id: head.id, audience: nil,
            before: ChangeSubject.state(head.enabled.map { .bool($0) } ?? .null),
            after: ChangeSubject.state(after: head.verb), source: source,
            // No text of the session has this call.
            span: Span(file: .max, start: 0, end: 0), policy: head.policy)
        self.name = name
        key = head.key
        expectation = Expectation(
            name: name, key: head.key, enabled: head.enabled, state: head.state, updatedAt: head.updatedAt)
    }
}
