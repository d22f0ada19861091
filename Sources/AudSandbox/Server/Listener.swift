// The life of the server: bound to 127.0.0.1 and nothing else, silent, started and stopped any number of times.
// It uses Hummingbird's core server without its application layer, which would bring a logger, signal handlers and the
// whole of Foundation with it.

import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

actor Listener {
    private var server: Task<Void, any Error>?

    /// Starts to listen and returns the port.
    func start(port: Int, responder: Responder) async throws -> Int {
        guard server == nil else { throw SandboxError.alreadyStarted }
        guard (0...65_535).contains(port) else {
            throw SandboxError.cannotListen(port: port, reason: "a port is a number from 0 to 65535")
        }
        let (ports, listening) = AsyncThrowingStream<Int, any Error>.makeStream()
        let http = Server(
            childChannelSetup: HTTP1Channel { request, writer, channel in
                try await responder.respond(to: request, writer: writer, channel: channel)
            },
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                listening.yield(channel.localAddress?.port ?? port)
                listening.finish()
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        )
        let running = Task {
            do {
                try await http.run()
                listening.finish()
            } catch {
                listening.finish(throwing: error)
                throw error
            }
        }
        server = running
        do {
            for try await bound in ports { return bound }
        } catch {
            server = nil
            throw SandboxError.cannotListen(port: port, reason: Listener.reason(error))
        }
        // The stream ends without a port when the caller was cancelled, or the sandbox stopped meanwhile.
        if server == running { await stop() }
        throw CancellationError()
    }

    /// Closes every connection and waits until the port is free.
    func stop() async {
        guard let server else { return }
        self.server = nil
        server.cancel()
        _ = await server.result
    }

    /// Waits for the server's end; a cancelled caller ends it.
    func untilStopped() async {
        guard let server else { return }
        await withTaskCancellationHandler {
            _ = await server.result
        } onCancel: {
            server.cancel()
        }
        if self.server == server { self.server = nil }
    }

    private static func reason(_ error: any Error) -> String {
        // NIO puts the names of Swift functions before what the system says.
        guard let error = error as? IOError, let text = strerror(error.errnoCode) else {
            return String(describing: error)
        }
        return String(cString: text).lowercased()
    }
}
