// The live transport: one AsyncHTTPClient with one pool of connections, made at the first request and not before, so that
// a program that sends nothing starts no event loop. Invariant: `mayHaveBeenSent` is false only for failures that happen
// while a connection is being made.

import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Sends requests with AsyncHTTPClient.
public final class AsyncHTTPClientTransport: HTTPTransport {
    private enum State {
        case idle
        case running(HTTPClient)
        case closed
    }

    private let state = Mutex(State.idle)
    private let deadlines = Deadlines()
    private let userAgent: String
    private let largestBody: Int

    /// Makes a transport; nothing is opened before the first request.
    /// - Parameters:
    ///   - version: the version in the `User-Agent` header, `aud/VERSION`.
    ///   - largestBody: the size in bytes beyond which an answer is refused.
    public init(version: String = "0", largestBody: Int = 64 << 20) {
        userAgent = "aud/\(version)"
        self.largestBody = largestBody
    }

    deinit {
        // AsyncHTTPClient insists on being shut down.
        if case .running(let client) = state.withLock({ $0 }) {
            Task { try? await client.shutdown() }
        }
    }

    public func send(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        if Task.isCancelled { throw TransportError(.cancelled, mayHaveBeenSent: false, message: "cancelled") }
        guard let client = client() else {
            throw TransportError(.connect, mayHaveBeenSent: false, message: "the client has been shut down")
        }
        let deadline = NIODeadline.now() + .nanoseconds(timeout.wholeNanoseconds)
        do {
            let response = try await client.execute(message(for: request), deadline: deadline)
            return HTTPResponseMessage(
                status: Int(response.status.code), headers: HTTPFields(response.headers),
                body: try await body(of: response, on: client.eventLoopGroup.any(), until: deadline)
            )
        } catch {
            if Task.isCancelled { throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled") }
            let error = TransportError(error, largestBody: largestBody)
            guard error.mayHaveBeenSent, NIODeadline.now() >= deadline else { throw error }
            throw TransportError(.timeout, mayHaveBeenSent: true, message: "waited \(timeout.inWords)")
        }
    }

    /// The client's own deadline is over when the head of an answer is there; this one is for the body.
    private func body(
        of response: HTTPClientResponse, on loop: any EventLoop, until deadline: NIODeadline
    ) async throws -> [UInt8] {
        let largestBody = largestBody
        let reading = Task { try await response.body.collect(upTo: largestBody) }
        let number = deadlines.add(deadline, on: loop) { reading.cancel() }
        defer { deadlines.remove(number) }
        let buffer = try await withTaskCancellationHandler {
            try await reading.value
        } onCancel: {
            reading.cancel()
        }
        return Array(buffer.readableBytesView)
    }

    public func shutdown() async {
        let client = state.withLock { state -> HTTPClient? in
            defer { state = .closed }
            if case .running(let client) = state { return client }
            return nil
        }
        try? await client?.shutdown()
    }

    private func client() -> HTTPClient? {
        state.withLock { state in
            switch state {
            case .running(let client): return client
            case .closed: return nil
            case .idle:
                var configuration = HTTPClient.Configuration()
                configuration.redirectConfiguration = .disallow
                configuration.timeout = .init(connect: .seconds(10))
                configuration.httpVersion = .automatic
                // Shorter than servers keep idle connections (often 60 s): a request on a connection that the server
                // is just closing fails after it was sent, and for a change that means an unknown outcome.
                configuration.connectionPool.idleTimeout = .seconds(30)
                // The retries are the client's, with its own budget.
                configuration.connectionPool.retryConnectionEstablishment = false
                let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
                state = .running(client)
                return client
            }
        }
    }

    private func message(for request: HTTPRequestMessage) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: request.url)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers { message.headers.add(name: field.name.rawName, value: field.value) }
        message.headers.add(name: "User-Agent", value: userAgent)
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        return message
    }
}

extension HTTPFields {
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}

extension TransportError {
    /// Sorts what AsyncHTTPClient and NIO throw.
    fileprivate init(_ error: any Error, largestBody: Int) {
        switch error {
        case is CancellationError:
            self.init(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        case is NIOTooManyBytesError:
            self.init(.tooLarge, mayHaveBeenSent: true, message: "more than \(largestBody) bytes")
        case let error as NIOConnectionError:
            self.init(.connect, mayHaveBeenSent: false, message: TransportError.words(for: error))
        case let error as IOError where error.isAboutConnecting:
            self.init(.connect, mayHaveBeenSent: false, message: error.words)
        case let error as IOError:
            self.init(.dropped, mayHaveBeenSent: true, message: error.words)
        case let error as HTTPClientError:
            self.init(error)
        default:
            let text = String(describing: error)
            // NIOSSL's own error, before the first byte of a request: matched by its case name.
            let isHandshake = text.hasPrefix("handshakeFailed") || text.hasPrefix("unableToValidateCertificate")
            self.init(isHandshake ? .connect : .dropped, mayHaveBeenSent: !isHandshake, message: text)
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout,
            .getConnectionFromPoolTimeout:
            self.init(.connect, mayHaveBeenSent: false, message: "no connection within 10 s")
        case .alreadyShutdown:
            self.init(.connect, mayHaveBeenSent: false, message: "the client has been shut down")
        case .invalidURL, .emptyHost, .emptyScheme:
            self.init(.connect, mayHaveBeenSent: false, message: error.shortDescription)
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.timeout, mayHaveBeenSent: true, message: "no answer before the time-out")
        case .cancelled:
            self.init(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        case .remoteConnectionClosed:
            self.init(.dropped, mayHaveBeenSent: true, message: "closed by the server")
        default:
            self.init(.dropped, mayHaveBeenSent: true, message: error.shortDescription)
        }
    }

    private static func words(for error: NIOConnectionError) -> String {
        if error.connectionErrors.isEmpty { return "the host \(error.host) is not known" }
        let causes = error.connectionErrors.map { ($0.error as? IOError)?.words ?? String(describing: $0.error) }
        return causes.reduce(into: [String]()) { unique, cause in
            if !unique.contains(cause) { unique.append(cause) }
        }.joined(separator: "; ")
    }
}

extension IOError {
    /// Thrown by connecting, before there was a connection.
    fileprivate var isAboutConnecting: Bool {
        errnoCode == ECONNREFUSED || description.hasPrefix("connect")
            || description.hasPrefix("finishing a non-blocking connect")
    }
}
