// Starting, stopping, looking and interfering: what a program that holds a sandbox can do with it.

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import AudSandbox

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("A sandbox in a program") struct LifecycleTests {
    @Test func itListensOnLoopbackStopsAndStartsAgainWithItsState() async throws {
        let (sandbox, url) = try await Self.startedOnAPortOfItsOwn(test: 0)
        #expect(url.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+/) != nil)
        let id = sandbox.snapshot(RawClient.prod)[0].id
        #expect(try await RawClient(url: url).delete(RawClient.audiences + "/" + id).status == 200)
        await sandbox.stop()
        await sandbox.stop()
        await #expect(throws: (any Error).self) {
            try await RawClient(url: url).get(RawClient.audiences + "/" + id)
        }
        let again = RawClient(url: try await sandbox.start())
        #expect(try await again.get(RawClient.audiences + "/" + id).status == 404)
        await sandbox.stop()
    }

    @Test func aTakenPortIsReportedWithWhatToDo() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            var options = SandboxOptions()
            options.port = client.port
            let error = await #expect(throws: SandboxError.self) { try await Sandbox(options).start() }
            #expect(error?.description.contains("127.0.0.1:\(client.port)") == true)
            #expect(error?.description.contains("choose another port") == true)
            await #expect(throws: SandboxError.alreadyStarted) { try await sandbox.start() }
            // The failed start leaves this one running.
            #expect(try await client.get(RawClient.audiences + "?pagination.count=1").status == 200)
        }
    }

    /// A sandbox on a port below those that the system hands out, of this process and test alone: nobody else can get it
    /// when it is free again.
    private static func startedOnAPortOfItsOwn(test: Int) async throws -> (Sandbox, String) {
        let first = 20_000 + Int(getpid()) % 100 * 100 + test * 50
        for port in first..<first + 50 {
            var options = SandboxOptions()
            options.port = port
            let sandbox = Sandbox(options)
            if let url = try? await sandbox.start() { return (sandbox, url) }
        }
        throw SandboxError.cannotListen(port: first, reason: "all of fifty ports are taken")
    }

    @Test func theSamePortServesAgain() async throws {
        let (first, url) = try await Self.startedOnAPortOfItsOwn(test: 1)
        await first.stop()
        var options = SandboxOptions()
        options.port = RawClient(url: url).port
        for _ in 0..<10 {
            let again = try await Self.started(options)
            #expect(again.url == url)
            #expect(try await RawClient(url: url).get("/").status == 404)
            await again.sandbox.stop()
        }
    }

    /// Starts a sandbox on a port that this test alone uses. Other suites start programs, and between `fork` and `exec`
    /// a child holds the sockets of this process too: for that moment the port is taken.
    private static func started(_ options: SandboxOptions) async throws -> (sandbox: Sandbox, url: String?) {
        let sandbox = Sandbox(options)
        let deadline = ContinuousClock.now.advanced(by: .seconds(20))
        while ContinuousClock.now < deadline {
            do {
                return (sandbox, try await sandbox.start())
            } catch SandboxError.cannotListen {
                await Task.yield()
            }
        }
        return (sandbox, nil)
    }

    @Test(arguments: [-1, 65_536, 99_999]) func aNumberThatIsNoPortIsRefused(port: Int) async throws {
        var options = SandboxOptions()
        options.port = port
        let sandbox = Sandbox(options)
        let error = await #expect(throws: SandboxError.self) { try await sandbox.start() }
        #expect(error?.description.contains("from 0 to 65535") == true)
    }

    @Test func aCancelledStartLeavesNothingRunning() async throws {
        let sandbox = Sandbox()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await sandbox.start()
        }
        _ = await task.result
        // Whether the cancelled start still won or not, the sandbox can be stopped and started.
        await sandbox.stop()
        let url = try await sandbox.start()
        #expect(try await RawClient(url: url).get("/").status == 404)
        await sandbox.stop()
    }

    @Test func runServesUntilItsTaskIsCancelled() async throws {
        let (urls, started) = AsyncStream<String>.makeStream()
        let task = Task { try await Sandbox().run { started.yield($0) } }
        var url: String?
        for await first in urls {
            url = first
            break
        }
        let client = RawClient(url: try #require(url))
        #expect(try await client.get(RawClient.audiences + "?pagination.count=1").status == 200)
        task.cancel()
        try await task.value
        await #expect(throws: (any Error).self) { try await client.get(RawClient.audiences) }
    }

    @Test func withStopsWhateverHappens() async throws {
        struct Mishap: Error {}
        let address = Mutex("")
        await #expect(throws: Mishap.self) {
            try await Sandbox.with { _, url in
                address.withLock { $0 = url }
                throw Mishap()
            }
        }
        let client = RawClient(url: address.withLock { $0 })
        await #expect(throws: (any Error).self) { try await client.get("/") }
    }

    @Test func theLogShowsRequestsButNeverTheToken() async throws {
        let seen = Mutex<[Int]>([])
        try await withSandbox({
            $0.requestLogCapacity = 2
            $0.onRequest = { request in seen.withLock { $0.append(request.number) } }
        }) { (sandbox, client, clock) async throws in
            var secret = client
            secret.token = "sgp_SECRET"
            _ = try await secret.get(RawClient.audiences + "?pagination.count=1")
            clock.advance(by: .seconds(1))
            let id = sandbox.snapshot(RawClient.prod)[0].id
            _ = try await secret.patch(
                RawClient.audiences + "/" + id, #"{"enabled":false}"#, headers: ["X-Trace: 7", "Content-Type: a/b"])
            _ = try await secret.get("/elsewhere?x=1")

            #expect(seen.withLock { $0 } == [1, 2, 3])
            let log = sandbox.requests
            #expect(log.map(\.number) == [2, 3])
            #expect(log[0].method == "PATCH")
            #expect(log[0].path == RawClient.audiences + "/" + id)
            #expect(log[0].body == #"{"enabled":false}"#)
            #expect(log[0].operation == .update)
            #expect(log[0].status == 200)
            #expect(log[0].header("x-trace") == "7")
            #expect(log[0].header("authorization") == "***")
            #expect(log[1].operation == nil)
            #expect(log[1].query == "x=1")
            #expect(log[1].at == clock.now())
            #expect(!"\(log)".contains("SECRET"))
            sandbox.clearRequests()
            #expect(sandbox.requests.isEmpty)
        }
    }

    @Test func thingsChangeBehindTheClientsBack() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let id = sandbox.snapshot(RawClient.prod)[0].id
            let path = RawClient.audiences + "/" + id
            _ = try await client.get(path)
            #expect(
                sandbox.mutate(id, in: RawClient.prod) {
                    $0.name = "renamed"
                    $0.status = "Error"
                    $0.omittedFields = ["description", "createdBy"]
                    $0.extraFields = ["size": #"{"count":3}"#]
                })
            let audience = try await client.get(path).audience
            #expect(audience?["name"]?.text == "renamed")
            #expect(audience?["status"]?.text == "Error")
            #expect(audience?["description"] == nil)
            #expect(audience?["size"]?["count"]?.number == 3)
            #expect(!sandbox.mutate("aud_none", in: RawClient.prod) { $0.name = "x" })

            sandbox.insert(SandboxAudience(id: "aud_new", spaceID: "myspace", name: "made here"))
            let page = try await client.get("/spaces/myspace/audiences?pagination.count=5")
            #expect(page.ids == ["aud_new"])
            #expect(sandbox.delete("aud_new", in: "myspace"))
            #expect(!sandbox.delete("aud_new", in: "myspace"))
            #expect(try await client.get("/spaces/myspace/audiences/aud_new").status == 404)
            #expect(sandbox.snapshot("unknown").isEmpty)
        }
    }

    @Test func aRealClientKeepsItsConnectionsThroughManyCalls() async throws {
        try await withSandbox { (_, client, _) async throws in
            var request = HTTPClientRequest(
                url: "http://127.0.0.1:\(client.port)\(RawClient.audiences)?pagination.count=1")
            request.headers.add(name: "Authorization", value: "Bearer demo")
            let fixed = request
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<25 {
                            let response = try await HTTPClient.shared.execute(fixed, timeout: .seconds(30))
                            _ = try await response.body.collect(upTo: 1 << 20)
                            guard response.status == .ok else { return false }
                        }
                        return true
                    }
                }
                for try await passed in group { #expect(passed) }
            }
        }
    }
}
