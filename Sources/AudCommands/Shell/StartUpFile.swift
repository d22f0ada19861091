import AudLanguage

/// `init.aud` beside the configuration: what a shell runs before its first prompt.
enum StartUpFile {
    /// The file, nil when there is none. One that others can write is refused: it could read for them with the person's
    /// token.
    static func read(_ variables: ProcessVariables) throws(CommandError) -> SourceFile? {
        guard let folder = variables.configurationFolder else { return nil }
        let path = folder + "/init.aud"
        let bytes = try GuardedFile.read(path, what: "start-up file", against: .writing, limit: 1 << 20)
        return bytes.map { SourceFile(name: path, bytes: $0) }
    }
}
