// Shortened bodies, for the faults that send less than they should.

import NIOCore

extension ByteBuffer {
    /// The first bytes, at most all there are.
    func prefix(_ count: Int) -> ByteBuffer {
        getSlice(at: readerIndex, length: min(max(0, count), readableBytes)) ?? ByteBuffer()
    }
}
