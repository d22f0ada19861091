import SegmentAudiences
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `--trace FILE`: a line of JSON for each HTTP exchange. Headers and bodies are not in it, the token is masked, and only
/// the owner can read the file. It is opened at the first request; a run without one leaves no file.
final class TraceFile: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32?>(nil)

    init(_ path: String) {
        self.path = path
    }

    deinit {
        if let descriptor = descriptor.withLock({ $0 }) { close(descriptor) }
    }

    func open() throws(CommandError) {
        let opened = Platform.create(path, mode: 0o600)
        guard opened >= 0 else {
            throw CommandError("cannot write the trace \(Shown.path(path)): \(GuardedFile.reason(errno))")
        }
        // A file that was there before keeps its mode when it is opened.
        fchmod(opened, 0o600)
        descriptor.withLock { $0 = opened }
    }

    func write(_ exchange: Exchange, masking mask: SecretMask) {
        let path = exchange.target
        var fields: [(String, JSONValue)] = [
            ("time", .string(exchange.sentAt.iso8601)), ("method", .string(exchange.method)), ("path", .string(path)),
            ("status", exchange.status.map { .int(Int64($0)) } ?? .null),
            ("ms", .double(Self.milliseconds(exchange.duration))),
            ("wait", .double(Self.milliseconds(exchange.waited))), ("attempt", .int(Int64(exchange.attempt))),
            ("bytes", .int(Int64(exchange.bytes))),
        ]
        if let failure = exchange.failure { fields.append(("failure", .string(failure))) }
        if let id = exchange.requestID { fields.append(("request", .string(id))) }
        let body = fields.map { "\(JSONValue.string($0).text):\($1.text)" }.joined(separator: ",")
        let line = Array((mask.masked("{\(body)}") + "\n").utf8)
        descriptor.withLock { descriptor in
            guard let descriptor else { return }
            _ = line.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        ((duration / .milliseconds(1)) * 100).rounded() / 100
    }
}
