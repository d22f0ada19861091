// A file that is gone after the test.

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

final class TemporaryFile {
    let path: String

    struct Failure: Error {
        let number: Int32
    }

    init(_ text: String = "") throws {
        var template = Array("/tmp/aud-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(text.utf8)
        let count = write(descriptor, bytes, bytes.count)
        close(descriptor)
        guard count == bytes.count else { throw Failure(number: errno) }
    }

    deinit {
        unlink(path)
    }

    var text: String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
