// A shell of brackets for the tests of the terminal: a statement is complete when its brackets are closed, and is echoed.
//
//   crash, abort, trap   end the process by a signal while a line is edited (called from the host, on Enter)
//   wait                 runs until it is interrupted
//   say TEXT             posts TEXT as a message while the next line is edited
//   ask                  asks a question
//   exit                 ends through `exit`, without quitting the terminal

import AudShell
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct Brackets: EditorHost {
    func status(of text: String) -> StatementStatus {
        switch text {
        case "crash": raise(SIGSEGV)
        case "abort": abort()
        case "trap": fatalError("trap")
        default: break
        }
        var open: [Character] = []
        for character in text {
            if "([{".contains(character) { open.append(character) }
            if ")]}".contains(character), open.popLast() == nil { return .hopeless }
        }
        guard let last = open.last else { return .complete }
        return .incomplete(indent: 2 * open.count, open: String(last))
    }

    func complete(_ text: String, at cursor: Int) -> Completion {
        let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
        let start =
            before.lastIndex { !($0.isLetter || $0 == "\"") }.map { before.index(after: $0) } ?? before.startIndex
        let names = ["disable", "discard", "enable", "\"Summer \\\"hot\\\" list\"", "\"Summer 不\""]
        return Completion(
            replaceFrom: before.utf8.distance(from: before.startIndex, to: start),
            candidates: names.filter { $0.hasPrefix(before[start...]) }.map { Candidate($0, detail: "name") })
    }

    func style(_ text: String, cursor: Int?) -> [StyledRun] {
        text.utf8.enumerated().filter { "()[]{}".utf8.contains($0.element) }
            .map { StyledRun($0.offset..<$0.offset + 1, Style(.cyan, bold: true)) }
    }

    func hint(for text: String) -> Hint? {
        let whole = "enable(\"all\")"
        return whole.hasPrefix(text) && whole != text ? Hint(String(whole.dropFirst(text.count))) : nil
    }
}

let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
switch CommandLine.arguments.dropFirst().first {
case "typing":
    Typing.measure(lines: numbers)
    exit(0)
case "completing":
    Completing.measure(audiences: numbers.first ?? 20_000)
    exit(0)
default: break
}
let terminal = TerminalThread.start(host: Brackets(), history: ["first", "list(\n  one\n)", "last 不"])
let running = Mutex<CheckedContinuation<Void, Never>?>(nil)
let watcher = Task {
    for await signal in terminal.signals where signal == .interrupt {
        running.withLock { waiting in
            waiting?.resume()
            waiting = nil
        }
    }
}
let prompt = Prompt("demo> ", continuation: { StyledText("   \($0.isEmpty ? "." : $0)> ") })
var hasEnded = false
while !hasEnded {
    switch await terminal.read(prompt) {
    case .statement("exit"): exit(7)
    case .statement("wait"):
        await withCheckedContinuation { continuation in
            running.withLock { $0 = continuation }
            print("waiting")
            fflush(nil)
        }
        print("interrupted")
    case .statement("ask"): print("answer \(await terminal.ask(Prompt("sure? ")))")
    case .statement(let text) where text.hasPrefix("say "):
        terminal.remember(text)
        Task {
            terminal.print("message \(text.dropFirst(4))\n")
        }
    case .statement(let text):
        terminal.remember(text)
        print("ran \(text.debugDescription)")
    case .interrupted: print("cancelled")
    case .end:
        print("bye")
        hasEnded = true
    case .closed: hasEnded = true
    }
    fflush(nil)
}
await terminal.quit()
watcher.cancel()
