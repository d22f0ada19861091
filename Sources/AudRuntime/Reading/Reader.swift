// The reads that both worlds share: pages of a listing, and single audiences. It counts what it asks, fills the index,
// and notes what was not read in full. Invariant: it holds nothing that can change a workspace.

internal import AudLanguage
internal import SegmentAudiences

struct Reader: Sendable {
    /// Opens the way to the API when it is first needed.
    typealias Source = @Sendable () async throws(RuntimeError) -> any AudienceReading

    private let source: Source
    private let records: AudienceRecords
    private let index: AudienceIndex
    /// What was read so far, as it was read.
    let read = ReadAudiences()
    private let output: any Output
    private let time: any TimeSource

    init(source: @escaping Source, index: AudienceIndex, output: any Output, time: any TimeSource) {
        self.source = source
        self.index = index
        self.output = output
        self.time = time
        records = AudienceRecords()
    }

    /// The next page of a listing. A listing whose end does not agree with the API's own count marks the run.
    func page(
        of space: Space, at cursor: ListingCursor?, names: SpaceNames, noting record: RunRecord,
        keeping: Bool = true
    ) async throws(RuntimeError) -> (audiences: [RecordValue], next: ListingCursor?) {
        let reading = try await source()
        try record.countRequest()
        let page: AudiencePage
        do throws(APIError) {
            page = try await reading.page(of: space.id, after: cursor?.token)
        } catch {
            throw RuntimeError(error, listing: space, names: names)
        }
        let now = time.wallNow().microseconds
        let began = cursor?.began ?? now
        index.add(page.audiences, space: space, at: now, listing: true)
        let count = (cursor?.read ?? 0) + page.audiences.count
        let total = page.pagination.totalEntries
        let next = page.pagination.next.map { token in
            ListingCursor(token: token, read: count, expected: cursor?.expected ?? total, began: began)
        }
        let agrees = note(
            read: count, total: total, first: cursor?.expected, isLast: next == nil, space: space, record)
        let audiences = page.audiences.map { records.record($0, space: space) }
        if keeping { read.add(audiences, in: space) }
        let isWhole = next == nil && agrees
        if isWhole { index.finishListing(of: space, since: began) }
        read.note(total: total, isWhole: isWhole, of: space)
        return (audiences, next)
    }

    /// One audience, as a value and as the JSON that the API sent.
    func audience(
        _ id: String, in space: Space, noting record: RunRecord
    ) async throws(RuntimeError) -> (record: RecordValue, json: String) {
        let reading = try await source()
        try record.countRequest()
        do throws(APIError) {
            let audience = try await reading.get(id, in: space.id)
            return (self.record(audience, space: space), audience.json.text)
        } catch {
            if error.kind == .notFound { index.remove(id: id, space: space) }
            throw RuntimeError(error, audience: id, in: space)
        }
    }

    /// An audience that the API answered, as a value; the index learns it.
    func record(_ audience: Audience, space: Space) -> RecordValue {
        index.add([audience], space: space, at: time.wallNow().microseconds)
        let record = records.record(audience, space: space)
        read.add([record], in: space)
        return record
    }

    /// Forgets an audience that was removed.
    func forget(_ id: String, in space: Space) {
        index.remove(id: id, space: space)
        read.remove(id, in: space)
    }

    /// Compares what was read with what the API says there is. The count may also move while pages are read: then an
    /// audience may have slipped from one page to another, even when the sum is right. False when
    /// they do not agree.
    private func note(
        read: Int, total: Int?, first: Int?, isLast: Bool, space: Space, _ record: RunRecord
    ) -> Bool {
        guard let total else { return true }
        var reason: String?
        if let first, first != total {
            reason = "the number of audiences in \(space.name) went from \(first) to \(total) while they were listed"
        } else if isLast, read != total {
            reason = "the listing of \(space.name) gave \(read) of \(total) audiences"
        }
        guard let reason else { return true }
        if record.noteIncomplete(reason) { output.notice(.incompleteListing(reason)) }
        return false
    }
}
