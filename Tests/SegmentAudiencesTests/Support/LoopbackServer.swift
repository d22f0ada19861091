// A tiny server on loopback that sends given bytes, whatever it is asked, so that the live transport meets what no
// proper server library would send: cut-off bodies, broken connections, endless bodies.

import NIOCore
import NIOPosix
import Synchronization

final class LoopbackServer: Sendable {
    /// What is done once the head of a request is there.
    enum Behaviour: Sendable {
        /// Sends the bytes and keeps the connection.
        case send(String)
        /// Sends the bytes and closes.
        case sendAndClose(String)
        /// Sends a head and then body bytes for as long as somebody reads.
        case flood
        /// Sends nothing.
        case silence
    }

    private let channel: any Channel
    private let heads: Heads
    let port: Int

    private init(channel: any Channel, port: Int, heads: Heads) {
        self.channel = channel
        self.port = port
        self.heads = heads
    }

    /// The request heads that came, as text.
    var requests: [String] { heads.all.withLock { $0 } }

    static func start(_ behaviour: Behaviour) async throws -> LoopbackServer {
        let heads = Heads()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(behaviour, heads))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackServer(channel: channel, port: channel.localAddress?.port ?? 0, heads: heads)
    }

    func stop() async {
        try? await channel.close()
    }

    private final class Heads: Sendable {
        let all = Mutex<[String]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let heads: Heads
        private var received = ""

        init(_ behaviour: Behaviour, _ heads: Heads) {
            self.behaviour = behaviour
            self.heads = heads
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard received.contains("\r\n\r\n") else { return }
            heads.all.withLock { $0.append(received) }
            received = ""
            switch behaviour {
            case .silence: break
            case .send(let text): send(text, context)
            case .sendAndClose(let text):
                send(text, context)
                context.close(promise: nil)
            case .flood:
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", context)
                flood(context)
            }
        }

        private func send(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        private func flood(_ context: ChannelHandlerContext) {
            let block = ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 16)
            context.writeAndFlush(wrapOutboundOut(block)).assumeIsolated().whenSuccess { self.flood(context) }
        }
    }
}
