// Which process it is that carries a run. A process number alone is used again; with the start of the process and the
// machine's boot it names one process for ever, so that a dead owner is recognised and a living one is never robbed.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A process of this machine, once and for all.
public struct ProcessIdentity: Sendable, Hashable {
    /// The process number.
    public var pid: Int32
    /// The machine's boot.
    public var boot: String
    /// When the process started, in the system's own unit.
    public var start: Int64

    /// This process.
    static let current = ProcessIdentity(
        pid: getpid(), boot: BootSession.current ?? "", start: Self.start(of: getpid()) ?? 0
    )

    /// Whether the process is still there.
    public var isAlive: Bool {
        boot == (BootSession.current ?? "") && Self.start(of: pid) == start
    }

    #if os(Linux)
    /// Field 22 of `stat`, in clock ticks since the boot; the second field may hold blanks and brackets.
    private static func start(of pid: Int32) -> Int64? {
        guard let text = text(of: "/proc/\(pid)/stat"), let bracket = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: bracket)...].split(separator: " ")
        // A process that has ended and was not waited for is dead as well.
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return Int64(fields[19])
    }

    private static func text(of path: String) -> String? {
        let descriptor = Descriptor.open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        defer { Descriptor.close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    #else
    private static func start(of pid: Int32) -> Int64? {
        var name: [Int32] = [CTL_KERN, KERN_PROC, KERN_PROC_PID, pid]
        var process = kinfo_proc()
        var size = MemoryLayout<kinfo_proc>.stride
        guard sysctl(&name, UInt32(name.count), &process, &size, nil, 0) == 0, size > 0,
            Int32(process.kp_proc.p_stat) != SZOMB
        else { return nil }
        let time = process.kp_proc.p_starttime
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
    }
    #endif
}
