import AudRuntime

// What goes on with a run, or takes it back, goes where the run was made.
extension WorkspaceOptions {
    /// These options, led to where a run was made: by its profile, or else by its address. Options that say where to go
    /// win. A run that is not there, or whose workspace was inside its process, leads nowhere: these options stand, and
    /// the session says why nothing can be done with it.
    func leading(
        to run: Int64, _ variables: ProcessVariables
    ) throws -> (options: WorkspaceOptions, settings: WorkspaceSettings) {
        try StateOptions.checkThatItIsThere(state)
        let given = profile != nil || baseURL != nil || sandbox
        let path = state ?? variables.stateFolder.map { $0 + "/state.sqlite" }
        if let path, !StateOptions.isThere(path) { throw CommandError.noSuchRun(run, in: state) }
        guard !given, let path, let origin = try Self.journaled(run, path)?.origin, !origin.isSandbox else {
            return (self, try WorkspaceSettings(self, variables))
        }
        var options = self
        options.profile = origin.profile
        if let settings = try? WorkspaceSettings(options, variables), settings.origin(of: "").host == origin.host {
            return (options, settings)
        }
        options.profile = nil
        options.baseURL = origin.host
        return (options, try WorkspaceSettings(options, variables))
    }

    private static func journaled(_ run: Int64, _ path: String) throws(CommandError) -> JournaledRun? {
        let database = StateDatabase(path: path)
        defer { database.close() }
        do {
            return try database.run(run)
        } catch {
            throw CommandError(error)
        }
    }
}
