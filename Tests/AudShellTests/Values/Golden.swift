// Text that is compared with a file beside the tests. `AUD_UPDATE_GOLDEN=1 swift test` writes the files anew; the change is
// then reviewed as any other.

import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum Golden {
    /// Expects that a text is what the file `Goldens/NAME.txt` beside the test holds.
    static func expect(
        _ text: String, _ name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
    ) throws {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let path = "\(folder)/Goldens/\(name).txt"
        if ProcessInfo.processInfo.environment["AUD_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return
        }
        let wanted = try String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(text == wanted, "differs from Goldens/\(name).txt", sourceLocation: location)
    }
}
