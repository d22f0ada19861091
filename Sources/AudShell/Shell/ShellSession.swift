// What the shell needs of a session. `Session` is one; tests have another.

package import AudLanguage
package import AudRuntime
package import SegmentAudiences

package protocol ShellSession: Sendable {
    var mode: Mode { get async }
    var space: Space? { get async }
    var plan: Plan { get async }
    var sources: SourceMap { get async }
    /// The names that the texts so far have bound.
    var names: [String] { get }
    /// The built-ins of the language and of the program.
    var library: Library { get }
    var audiences: AudienceIndex { get }
    var time: any TimeSource { get }
    /// What the session holds now, for hints. Sends no request.
    func scope() async -> SessionScope

    /// The longest that a statement may take.
    var wallTime: Duration? { get async }

    func check(_ file: SourceFile, as mode: SourceMode) async -> CheckResult
    func setCaps(_ caps: Caps) async
    func setWallTime(_ time: Duration?) async
    /// The limits when they can be looked at without opening anything.
    func limitReportIfOpen() async -> LimitReport?
    /// The last runs, newest first, without their counts; nil when there is no state file.
    var recentRunsIfThere: [JournaledRun]? { get }
    func run(_ file: SourceFile, as mode: SourceMode, parameters: [String: String]) async -> RunResult
    func apply() async -> RunReport
    func discard() async -> Int
    func setMode(_ mode: Mode) async throws(RuntimeError)
    func setSpace(_ name: String) async throws(RuntimeError)
    /// The runs of the state file, newest first.
    func runs() async throws(StateError) -> [JournaledRun]
    func undo(_ run: Int64) async throws(RuntimeError) -> Undo
    func bill() async throws(RuntimeError) -> Bill
    func examine() async
    func save(
        host: String, parameters: [String: String], duration: Duration?
    ) async throws(RuntimeError) -> PlanFile
    func limitReport() async throws(RuntimeError) -> LimitReport
}

extension Session: ShellSession {}
