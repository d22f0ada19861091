// Where the build has put its programs: beside the tests.

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum BuiltProgram {
    struct NotFound: Error {
        let name: String
        let tried: [String]
    }

    /// Looks upwards from every path the test runner was started with.
    static func path(_ name: String) throws -> String {
        var tried: [String] = []
        for argument in CommandLine.arguments where argument.hasPrefix("/") {
            var parts = argument.split(separator: "/")
            while !parts.isEmpty {
                parts.removeLast()
                let path = "/" + (parts + [name[...]]).joined(separator: "/")
                if access(path, X_OK) == 0 { return path }
                tried.append(path)
            }
        }
        throw NotFound(name: name, tried: tried)
    }
}
