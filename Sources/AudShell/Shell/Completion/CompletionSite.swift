// What stands before the cursor, as far as completion needs to know: a name, a field, a stage, the inside of a string.

struct CompletionSite: Equatable {
    enum Kind: Equatable {
        /// An expression may start here.
        case name
        /// A statement may start here.
        case statement
        /// Behind the `(` or a `,` of a call.
        case argument(function: String)
        /// Behind `.` or `?.`, and the fields that lead there.
        case field(behind: [String])
        /// What a field is compared with, or a member of a list that it is looked for in; the last fields that lead to it.
        case value(of: [String])
        /// Behind `|`.
        case stage
        /// Only these words may follow, as `by` behind `sort`.
        case words([String])
        /// In a string that is open.
        case string(StringPlace)
        /// A new name, a number, a comment, a regex.
        case nothing
    }

    enum Quote: Equatable { case plain, raw, multiLine }

    struct StringPlace: Equatable {
        var quote: Quote
        /// The source text behind the opening quote.
        var content: String
        /// The fields that lead to what it is compared with, the last one last; empty where it is not.
        var field: [String] = []
        /// Where it is an argument.
        var function: String?
        var label: String?
        /// Behind `use`.
        var isModule = false
    }

    var kind: Kind
    /// Where the text begins that a candidate replaces: a UTF-8 offset.
    var start: Int
    /// The part of a word that is there already; empty in strings.
    var typed: String
    /// What would close the brackets and strings around the site.
    var closing = ""

    /// The site at the end of a text.
    init(before bytes: some Collection<UInt8>) {
        var scanner = SiteScanner(bytes: Array(bytes))
        self = scanner.site()
    }

    init(_ kind: Kind, start: Int, typed: String = "", closing: String = "") {
        self.closing = closing
        self.kind = kind
        self.start = start
        self.typed = typed
    }
}
