// Where bytes leave the program. A reader that went away (`aud … | head -1`) is an everyday end and not an error; any
// other failure has words.

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Why bytes could not be written.
package enum WriteFailure: Error, Sendable, Hashable {
    /// Nobody reads them any more.
    case closedPipe
    /// The system's words, for example "No space left on device".
    case failed(String)
}

/// Something that takes bytes in order.
package protocol ByteSink: Sendable {
    /// Writes all bytes, or says why not.
    func write(_ bytes: [UInt8]) -> WriteFailure?
}

/// A file descriptor. The process ignores SIGPIPE, so that a closed pipe is an answer of `write` and not the end.
package struct FileDescriptorSink: ByteSink {
    let descriptor: Int32

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    package func write(_ bytes: [UInt8]) -> WriteFailure? {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var sent = 0
            while sent < buffer.count {
                let count = unistdWrite(descriptor, start + sent, buffer.count - sent)
                if count >= 0 {
                    sent += count
                    continue
                }
                switch errno {
                case EINTR: continue
                case EAGAIN: waitUntilWritable()
                case EPIPE: return .closedPipe
                default: return .failed(String(cString: strerror(errno)))
                }
            }
            return nil
        }
    }

    /// A terminal that another program left non-blocking.
    private func waitUntilWritable() {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = pollDescriptors(&poll, 1, -1)
    }
}

// The names of the C library are those of methods above.
private func unistdWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

private func pollDescriptors(_ descriptors: UnsafeMutablePointer<pollfd>, _ count: nfds_t, _ timeout: Int32) -> Int32 {
    poll(descriptors, count, timeout)
}
