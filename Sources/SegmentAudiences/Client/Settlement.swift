// Finding out what became of a change whose answer never came, and carrying it through. A GET shows the state: the new
// one means done; the old one means the change was not made and may be sent again, which both verbs allow because they
// are idempotent by value. Bounded, so that a change that vanishes every time ends as unknown.

/// What a GET showed about a change.
public enum Settlement: Sendable, Hashable {
    /// The change holds.
    case done(Audience)
    /// The change does not hold; this is the audience as it is.
    case notDone(Audience)
    /// The audience is not there.
    case gone
}

extension AudienceReading {
    /// Reads whether an audience is switched on or off as wanted.
    public func settleUpdate(
        enabled: Bool, id: String, in space: String
    ) async throws(APIError) -> Settlement {
        do {
            let audience = try await get(id, in: space)
            return audience.enabled == enabled ? .done(audience) : .notDone(audience)
        } catch {
            if error.kind == .notFound { return .gone }
            throw error
        }
    }

    /// Reads whether an audience is still there; `.notDone` when it is, never `.done`.
    public func settleRemoval(of id: String, in space: String) async throws(APIError) -> Settlement {
        do {
            return .notDone(try await get(id, in: space))
        } catch {
            if error.kind == .notFound { return .gone }
            throw error
        }
    }
}

extension AudienceWriting {
    /// Switches an audience on or off; when the outcome is unknown, asks `reader` and goes on by what it shows. An answer
    /// that shows the other state proves nothing, whatever its status says.
    /// - Parameter tries: how often the change is sent at most.
    /// - Throws: `outcomeUnknown` only when the last outcome could not be settled; `notFound` when the audience is gone.
    public func setEnabled(
        _ enabled: Bool, id: String, in space: String, settlingWith reader: any AudienceReading, tries: Int = 3
    ) async throws(APIError) -> Audience {
        var sent = 0
        while true {
            sent += 1
            let unknown: APIError
            do {
                let answer = try await setEnabled(enabled, id: id, in: space)
                guard let state = answer.enabled, state != enabled else { return answer }
                unknown = .contradiction(enabled: state)
            } catch {
                guard error.kind == .outcomeUnknown else { throw error }
                unknown = error
            }
            let settlement = try await settled(unknown) { () throws(APIError) in
                try await reader.settleUpdate(enabled: enabled, id: id, in: space)
            }
            switch settlement {
            case .done(let audience): return audience
            case .gone:
                var gone = unknown
                gone.kind = .notFound
                gone.message = "The change had no answer, and the audience is no longer there."
                throw gone
            case .notDone: if sent >= tries { throw unknown.givenUp(after: sent) }
            }
        }
    }

    /// Removes an audience; when the outcome is unknown, asks `reader` and goes on by what it shows.
    /// - Parameter tries: how often the removal is sent at most.
    /// - Returns: `.goneAfterRetry` when the audience was found gone after a removal without an answer.
    public func remove(
        _ id: String, in space: String, settlingWith reader: any AudienceReading, tries: Int = 3
    ) async throws(APIError) -> Removal {
        var sent = 0
        while true {
            sent += 1
            let unknown: APIError
            do {
                return try await remove(id, in: space)
            } catch {
                if error.kind == .notFound && sent > 1 { return .goneAfterRetry }
                guard error.kind == .outcomeUnknown else { throw error }
                unknown = error
            }
            let settlement = try await settled(unknown) { () throws(APIError) in
                try await reader.settleRemoval(of: id, in: space)
            }
            switch settlement {
            case .gone: return .goneAfterRetry
            case .done, .notDone: if sent >= tries { throw unknown.givenUp(after: sent) }
            }
        }
    }

    /// The settlement, or the unknown outcome with the reason why it could not be settled. A cancelled task settles what
    /// it has sent, too.
    private func settled(
        _ unknown: APIError, _ read: @escaping @Sendable () async throws(APIError) -> Settlement
    ) async throws(APIError) -> Settlement {
        let result = await shielded { () async -> Result<Settlement, APIError> in
            do throws(APIError) {
                return .success(try await read())
            } catch {
                return .failure(error)
            }
        }
        do throws(APIError) {
            return try result.get()
        } catch {
            var unsettled = unknown
            unsettled.message += " Reading it failed too: \(error.message)"
            throw unsettled
        }
    }
}

extension APIError {
    /// The answer to a change shows the state that the change was to end.
    fileprivate static func contradiction(enabled: Bool) -> APIError {
        APIError(
            .outcomeUnknown,
            "Segment answered that the change was made, with an audience that is still"
                + " \(enabled ? "enabled" : "disabled"): it may or may not have been made.",
            status: 200, mayHaveBeenSent: true, cause: .unreadable
        )
    }

    /// A GET showed the old state each time: the last change is settled as not made, but it will not go through.
    fileprivate func givenUp(after tries: Int) -> APIError {
        var error = self
        error.kind = cause ?? .server
        error.cause = nil
        error.isRetryable = true
        error.message =
            "The change was sent \(tries) times without an answer that proves it, and each time the audience was found"
            + " as before. The last time: \(message)"
        return error
    }
}
