/// What a person must do before a plan is sent; it grows with what the plan does.
public enum Confirmation: Sendable, Hashable {
    /// The plan is empty.
    case none
    /// Up to nine updates: `y`.
    case yes
    /// Ten or more: their number.
    case typeCount(Int)
    /// Any removal: the names of the spaces that lose an audience, in alphabetical order with a blank between.
    case typeSpace(String)
}
