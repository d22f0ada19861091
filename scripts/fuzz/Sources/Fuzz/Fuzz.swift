// One program for all fuzz targets: its last argument, which libFuzzer leaves alone (`-ignore_remaining_args=1`), names
// the law that every input must keep. An input that breaks it, or crashes, hangs or takes too much memory, is a finding.
//
// `main` is libFuzzer's; the function is what it calls.

internal import Laws

/// Asks the law of one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    guard let law else { fatalError("the last argument names a law: \(Law.allCases.map(\.rawValue))") }
    if let broken = law.broken(by: input) { fatalError(broken) }
    return 0
}

private let law = CommandLine.arguments.last.flatMap(Law.init(rawValue:))
