import Subprocess

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A process that applies a script and dies on the way.
enum DyingProcess {
    /// The program lies beside the tests.
    private static let path: String = {
        let arguments = CommandLine.arguments
        var bundle = arguments[0]
        if let place = arguments.firstIndex(of: "--test-bundle-path"), place + 1 < arguments.count {
            bundle = arguments[place + 1]
        }
        var folder = bundle[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if FileManager.default.isExecutableFile(atPath: folder + "/apply-and-die") {
                return folder + "/apply-and-die"
            }
        }
        return "apply-and-die"
    }()

    /// Runs it to its end; answers whether it was killed.
    static func run(
        _ bench: SandboxBench, _ script: String, limited: Bool, step: String, call: Int
    ) async throws -> Bool {
        let arguments = [
            bench.url, bench.space, bench.folder.file, script, limited ? "limited" : "unlimited", step, "\(call)",
        ]
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments), output: .discarded, error: .discarded
        )
        if case .signaled(let signal) = result.terminationStatus { return signal == 9 }
        return false
    }
}
