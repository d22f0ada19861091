import AudShell
import SegmentAudiences
import Synchronization

/// Masks the token in everything that leaves the process, from the moment the token is known.
final class SecretMask: Sendable {
    private let redactor = Mutex<Redactor?>(nil)

    func use(_ redactor: Redactor) {
        self.redactor.withLock { $0 = redactor }
    }

    func masked(_ text: String) -> String {
        redactor.withLock { $0 }?.mask(text) ?? text
    }

    /// A descriptor that only ever gets masked text.
    func sink(_ descriptor: Int32) -> any ByteSink {
        MaskingSink(mask: self, sink: FileDescriptorSink(descriptor))
    }

    fileprivate func masked(_ bytes: [UInt8]) -> [UInt8] {
        guard let redactor = redactor.withLock({ $0 }) else { return bytes }
        return Array(redactor.mask(String(decoding: bytes, as: UTF8.self)).utf8)
    }
}

/// Output comes in whole lines, so a token is never cut in two.
private struct MaskingSink: ByteSink {
    let mask: SecretMask
    let sink: FileDescriptorSink

    func write(_ bytes: [UInt8]) -> WriteFailure? {
        sink.write(mask.masked(bytes))
    }
}
