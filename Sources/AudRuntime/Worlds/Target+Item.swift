internal import AudLanguage

extension ChangeRequest.Target {
    /// What outcomes show: the audience, or its id.
    var item: Value { audience.map { .record($0) } ?? .string(id) }
}
