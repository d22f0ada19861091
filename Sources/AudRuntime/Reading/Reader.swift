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

    /// The next page of a listing. A listing whose end does not agree with the API's own count, or that gives an audience
    /// twice, marks the run; one that comes back to a page fails.
    func page(
        of space: Space, at cursor: ListingCursor?, names: SpaceNames, noting record: RunRecord,
        keeping: Bool = true
    ) async throws(RuntimeError) -> (audiences: [RecordValue], next: ListingCursor?) {
        let reading = try await source()
        try record.countRequest()
        var visited = cursor?.visited ?? []
        let page: AudiencePage
        let token: String?
        do throws(APIError) {
            page = try await reading.page(of: space.id, after: cursor?.token)
            token = try page.pagination.next(after: &visited)
        } catch {
            throw RuntimeError(error, listing: space, names: names)
        }
        let now = time.wallNow().microseconds
        let began = cursor?.began ?? now
        index.add(page.audiences, space: space, at: now, listing: true)
        let count = (cursor?.read ?? 0) + page.audiences.count
        let ids = (cursor?.ids ?? []).union(page.audiences.lazy.map(\.id))
        let total = page.pagination.totalEntries
        let next = token.map { token in
            ListingCursor(
                token: token, read: count, ids: ids, visited: visited, expected: cursor?.expected ?? total,
                began: began)
        }
        let agrees = note(
            read: count, distinct: ids.count, total: total, first: cursor?.expected, isLast: next == nil, space: space,
            record)
        let audiences = page.audiences.map { records.record($0, space: space) }
        if keeping { read.add(audiences, in: space) }
        let isWhole = next == nil && agrees
        if isWhole { index.finishListing(of: space, since: began) }
        // Where the API gives no number, a listing that came to its end has counted them.
        read.note(total: total ?? (isWhole ? ids.count : nil), isWhole: isWhole && keeping, of: space)
        return (audiences, next)
    }

    /// Lists a space, for what is read by it: in full, or one page.
    func list(
        _ space: Space, whole: Bool = true, names: SpaceNames, noting record: RunRecord
    ) async throws(RuntimeError) {
        var cursor: ListingCursor?
        repeat {
            if Task.isCancelled { throw .interrupted }
            cursor = try await page(of: space, at: cursor, names: names, noting: record).next
        } while whole && cursor != nil
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

    /// Compares what was read with what the API says there is. The count may also move while pages are read, and an
    /// audience may come twice: then another may have slipped from one page to another, even when the sum is right. False
    /// when the listing is not whole.
    private func note(
        read: Int, distinct: Int, total: Int?, first: Int?, isLast: Bool, space: Space, _ record: RunRecord
    ) -> Bool {
        var reasons: [String] = []
        if distinct < read {
            reasons.append("the listing of \(space.name) gave an audience twice, so another may be missing")
        }
        if let total, let first, first != total {
            reasons.append(
                "the number of audiences in \(space.name) went from \(first) to \(total) while they were listed")
        } else if let total, isLast, distinct != total {
            reasons.append("the listing of \(space.name) gave \(distinct) of \(total) audiences")
        }
        for reason in reasons where record.noteIncomplete(reason) { output.notice(.incompleteListing(reason)) }
        return reasons.isEmpty
    }
}
