import Testing

@testable import AudLanguage

/// Arrays and indices that grow in pieces are what ordinary ones are, on both sides of a piece's end.
@Suite struct GrowingArrayTests {
    private static let counts = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]

    @Test(arguments: counts)
    func itHasWhatWasAppended(_ count: Int) throws {
        var array = GrowingArray<Int>()
        for item in 0..<count { array.append(item * 3) }
        #expect(array.count == count)
        #expect((0..<count).allSatisfy { array[$0] == $0 * 3 })
        #expect(try array.take(Meter()) == (0..<count).map { $0 * 3 })
        #expect(array.count == 0)
    }

    /// The copy that is left is made piece by piece, with a look at the signal in between.
    @Test func takingLooksAtTheSignal() throws {
        func polls(_ count: Int) throws -> Int {
            var array = GrowingArray<Int>()
            for item in 0..<count { array.append(item) }
            let meter = Meter()
            _ = try array.take(meter)
            return meter.polls
        }
        #expect(try polls(1_000_000) >= 15)
        let signal = StopSignal()
        signal.raise()
        var array = GrowingArray<Int>()
        for item in 0..<100_000 { array.append(item) }
        #expect(throws: RuntimeError.self) { _ = try array.take(Meter(signal: signal)) }
    }

    @Test func anIndexKnowsItsKeysAlsoWhenItIsDivided() {
        var index = GrowingIndex<Int>()
        for key in 0..<100_000 { #expect(index.update(key * 7, key) == nil) }
        #expect(index.update(7, 5) == 1)
        #expect(index[7] == 5)
        #expect((2..<100_000).allSatisfy { index[$0 * 7] == $0 })
        #expect(index[-7] == nil && index[3] == nil)
    }
}
