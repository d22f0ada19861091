// The simulated workspace: all state, and the one function that answers a call. It is a value held under a lock; nothing
// in it waits, so each call sees and leaves a consistent workspace, and `now` is the only notion of time.
//
// A call passes these gates in order: token, region, feature, route, rate limit, media type, ids, pagination or body,
// space, audience, lock. A fault is chosen behind the rate limit.

import NIOCore

struct Workspace {
    let options: SandboxOptions
    let spaces: [SandboxSpace]
    /// The instant that the demo data's dates are relative to.
    let birth: Duration
    /// Who the API's own changes are by.
    let apiUser: String
    /// Spaces are made when first touched: starting costs nothing, and a run pays for the space it uses.
    var stores: [String: SpaceStore] = [:]
    private var limiter: RateLimiter
    var edits: EditQueue
    private var schedule: FaultSchedule
    var limits: SandboxLimits
    var behaviour: SandboxBehaviour

    init(_ options: SandboxOptions) {
        self.options = options
        spaces = DemoData.spaces(seed: options.seed)
        birth = options.clock.now()
        apiUser = DemoData.apiUser(seed: options.seed)
        limiter = RateLimiter(model: options.rateModel, window: options.window)
        edits = EditQueue(limit: options.concurrentEdits)
        schedule = FaultSchedule(options.faults)
        limits = options.limits
        behaviour = options.behaviour
    }

    var faults: [SandboxFault] {
        get { schedule.faults }
        set { schedule = FaultSchedule(newValue) }
    }

    // MARK: - The API

    /// Answers a call.
    mutating func answer(_ call: Call, at now: Duration) -> (reply: Reply, operation: SandboxOperation?) {
        var verdict: RateLimiter.Verdict?
        var operation: SandboxOperation?
        var reply: Reply
        do throws(APIFailure) {
            let token = try authenticate(call)
            let route = try Route(method: call.method, path: call.path)
            operation = route.operation
            if let limit = limits[route.operation] {
                let admitted = limiter.admit(token: token, operation: route.operation, limit: limit, at: now)
                verdict = admitted
                guard admitted.allowed else {
                    let wait = (admitted.resetAt - now).millisecondsRoundedUp
                    throw .tooManyRequests(millisecondsBeforeNext: wait, consumed: admitted.consumed)
                }
            }
            reply = serve(call, route, at: now)
        } catch {
            reply = Reply(error)
        }
        if let verdict, reply.isFromAPI, reply.status == 200 || behaviour.rateHeadersOnErrors {
            reply.headers += [
                ("X-RateLimit-Consumed", String(verdict.consumed)),
                ("X-RateLimit-Remaining", String(verdict.remaining)),
                ("X-RateLimit-Reset", Timestamp.rfc5322(verdict.resetAt)),
            ]
        }
        reply.headers.append(("Date", Timestamp.rfc5322(.milliseconds(now.wholeMilliseconds / 1_000 * 1_000))))
        return (reply, operation)
    }

    private func authenticate(_ call: Call) throws(APIFailure) -> String {
        guard let token = call.token else { throw .unauthorized }
        guard !behaviour.wrongRegionTokens.contains(token) else { throw .wrongRegion }
        guard options.tokens.accept(token) else { throw .unauthorized }
        guard behaviour.audienceFeature else { throw .noAudienceFeature }
        return token
    }

    /// Carries out an admitted call, or the fault that meets it.
    private mutating func serve(_ call: Call, _ route: Route, at now: Duration) -> Reply {
        let page = route.operation == .list ? pageNumber(call.query) : nil
        let audience = route.audienceID.flatMap { $0.percentDecoded() }
        switch schedule.next(operation: route.operation, audience: audience, page: page) {
        case nil:
            return perform(call, route, at: now)
        case .dropBeforeApplying?:
            var reply = Reply(status: 500, contentType: nil, body: ByteBuffer())
            reply.delivery = .dropped
            return reply
        case .dropAfterApplying?:
            return perform(call, route, at: now, delivery: .dropped)
        case .hang?:
            return perform(call, route, at: now, delivery: .never)
        case .delay(let duration)?:
            return perform(call, route, at: now, delivery: .late(duration))
        case .cutBody(let kept)?:
            return perform(call, route, at: now, delivery: .cut(kept))
        case .truncateBody(let kept)?:
            var reply = perform(call, route, at: now)
            reply.body = reply.body.prefix(kept)
            return reply
        case .emptyBody?:
            var reply = perform(call, route, at: now)
            reply.body.clear()
            return reply
        case .repeatCursor?:
            return perform(call, route, at: now, repeatCursor: true)
        case .redirect(let location)?:
            var reply = Reply(status: 302, contentType: nil, body: ByteBuffer())
            reply.headers = [("Location", location)]
            reply.isFromAPI = false
            return reply
        case .answer(let answer, let applying)?:
            if applying { _ = perform(call, route, at: now) }
            var reply = Reply(
                status: answer.status, contentType: answer.contentType, body: ByteBuffer(string: answer.body))
            reply.headers = answer.headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            reply.isFromAPI = false
            return reply
        }
    }
}
