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
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
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

    /// Whether the other one occurs in it, scalar for scalar; the empty string always does.
    package func containsExactly(_ other: String) -> Bool {
        firstByte(of: other, from: 0) != nil
    }

    /// The first byte of the first occurrence of the other one at or after a byte.
    package func firstByte(of other: String, from start: Int) -> Int? {
        withBytes { text in
            other.withBytes { part -> Int? in
                text.firstIndex(of: part, from: start)
            }
        }
    }

    /// The string of a range of its bytes that starts and ends between scalars.
    package func bytes(_ range: Range<Int>) -> String {
        withBytes { String(decoding: $0[range], as: UTF8.self) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first byte of the first occurrence of a part at or after a byte.
    package func firstIndex(of part: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard count - start >= part.count else { return nil }
        guard !part.isEmpty else { return start }
        let found = self[start...].withMemoryRebound(to: CChar.self) { text in
            part.withMemoryRebound(to: CChar.self) { part -> Int in
                guard let text = text.baseAddress, let first = part.baseAddress else { return -1 }
                return cre2_find(text, count - start, first, part.count)
            }
        }
        return found < 0 ? nil : start + found
    }
}
