import CRE2

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Strings of the language are sequences of Unicode scalars: two are equal when their scalars are, and they are ordered
/// scalar by scalar. Swift's own `==` and `<` go by canonical equivalence instead, so neither may be used on them.
/// UTF-8 keeps the order of the scalars, hence all of this works on bytes.
extension String {
    /// Calls a closure with the UTF-8 bytes, without a copy where the string is stored as UTF-8.
    @inline(__always)
    package func withBytes<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        // The standard library's own function forgets the type of the error.
        func attempt(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Value, Failure> {
            do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        if let result = utf8.withContiguousStorageIfAvailable(attempt) { return try result.get() }
        var copy = self
        return try copy.withUTF8(attempt).get()
    }

    /// Whether both have the same scalars.
    package func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { left in
            other.withBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, left.count) == 0
            }
        }
    }

    /// Less than, equal to or more than 0, as this one comes before, with or after the other one by scalars.
    package func compareScalars(_ other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                let common = min(left.count, right.count)
                if common > 0, let first = left.baseAddress, let second = right.baseAddress {
                    let order = memcmp(first, second, common)
                    if order != 0 { return order < 0 ? -1 : 1 }
                }
                return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
            }
        }
    }

    /// How many scalars it has. O(bytes).
    package var scalarCount: Int {
        withBytes { bytes in
            var count = 0
            // A scalar is as many bytes as it has, less its continuation bytes.
            for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
            return count
        }
    }

    /// The part of a range of scalars that lies inside of the string. O(bytes).
    func scalars(_ range: Range<Int>, _ meter: Meter) throws(RuntimeError) -> String {
        try withBytes { (bytes) throws(RuntimeError) in
            let start = try bytes.place(ofScalar: range.lowerBound, from: 0, meter)
            let end = try bytes.place(ofScalar: range.count, from: start, meter)
            return try String.decoding(bytes[start..<end], meter)
        }
    }

    /// The first byte of the first occurrence of the other one at or after a byte.
    func firstByte(of other: String, from start: Int, _ meter: Meter) throws(RuntimeError) -> Int? {
        try withBytes { (text) throws(RuntimeError) in
            try other.withBytes { (part) throws(RuntimeError) in try text.firstIndex(of: part, from: start, meter) }
        }
    }

    /// Whether the bytes of the other one stand at a byte.
    func hasBytes(_ other: String, at start: Int) -> Bool {
        guard start >= 0, utf8.count - start >= other.utf8.count else { return false }
        return withBytes { text in
            other.withBytes { part in
                guard let text = text.baseAddress, let first = part.baseAddress else { return true }
                return memcmp(text + start, first, part.count) == 0
            }
        }
    }

    /// Calls a closure with one piece after the other, each short enough to be done between two looks at the stop
    /// signal, and cut between scalars.
    func inPieces(_ meter: Meter, _ body: (String) throws(RuntimeError) -> Void) throws(RuntimeError) {
        let most = Meter.interval << 6
        try meter.charge(bytes: min(utf8.count, most))
        if utf8.count <= most { return try body(self) }
        try withBytes { (bytes) throws(RuntimeError) in
            var start = 0
            while start < bytes.count {
                var end = start + min(most, bytes.count - start)
                while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
                try body(String(decoding: bytes[start..<end], as: UTF8.self))
                try meter.charge(bytes: end - start)
                start = end
            }
        }
    }

    /// The string of some bytes of UTF-8, which may be many: 64 MB take 30 ms.
    static func decoding<Bytes: RandomAccessCollection<UInt8>>(
        _ bytes: Bytes, _ meter: Meter
    ) throws(RuntimeError) -> String where Bytes.Index == Int {
        let most = Meter.interval << 6
        if bytes.count <= most {
            try meter.charge(bytes: bytes.count)
            return String(decoding: bytes, as: UTF8.self)
        }
        var result = ""
        result.reserveCapacity(bytes.count)
        var start = bytes.startIndex
        while start < bytes.endIndex {
            var end = start + Swift.min(most, bytes.endIndex - start)
            while end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end += 1 }
            try meter.charge(bytes: end - start)
            result += String(decoding: bytes[start..<end], as: UTF8.self)
            start = end
        }
        return result
    }

    /// The string of a range of its bytes that starts and ends between scalars.
    package func bytes(_ range: Range<Int>) -> String {
        withBytes { String(decoding: $0[range], as: UTF8.self) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first byte of the first occurrence of a part at or after a byte. It searches window by window, each long
    /// enough to hold the part.
    func firstIndex(
        of part: UnsafeBufferPointer<UInt8>, from start: Int, _ meter: Meter
    ) throws(RuntimeError) -> Int? {
        guard !part.isEmpty else { return start <= count ? start : nil }
        var start = start
        let width = Swift.max(Meter.interval << 6, 2 * part.count)
        while count - start >= part.count {
            let end = start + Swift.min(width, count - start)
            if let found = find(part, in: start..<end) {
                try meter.charge(bytes: found - start)
                return found
            }
            try meter.charge(bytes: end - start)
            start = end - part.count + 1
        }
        return nil
    }

    /// The byte at which a scalar starts that is so many behind the one at `start`; the end when there are fewer.
    func place(ofScalar number: Int, from start: Int, _ meter: Meter) throws(RuntimeError) -> Int {
        var left = number
        var start = start
        while start < count {
            let end = start + Swift.min(Meter.interval << 6, count - start)
            try meter.charge(bytes: end - start)
            var scalars = 0
            for byte in self[start..<end] where byte & 0xC0 != 0x80 { scalars += 1 }
            if left < scalars {
                for place in start..<end where self[place] & 0xC0 != 0x80 {
                    if left == 0 { return place }
                    left -= 1
                }
            }
            left -= scalars
            start = end
        }
        return count
    }

    private func find(_ part: UnsafeBufferPointer<UInt8>, in window: Range<Int>) -> Int? {
        let found = self[window].withMemoryRebound(to: CChar.self) { text in
            part.withMemoryRebound(to: CChar.self) { part -> Int in
                guard let text = text.baseAddress, let first = part.baseAddress else { return -1 }
                return cre2_find(text, window.count, first, part.count)
            }
        }
        return found < 0 ? nil : window.lowerBound + found
    }
}
