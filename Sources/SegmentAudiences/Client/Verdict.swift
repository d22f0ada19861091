// The classes of answers, one `switch`: what a status (or the lack of one) means for this call. The rule for changes:
// only an answer that proves that nothing was applied lets the client go on by itself; every other end without a
// readable success is *unknown*.

import HTTPTypes

enum Verdict<Response: Sendable> {
    /// The answer is what was asked for.
    case done(Response)
    /// 429: wait and send again; the hint is how long.
    case wait(Duration?, APIError)
    /// Nothing was changed and it may go better soon.
    case again(Duration?, APIError)
    /// The audience is locked.
    case locked(Duration?, APIError)
    /// The call is over.
    case failed(APIError)

    init<Effect>(
        _ exchange: Result<AnsweredCall, TransportError>, of endpoint: Endpoint<Response, Effect>, base: BaseURL
    ) {
        let changes = endpoint.method != .get
        switch exchange {
        case .failure(let error):
            self = .init(error, ErrorText(endpoint: endpoint, base: base), changes: changes)
        case .success(let answer):
            let response = answer.response
            let text = ErrorText(endpoint: endpoint, base: base, response: response)
            switch response.status {
            case 200...299:
                do {
                    self = .done(try endpoint.decode(response.status, response.body))
                } catch {
                    let failure = text.unreadable(error)
                    if changes {
                        self = .failed(text.unknown(because: failure))
                    } else {
                        self = error.isCutOff ? .again(nil, failure) : .failed(failure)
                    }
                }
            case 300...399: self = .failed(text.redirect(to: response.headers[.location]))
            case 401: self = .failed(text.error(.auth))
            case 403: self = .failed(text.error(.forbidden))
            case 404, 410:
                // A page of a proxy, or of a wrong base URL, does not show that the audience is gone.
                if HTMLExcerpt(response) == nil {
                    self = .failed(text.error(.notFound))
                } else {
                    let failure = text.unreadable(UnreadableBody(reason: "this is not the API's 404"))
                    self = .failed(changes ? text.unknown(because: failure) : failure)
                }
            case 409, 423: self = .locked(answer.rate.retryAfter, text.error(.conflict, isRetryable: true))
            case 429:
                let hint = response.millisecondsBeforeNext ?? answer.rate.retryAfter ?? answer.rate.reset
                self = .wait(hint, text.error(.rateLimited, isRetryable: true))
            case 408, 500...599:
                let failure = text.error(response.status == 408 ? .timeout : .server, isRetryable: true)
                self = changes ? .failed(text.unknown(because: failure)) : .again(answer.rate.retryAfter, failure)
            case 400...499: self = .failed(text.error(.validation))
            default:
                let failure = text.unreadable(UnreadableBody(reason: "there is no HTTP status \(response.status)"))
                self = .failed(changes ? text.unknown(because: failure) : failure)
            }
        }
    }

    private init(_ error: TransportError, _ text: ErrorText, changes: Bool) {
        let failure = text.transport(error)
        switch error.kind {
        case .cancelled: self = .failed(changes && error.mayHaveBeenSent ? text.unknown(because: failure) : failure)
        case .connect, .timeout, .dropped:
            if error.mayHaveBeenSent && changes {
                self = .failed(text.unknown(because: failure))
            } else {
                self = .again(nil, failure)
            }
        case .tooLarge: self = .failed(changes ? text.unknown(because: failure) : failure)
        }
    }
}

extension HTTPResponseMessage {
    /// `data.msBeforeNext` of the 429 body.
    fileprivate var millisecondsBeforeNext: Duration? {
        guard let errors = try? JSONValue(parsing: body)["errors"]?.array else { return nil }
        for error in errors {
            switch error["data"]?["msBeforeNext"] {
            case .int(let number) where number >= 0 && number < 1 << 40: return .milliseconds(number)
            case .double(let number) where number >= 0 && number < 1e12:
                return .milliseconds(Int64(number.rounded(.up)))
            default: continue
            }
        }
        return nil
    }

    /// The server's own number for the request.
    var requestID: String? {
        for name in ["X-Request-Id", "Request-Id", "X-Amzn-RequestId", "X-Amzn-Trace-Id", "CF-Ray"] {
            if let field = HTTPField.Name(name), let value = headers[field] { return value }
        }
        return nil
    }
}
