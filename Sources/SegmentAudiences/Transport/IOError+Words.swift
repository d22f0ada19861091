// What the system says about a failed call, without the names of Swift functions that NIO puts before it.

internal import NIOCore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension IOError {
    /// Such as `connection refused`.
    var words: String {
        guard let text = strerror(errnoCode) else { return "error \(errnoCode)" }
        return String(cString: text).lowercased()
    }
}
