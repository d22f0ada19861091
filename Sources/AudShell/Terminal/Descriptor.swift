// File descriptors: whole writes, reads of what is there, and waiting.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

// Under their own names the methods below would hide them.
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = read
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = write

struct Descriptor: Sendable, Hashable {
    let number: Int32

    static let standardInput = Descriptor(number: 0)
    static let standardError = Descriptor(number: 2)

    var isTerminal: Bool { isatty(number) == 1 }

    /// Writes all of it. What a closed terminal does not take is lost; the reader will see the hang-up.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeBufferPointer(rebasing: bytes[...])
            while !rest.isEmpty {
                let count = systemWrite(number, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno == EAGAIN {
                    _ = Self.wait([self], for: POLLOUT, milliseconds: nil)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    enum Read {
        case bytes([UInt8])
        case end
        case failed
        /// A signal came first.
        case nothing
    }

    /// What is there, waiting for something to be.
    func read(atMost limit: Int = 65_536) -> Read {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            count = systemRead(number, buffer.baseAddress, buffer.count)
            initialized = max(0, count)
        }
        if count > 0 { return .bytes(bytes) }
        if count == 0 { return .end }
        return errno == EINTR || errno == EAGAIN ? .nothing : .failed
    }

    /// The descriptors that can be read, or have hung up; none when the time is over or a signal came.
    static func wait(readable descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        wait(descriptors, for: POLLIN, milliseconds: milliseconds)
    }

    private static func wait(_ descriptors: [Descriptor], for event: Int32, milliseconds: Int?) -> [Descriptor] {
        var polled = descriptors.map { pollfd(fd: $0.number, events: Int16(event), revents: 0) }
        let count = poll(&polled, nfds_t(polled.count), milliseconds.map { Int32($0) } ?? -1)
        guard count > 0 else { return [] }
        return zip(descriptors, polled).filter { $0.1.revents != 0 }.map(\.0)
    }
}
