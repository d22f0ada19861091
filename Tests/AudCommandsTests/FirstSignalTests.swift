import Testing

@testable import AudCommands

struct FirstSignalTests {
    /// `timeout` signals a process and then its group, which the process is in.
    @Test func theSameSignalAtOnceIsNoSecondOne() {
        let first = FirstSignal()
        let moment = ContinuousClock.now
        #expect(first.number == nil)
        #expect(first.note(15, at: moment) == .first)
        #expect(first.note(15, at: moment.advanced(by: .milliseconds(20))) == .echo)
        #expect(first.note(2, at: moment.advanced(by: .milliseconds(30))) == .another)
        #expect(first.note(15, at: moment.advanced(by: .milliseconds(100))) == .another)
        #expect(first.number == 15)
        let presses = FirstSignal()
        #expect(presses.note(2, at: moment) == .first)
        #expect(presses.note(2, at: moment) == .another)
    }
}
