// Requests as a script may make them: valid, needless, mistaken, repeated.

import AudLanguage
import AudTesting

@testable import AudRuntime

enum RandomRequest {
    static func next(using random: inout SeededRandom, seen: [RecordValue]) -> Request {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: .page(space: nil, cursor: nil)
        case 2: .get(id: id(using: &random), space: "prod")
        case 3: .print("line")
        case 4: .confirm("Go on?")
        default: .change(change(using: &random, seen: seen))
        }
    }

    static func change(using random: inout SeededRandom, seen: [RecordValue]) -> ChangeRequest {
        let verbs: [Verb] = [.disable, .enable, .disable, .enable, .remove]
        let verb = verbs[Int.random(in: verbs.indices, using: &random)]
        var targets: [ChangeRequest.Target] = []
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            if let audience = seen.randomElement(using: &random), Bool.random(using: &random) {
                targets.append(.of(audience))
            } else {
                targets.append(.id(id(using: &random)))
            }
        }
        return .sample(verb, targets, Bool.random(using: &random) ? .stop : .continue)
    }

    /// One of `a1`…`a12`, or sometimes an id that nobody has.
    private static func id(using random: inout SeededRandom) -> String {
        "a\(Int.random(in: 1...13, using: &random))"
    }
}
