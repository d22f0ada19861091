/// Sizes as people write them in options and in the configuration: `64MB`, `1GB`, `500KB`, `4096`.
package enum ByteSizeText {
    /// The bytes that a text stands for; nil when it stands for none, or for more than can be counted. A KB is 1,024
    /// bytes, as the limits of the language are powers of two.
    package static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "_") }
        guard let count = Int(digits.filter { $0 != "_" }), let unit = units[text.dropFirst(digits.count).uppercased()]
        else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : bytes
    }

    /// What a message says about the form.
    package static let form = "a size such as 500KB, 64MB or 1GB"

    private static let units = [
        "": 1, "B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40,
    ]
}
