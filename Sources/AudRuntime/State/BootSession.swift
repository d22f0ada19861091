// Which boot of the machine this is: the clock that starts anew at each boot says nothing without it.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

enum BootSession {
    /// The same text in every process until the next boot; nil when the system does not tell.
    static let current: String? = read()

    private static func read() -> String? {
        var bytes = [UInt8](repeating: 0, count: 64)
        #if canImport(Darwin)
        var count = bytes.count
        guard sysctlbyname("kern.bootsessionuuid", &bytes, &count, nil, 0) == 0 else { return nil }
        #else
        let descriptor = Descriptor.open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        defer { Descriptor.close(descriptor) }
        let count = bytes.withUnsafeMutableBytes { Descriptor.read(descriptor, $0) }
        guard count > 0 else { return nil }
        #endif
        let text = String(decoding: bytes.prefix(count).prefix { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}
