/// The words that start a stage. They are reserved only behind a `|`, where they win over functions of the same name.
enum StageWord: String, CaseIterable {
    case `where`, map, select, with, sort, group, unique, take, skip, first, last, at, count, flatten, reverse
    case sum, avg, min, max, each, enable, disable, remove, update, create

    /// What a misspelt stage may have been meant as.
    static let names = allCases.map { $0 == .at ? "at most" : $0.rawValue }
}

extension Token.Kind {
    /// Behind one of these any keyword is a field name.
    var isFieldDot: Bool { self == .dot || self == .optionalDot }
}
