// How other threads reach the terminal's: messages under a lock, and a byte in a pipe that wakes its poll.
//
// Invariant: every continuation posted is resumed once, by the thread or, when it has ended, by `post`.

internal import CEditline
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

final class Mailbox: Sendable {
    enum Message: Sendable {
        case read(Prompt, LineEditor.Mode, CheckedContinuation<Outcome, Never>)
        case remember(String)
        case print(String)
        case quit(CheckedContinuation<Void, Never>)
    }

    private struct State {
        var messages: [Message] = []
        var reads = 0
        var isClosed = false
    }

    /// Readable while messages wait.
    let wake: Descriptor
    private let waker: Descriptor
    private let state = Mutex(State())

    /// nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wake = Descriptor(number: ends[0])
        waker = Descriptor(number: ends[1])
    }

    deinit {
        close(wake.number)
        close(waker.number)
    }

    func post(_ message: Message) {
        let isClosed = state.withLock { state in
            if state.isClosed { return true }
            if case .read = message { state.reads += 1 }
            state.messages.append(message)
            return false
        }
        if isClosed { Self.refuse(message) } else { waker.write("!") }
    }

    /// Writes to `output` at once, in the order of the caller's other output, unless a read waits: then the text is
    /// for the thread to put above the prompt.
    func print(_ text: String, to output: Descriptor) {
        let isLeft = state.withLock { state in
            if state.reads == 0 || state.isClosed {
                output.write(text)
                return false
            }
            state.messages.append(.print(text))
            return true
        }
        if isLeft { waker.write("!") }
    }

    func take() -> [Message] {
        _ = wake.read()
        return state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    func answer(_ continuation: CheckedContinuation<Outcome, Never>, _ outcome: Outcome) {
        state.withLock { $0.reads -= 1 }
        continuation.resume(returning: outcome)
    }

    /// No message is taken any more; those that wait are refused.
    func closeAndRefuse() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.messages = [] }
            return state.messages
        }
        for message in left { Self.refuse(message) }
    }

    private static func refuse(_ message: Message) {
        switch message {
        case .read(_, _, let continuation): continuation.resume(returning: .closed)
        case .quit(let continuation): continuation.resume()
        case .remember, .print: break
        }
    }
}
