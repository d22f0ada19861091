#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A server that takes requests and never answers: a call in it runs for as long as the client lets it.
final class TerminalSilentServer {
    enum Failure: Error {
        case system(String, Int32)
        case deadline(String)
    }

    let url: String
    private let listener: Int32
    private var connection: Int32 = -1

    init() throws {
        #if canImport(Glibc)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let listener = socket(AF_INET, stream, 0)
        guard listener >= 0 else { throw Failure.system("socket", errno) }
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let error = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) != 0 || listen(listener, 8) != 0
                    || getsockname(listener, address, &length) != 0
            }
        }
        self.listener = listener
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        if error { throw Failure.system("bind", errno) }
    }

    deinit {
        close(listener)
        if connection >= 0 { close(connection) }
    }

    /// Waits until a whole request without a body has arrived, and answers with its first line.
    func waitForRequest() throws -> String {
        try poll(listener, for: "a connection")
        connection = accept(listener, nil, nil)
        guard connection >= 0 else { throw Failure.system("accept", errno) }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        var text = ""
        while !text.hasSuffix("\r\n\r\n") {
            guard let more = try read() else { throw Failure.deadline("the end of the request \(text)") }
            text += more
        }
        return String(text.prefix { !$0.isNewline })
    }

    /// Waits until the client gives the connection up.
    func waitForHangUp() throws {
        while try read() != nil {}
    }

    /// Nil when the client has closed the connection.
    private func read() throws -> String? {
        try poll(connection, for: "the client")
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(connection, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// The deadline only turns a hang into a failure.
    private func poll(_ descriptor: Int32, for what: String) throws {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #if canImport(Darwin)
        let count = Darwin.poll(&polled, 1, 60_000)
        #elseif canImport(Musl)
        let count = Musl.poll(&polled, 1, 60_000)
        #else
        let count = Glibc.poll(&polled, 1, 60_000)
        #endif
        guard count > 0 else { throw count == 0 ? Failure.deadline(what) : Failure.system("poll", errno) }
    }
}
