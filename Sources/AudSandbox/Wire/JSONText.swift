// JSON written straight into a buffer. A page of 200 audiences is the hot path: each audience is encoded once, by these
// functions, and its bytes are copied into every page that shows it.

import NIOCore

extension ByteBuffer {
    /// Writes a string with its quotes. Only what JSON demands is escaped, so names arrive as the workspace holds them.
    mutating func writeJSON(_ text: String) {
        writeInteger(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var written = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                writeBytes(bytes[written..<index])
                writeEscape(byte)
                written = index + 1
            }
            writeBytes(bytes[written...])
        }
        writeInteger(UInt8(ascii: "\""))
    }

    /// Writes a string, or null.
    mutating func writeJSON(_ text: String?) {
        if let text { writeJSON(text) } else { writeStaticString("null") }
    }

    private mutating func writeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): writeStaticString("\\\"")
        case UInt8(ascii: "\\"): writeStaticString("\\\\")
        case UInt8(ascii: "\n"): writeStaticString("\\n")
        case UInt8(ascii: "\r"): writeStaticString("\\r")
        case UInt8(ascii: "\t"): writeStaticString("\\t")
        default:
            let digits = Array("0123456789abcdef".utf8)
            writeStaticString("\\u00")
            writeInteger(digits[Int(byte >> 4)])
            writeInteger(digits[Int(byte & 15)])
        }
    }
}

extension SandboxAudience {
    /// The audience as the API writes it, fields in the order of the documentation.
    var json: ByteBuffer {
        var buffer = ByteBuffer()
        var first = true
        func field(_ name: String, _ write: (inout ByteBuffer) -> Void) {
            guard !omittedFields.contains(name) else { return }
            buffer.writeStaticString(first ? "{" : ",")
            first = false
            buffer.writeJSON(name)
            buffer.writeStaticString(":")
            write(&buffer)
        }
        field("id") { $0.writeJSON(id) }
        field("spaceId") { $0.writeJSON(spaceID) }
        field("name") { $0.writeJSON(name) }
        field("description") { $0.writeJSON(description) }
        field("key") { $0.writeJSON(key) }
        field("enabled") { $0.writeString(enabled ? "true" : "false") }
        field("definition") { buffer in
            guard let definition else { return buffer.writeJSON(nil) }
            buffer.writeStaticString("{\"query\":")
            buffer.writeJSON(definition.query)
            buffer.writeStaticString(",\"type\":")
            buffer.writeJSON(definition.type)
            buffer.writeStaticString("}")
        }
        field("status") { $0.writeJSON(status) }
        field("createdBy") { $0.writeJSON(createdBy) }
        field("updatedBy") { $0.writeJSON(updatedBy) }
        field("createdAt") { $0.writeJSON(createdAt) }
        field("updatedAt") { $0.writeJSON(updatedAt) }
        for (name, raw) in extraFields.sorted(by: { $0.key < $1.key }) {
            field(name) { $0.writeString(raw) }
        }
        buffer.writeStaticString(first ? "{}" : "}")
        return buffer
    }
}
