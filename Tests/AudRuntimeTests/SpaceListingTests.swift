// What a listing must be, for changes to rest on it.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct SpaceListingTests {
    @Test(arguments: [Mode.dryRun, .live])
    func `a listing that gives an audience twice is not whole, though its sum is right`(mode: Mode) async throws {
        let bench = SessionBench(FakeWorkspace(count: 25, pageSize: 5, slip: 1), SessionOptions(mode: mode))
        let run = try await bench.run("list() | where .enabled | disable")
        let report = mode == .live ? run : await bench.clock.run { await bench.session.apply() }
        #expect(report.error?.code == .incomplete)
        #expect(report.exitCode == .refused)
        #expect(bench.fake.writes.isEmpty)
        #expect(
            bench.output.notices == [
                "the listing of prod gave an audience twice, so another may be missing",
                "the listing of prod gave 24 of 25 audiences",
            ])
    }

    @Test func `without a number of the API an audience that comes twice still shows`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 25, pageSize: 5, slip: 1, total: { _ in nil }))
        let report = try await bench.run("list() | count")
        #expect(report.incomplete == ["the listing of prod gave an audience twice, so another may be missing"])
    }

    @Test func `a listing that comes back to a page fails`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 25, pageSize: 5, sticksAt: 10))
        let report = try await bench.run("list() | count")
        #expect(report.error?.code == .apiUnreadable)
        #expect(report.error?.message.contains("came back to a page it had been at") == true)
        #expect(bench.fake.calls.count == 3)
    }

    @Test(arguments: [Mode.dryRun, .live])
    func `where the API gives no number of audiences, a whole listing has counted them`(mode: Mode) async throws {
        func changed(_ percent: Int) async throws -> RunReport {
            let options = SessionOptions(mode: mode, caps: Caps(maxPercent: percent))
            let bench = SessionBench(FakeWorkspace(count: 8, pageSize: 3, total: { _ in nil }), options)
            let run = try await bench.run("list() | where .enabled | disable")
            if mode == .live { return run }
            await bench.session.examine()
            return await bench.clock.run { await bench.session.apply() }
        }
        #expect(try await changed(75).counts[.done] == 6)
        let refused = try await changed(74)
        #expect(refused.error?.message == "would change 6 of 8 audiences of prod, the cap is 74 %")
    }
}
