/// Values as text, for hosts.
extension Value {
    /// The text of the value as `str` and `print` give it: a string as it is, the rest as the language writes it.
    ///
    ///     Value.list(ListValue([.int(1), .string("a")])).text()   // [1, "a"]
    ///
    /// The text of a string may hold control characters: pass it through `TerminalText.escaped` before a terminal gets
    /// it. O(size). Throws when the text is longer than `limits.stringBytes`.
    public func text(limits: Limits = Limits()) throws(RuntimeError) -> String {
        try Printer.text(self, Meter(limits))
    }

    /// The value as JSON, on one line or with `indent` spaces a level. Dates are ISO 8601 strings, durations strings as
    /// the language prints them (`"1h30min"`).
    ///
    /// O(size). Throws for functions and regexes, and when the text is longer than `limits.stringBytes`.
    public func json(indent: Int = 0, limits: Limits = Limits()) throws(RuntimeError) -> String {
        try JSONText.write(self, indent: indent, Meter(limits))
    }
}
