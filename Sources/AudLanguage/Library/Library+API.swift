/// The built-ins that read or change the workspace. None does anything itself: each is a request to the host.
extension Library {
    static let api: [Builtin] = [
        .request(
            "list", "API", "All audiences of a space, in the order of the API; the session's space when none is given.",
            [spaceParameter],
            result: "list<audience>", effect: .reads, example: ("list() | where .enabled | count", nil), listAudiences),
        .request(
            "get", "API", "One audience by its id, or an audience as it is now.",
            [.init("id", "string | audience"), spaceParameter],
            result: "audience", effect: .reads, example: ("get(\"aud_1\").name", nil), getAudience),
        change(
            .enable, "Sets `enabled` of an audience, an id or a list of them; what is enabled already is skipped.",
            .updates),
        change(
            .disable, "Clears `enabled` of an audience, an id or a list of them; what is disabled already is skipped.",
            .updates),
        change(.remove, "Deletes an audience, an id or a list of them for good.", .removes),
        Builtin(
            "wait", family: "API",
            "Reads an audience again and again until a function of it says true, and gives it as it is then; fails after "
                + "`timeout`.",
            [
                .init("target", "string | audience"), .init("until", "fn"),
                .init("timeout", "duration", default: .duration(20 * 60_000_000)),
                .init("every", "duration", default: .duration(30_000_000)),
            ],
            result: "audience", effect: .reads,
            example: ("wait(\"aud_1\", until: a => a.status == \"Live\", timeout: 5min)", nil), body: .prelude),
        .request(
            "space", "API", "A space by its alias; any other text is taken for an id.", [.init("name", "string")],
            result: "space", effect: .reads, example: ("space(\"prod\").id", nil)
        ) { (_, arguments) throws(RuntimeError) in .space(try arguments.string(0)) },
        .request(
            "spaces", "API", "The spaces that the configuration names.", [],
            result: "list<space>", effect: .reads, example: ("spaces() | map .name", nil)
        ) { (_, _) throws(RuntimeError) in .spaces },
    ]

    private static let spaceParameter = Builtin.Parameter("space", "string | space | null", default: .null)

    private static func change(_ verb: Verb, _ summary: String, _ effect: Builtin.Effect) -> Builtin {
        Builtin(
            verb.rawValue, family: "API", summary,
            [.init("target", "audience | string | list"), spaceParameter],
            result: "outcome | list", effect: effect,
            example: ("list() | where .name ~ /^old /i | at most 10 | \(verb.rawValue)", nil), body: .action(verb))
    }

    private static func listAudiences(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Request {
        .page(space: try spaceId(arguments, 0), cursor: nil)
    }

    private static func getAudience(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Request {
        let space = try spaceId(arguments, 1)
        switch arguments[0] {
        case .string(let id):
            guard !id.isEmpty else { throw arguments.badArgument(0, "must not be empty") }
            return .get(id: id, space: space)
        case .record(let audience) where audience.kind == .audience:
            guard case .string(let id)? = audience["id"] else {
                throw arguments.badArgument(0, "is an audience without an id")
            }
            if space == nil, case .string(let own)? = audience["spaceId"] { return .get(id: id, space: own) }
            return .get(id: id, space: space)
        case .null, .bool, .int, .float, .date, .duration, .list, .record, .function, .regex:
            throw arguments.wrongType(0, "an id or an audience")
        }
    }

    /// The id or alias that a `space` argument names; nil for the session's space.
    package static func spaceId(_ arguments: Arguments, _ place: Int) throws(RuntimeError) -> String? {
        switch arguments[place] {
        case .null: return nil
        case .string(let text):
            guard !text.isEmpty else { throw arguments.badArgument(place, "must not be empty") }
            return text
        case .record(let space) where space.kind == .space:
            guard case .string(let id)? = space["id"] else {
                throw arguments.badArgument(place, "is a space without an id")
            }
            return id
        case .bool, .int, .float, .date, .duration, .list, .record, .function, .regex:
            throw arguments.wrongType(place, "the id or alias of a space, or a space,")
        }
    }
}
