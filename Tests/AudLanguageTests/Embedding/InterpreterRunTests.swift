import AudLanguage
import Testing

/// Runs in a world: what comes out, and how a run ends before its time.
@Suite struct InterpreterRunTests {
    /// Answers nothing before its task is cancelled; says when it is asked.
    struct Silence: World {
        let asked: @Sendable () -> Void

        func answer(_ request: Request) async -> Answer {
            asked()
            for await _ in AsyncStream<Void>(unfolding: { await Self.cancellation() }) {}
            return .value(.null)
        }

        /// Suspends until the task is cancelled.
        private static func cancellation() async -> Void? {
            let (stream, end) = AsyncStream<Void>.makeStream()
            for await _ in stream {}
            end.finish()
            return nil
        }
    }

    private static func file(_ text: String) -> SourceFile { SourceFile(name: "t", text: text) }

    @Test func theLastValueIsTheResultAndNamesStay() async throws {
        let interpreter = Interpreter(now: 0)
        #expect(try await interpreter.run(Self.file("1\n\"a\"\nlet x = 5"), in: EmptyWorld()) == "a")
        #expect(try await interpreter.run(Self.file("x + 1"), in: EmptyWorld()) == 6)
        #expect(try await interpreter.run(Self.file(""), in: EmptyWorld()) == .null)
        let parameters: [String: Value] = ["n": 4]
        #expect(
            try await interpreter.run(Self.file("param n: int\nn * 2"), in: EmptyWorld(), parameters: parameters) == 8)
    }

    @Test(arguments: [
        ("list()", "list"), ("get(\"a\")", "get"), ("disable(\"a\")", "disable"), ("spaces()", "spaces"),
        ("space(\"a\")", "space"), ("print(1)", "print"), ("show(1)", "show"), ("confirm(\"a\")", "confirm"),
        ("env(\"a\")", "env"),
    ])
    func whatAWorldDoesNotKnowIsAnError(_ text: String, _ name: String) async {
        let interpreter = Interpreter(now: 0)
        await #expect { try await interpreter.run(Self.file(text), in: EmptyWorld()) } throws: { error in
            (error as? ScriptError)?.diagnostics.first?.message == "this host does not answer `\(name)`"
        }
    }

    @Test func aTextThatCannotRunIsRejectedAndTheNextOneRuns() async throws {
        let interpreter = Interpreter(now: 0)
        for text in ["1 +", "nothing", "param n: int\nn"] {
            await #expect { try await interpreter.run(Self.file(text), in: EmptyWorld()) } throws: { error in
                if case .rejected(let diagnostics)? = error as? ScriptError { !diagnostics.isEmpty } else { false }
            }
        }
        #expect(try await interpreter.run(Self.file("1"), in: EmptyWorld()) == 1)
    }

    private static func isCancelled(_ error: any Error) -> Bool {
        if case .failed(let reason)? = error as? ScriptError { reason.kind == .cancelled } else { false }
    }

    @Test func anEndlessLoopIsCancelledFromAnotherTask() async throws {
        let interpreter = Interpreter(now: 0)
        let cancellation = Cancellation()
        Task.detached { cancellation.cancel() }
        await #expect {
            try await interpreter.run(Self.file("while true { }"), in: EmptyWorld(), cancellation: cancellation)
        } throws: { Self.isCancelled($0) }
        #expect(try await interpreter.run(Self.file("2"), in: EmptyWorld()) == 2)
    }

    @Test func aRunCanBeCancelledBeforeItStarts() async {
        let cancellation = Cancellation()
        cancellation.cancel()
        cancellation.cancel()
        let interpreter = Interpreter(now: 0)
        await #expect {
            try await interpreter.run(Self.file("try list() else 1"), in: EmptyWorld(), cancellation: cancellation)
        } throws: { Self.isCancelled($0) }
    }

    @Test func anAnswerUnderWayIsCancelled() async {
        let cancellation = Cancellation()
        let interpreter = Interpreter(now: 0)
        let world = Silence { Task.detached { cancellation.cancel() } }
        await #expect {
            try await interpreter.run(Self.file("print(1)"), in: world, cancellation: cancellation)
        } throws: { Self.isCancelled($0) }
    }

    @Test func theTaskOfARunCanBeCancelledToo() async {
        let (asked, tell) = AsyncStream<Void>.makeStream()
        let task = Task {
            let world = Silence { tell.finish() }
            return try await Interpreter(now: 0).run(Self.file("print(1)"), in: world)
        }
        for await _ in asked {}
        task.cancel()
        await #expect { try await task.value } throws: { Self.isCancelled($0) }
    }

    @Test func valuesAreSwiftLiteralsAndComeApart() throws {
        let value: LanguageValue = ["name": "Spring", "xs": [1, true, .null], "name": "Summer"]
        #expect(try value.text() == "{name: \"Summer\", xs: [1, true, null]}")
        #expect(value["name"]?.stringValue == "Summer" && value["none"] == nil && value[0] == nil)
        let xs = try #require(value["xs"])
        #expect(xs.items?.count == 3 && xs[0]?.intValue == 1 && xs[1]?.boolValue == true && xs[2]?.isNull == true)
        #expect(xs[3] == nil && xs[-1] == nil && xs["a"] == nil && xs.stringValue == nil)
        #expect(LanguageValue(Double.infinity) == nil && LanguageValue(2.5)?.floatValue == 2.5)
        #expect(LanguageValue.int(2).floatValue == 2 && LanguageValue.float(2).intValue == nil && xs[0] == .float(1))
    }
}
