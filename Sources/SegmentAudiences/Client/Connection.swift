// The one place from which requests leave. It takes an endpoint through its bucket, sends it, and decides by the class
// of the answer: done, wait, again, or an error. Invariants: a change is never sent twice unless an answer (429, 409,
// 423) or the transport proved that the earlier one was not applied; a change that has left is awaited, also by a task
// that was cancelled meanwhile; the token goes to the configured base URL only; every reservation in the ledger is
// closed.

import HTTPTypes

final class Connection: Sendable {
    let configuration: ServiceConfiguration
    let time: any TimeSource
    let ledger: any RateLedger
    let redactor: Redactor
    private let transport: any HTTPTransport
    private let gate: RateGate
    private let random: @Sendable () -> Double

    init(
        configuration: ServiceConfiguration, transport: any HTTPTransport, ledger: any RateLedger,
        time: any TimeSource, random: @escaping @Sendable () -> Double
    ) {
        self.configuration = configuration
        self.time = time
        self.ledger = ledger
        self.transport = transport
        self.random = random
        gate = RateGate(ledger: ledger, time: time)
        redactor = Redactor([configuration.token])
    }

    func shutdown() async {
        await transport.shutdown()
    }

    /// Sends a call as often as its class allows and returns what the answer says.
    func send<Response, Effect>(
        _ endpoint: Endpoint<Response, Effect>, budget: RunBudget
    ) async throws(APIError) -> Response {
        var call = CallState()
        while true {
            let exchange = try await exchange(endpoint, call: &call, budget: budget)
            let verdict = Verdict(exchange, of: endpoint, base: configuration.baseURL)
            switch verdict {
            case .done(let response):
                budget.noteSuccess()
                return response
            case .wait(let hinted, let error):
                try await waitForLimit(endpoint.bucket, hinted: hinted, error, call: &call, budget: budget)
            case .again(let hinted, let error):
                call.failures += 1
                guard call.failures < configuration.retry.attempts else { throw finished(error, call) }
                guard budget.takeRetry() else {
                    throw finished(error.adding("The run's reserve of retries is used up."), call)
                }
                let backoff = configuration.retry.backoff(failures: call.failures, random: random())
                try await pause(max(backoff, hinted ?? .zero), .backoff, endpoint.bucket, error, call, budget)
            case .locked(let hinted, let error):
                call.lockedTries += 1
                guard budget.waitsForLocks else {
                    var error = error
                    error.retryAfter = hinted
                    throw finished(error, call)
                }
                guard call.lockedTries <= configuration.retry.lockedRetries else {
                    throw finished(error.adding("It stayed so through \(call.attempts) tries."), call)
                }
                let wait = configuration.retry.lockedWait(tries: call.lockedTries, random: random())
                try await pause(max(wait, hinted ?? .zero), .locked, endpoint.bucket, error, call, budget)
            case .failed(let error):
                throw finished(error, call)
            }
        }
    }

    /// One try: passes the gate, sends, closes the reservation, and takes in what the headers say.
    private func exchange<Response, Effect>(
        _ endpoint: Endpoint<Response, Effect>, call: inout CallState, budget: RunBudget
    ) async throws(APIError) -> Result<AnsweredCall, TransportError> {
        let bucket = endpoint.bucket
        let asked = time.now()
        let reservation = try await pass(bucket, call, budget)
        call.attempts += 1
        let sent = time.now()
        let sentAt = time.wallNow()
        let message = request(for: endpoint)
        let result =
            if endpoint.method == .get { await send(message) } else { await shielded { await self.send(message) } }
        let answer: Result<AnsweredCall, TransportError>
        switch result {
        case .success(let response):
            let headers = RateHeaders(response.headers, now: time.wallNow())
            await ledger.close(reservation, .answered)
            // The figures of a refused call count the refused ones too: they would look like a raised limit.
            if response.status != 429 { await ledger.observe(headers, of: reservation) }
            answer = .success(AnsweredCall(response: response, rate: headers))
        case .failure(let error):
            await ledger.close(reservation, CallOutcome(error))
            answer = .failure(error)
        }
        gate.noteChange(of: bucket)
        report(endpoint, result, call, sentAt: sentAt, waited: asked.duration(to: sent), sent: sent)
        return answer
    }

    private func send(_ message: HTTPRequestMessage) async -> Result<HTTPResponseMessage, TransportError> {
        do {
            return .success(try await transport.send(message, timeout: configuration.responseTimeout))
        } catch {
            return .failure(error)
        }
    }

    private func pass(_ bucket: Bucket, _ call: CallState, _ budget: RunBudget) async throws(APIError) -> Reservation {
        do {
            return try await gate.pass(bucket, deadline: budget.deadline) { moment in
                configuration.onWait?(WaitNotice(reason: .limit, bucket: bucket, until: moment))
            }
        } catch {
            switch error {
            case .cancelled: throw finished(APIError(.cancelled, "Cancelled before the call was sent."), call)
            case .ledger(let error): throw finished(error, call)
            case .tooLate(let moment):
                let wait = time.now().duration(to: moment)
                throw finished(
                    APIError(
                        .budget,
                        "The \(bucket) limit is used up: the next call may be sent in \(wait.inWords), after the deadline."
                            + " This call was not sent; run it again later, or allow more time.",
                        isRetryable: true
                    ), call
                )
            }
        }
    }

    /// Moves the whole bucket behind the moment that a 429 names.
    private func waitForLimit(
        _ bucket: Bucket, hinted: Duration?, _ error: APIError, call: inout CallState, budget: RunBudget
    ) async throws(APIError) {
        call.refusals += 1
        // A server that asks for no wait at all must not be asked in a tight loop; one that asks for a year is asked
        // again after an hour.
        let least = Duration.milliseconds(50) * (1 << min(call.refusals - 1, 10))
        let wait = min(max(hinted ?? .seconds(60), least), .seconds(3600))
        let until = time.now().advanced(by: wait)
        await ledger.block(bucket, until: until)
        gate.noteChange(of: bucket)
        if let deadline = budget.deadline, until > deadline {
            throw finished(error.adding("The wait of \(wait.inWords) would end after the deadline."), call)
        }
        configuration.onWait?(WaitNotice(reason: .rateLimited, bucket: bucket, until: until))
    }

    private func pause(
        _ wait: Duration, _ reason: WaitNotice.Reason, _ bucket: Bucket, _ error: APIError, _ call: CallState,
        _ budget: RunBudget
    ) async throws(APIError) {
        let until = time.now().advanced(by: wait)
        if let deadline = budget.deadline, until > deadline {
            throw finished(error.adding("Another try would come after the deadline."), call)
        }
        configuration.onWait?(WaitNotice(reason: reason, bucket: bucket, until: until))
        do {
            try await time.sleep(until: until)
        } catch {
            throw finished(APIError(.cancelled, "Cancelled while waiting to try again."), call)
        }
    }

    private func request<Response, Effect>(for endpoint: Endpoint<Response, Effect>) -> HTTPRequestMessage {
        let base = configuration.baseURL
        let query = endpoint.query.isEmpty ? "" : "?" + endpoint.query
        var headers: HTTPFields = [
            .accept: configuration.mediaType,
            .authorization: "Bearer \(configuration.token.secret)",
        ]
        if !endpoint.body.isEmpty { headers[.contentType] = configuration.mediaType }
        return HTTPRequestMessage(
            method: endpoint.method, url: "\(base.scheme)://\(base.authority)\(base.prefix)\(endpoint.path)\(query)",
            headers: headers, body: endpoint.body
        )
    }

    private func report<Response, Effect>(
        _ endpoint: Endpoint<Response, Effect>, _ result: Result<HTTPResponseMessage, TransportError>,
        _ call: CallState, sentAt: Timestamp, waited: Duration, sent: BootInstant
    ) {
        guard let onExchange = configuration.onExchange else { return }
        var response: HTTPResponseMessage?
        var failure: TransportError?
        switch result {
        case .success(let success): response = success
        case .failure(let error): failure = error
        }
        let query = endpoint.query.isEmpty ? "" : "?" + endpoint.query
        onExchange(
            Exchange(
                method: endpoint.method.rawValue, target: redactor.mask("\(endpoint.path)\(query)"),
                bucket: endpoint.bucket, status: response?.status, failure: failure.map { redactor.mask($0.message) },
                requestID: response?.requestID, attempt: call.attempts, sentAt: sentAt, waited: waited,
                duration: sent.duration(to: time.now()), bytes: response?.body.count ?? 0
            )
        )
    }

    private func finished(_ error: APIError, _ call: CallState) -> APIError {
        var error = error
        error.attempts = call.attempts
        error.message = redactor.mask(error.message)
        error.details = error.details.map { detail in
            APIError.Detail(
                type: detail.type.map(redactor.mask), message: detail.message.map(redactor.mask),
                field: detail.field.map(redactor.mask)
            )
        }
        return error
    }
}

/// What one call has been through.
private struct CallState {
    var attempts = 0
    var failures = 0
    var refusals = 0
    var lockedTries = 0
}

/// A whole answer and its rate-limit headers.
struct AnsweredCall {
    let response: HTTPResponseMessage
    let rate: RateHeaders
}

extension CallOutcome {
    fileprivate init(_ error: TransportError) {
        if !error.mayHaveBeenSent {
            self = .notSent
        } else {
            switch error.kind {
            // The server may see the request of a broken or abandoned connection a little later.
            case .timeout, .cancelled, .dropped, .connect: self = .timedOut
            case .tooLarge: self = .answered
            }
        }
    }
}

extension APIError {
    fileprivate func adding(_ sentence: String) -> APIError {
        var error = self
        error.message += " " + sentence
        return error
    }
}

extension Duration {
    /// This duration for a sentence: `58 s`, `3 min 20 s`, `2 h 5 min`.
    var inWords: String {
        let seconds = max(0, Int64(inSeconds.rounded(.up)))
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 { return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
}
