// How long Tab takes with so many audiences, and how long they take to be put in order at the end of their listing:
// `term-demo completing COUNT`. `scripts/bench typing` runs it in a release build.

import AudRuntime
import AudShell
import SegmentAudiences

enum Completing {
    /// What Tab is pressed behind.
    private static let texts = [
        "list() | where .key == \"", "list() | where .name == \"夏の", "list() | where .name == \"SPRING promo 1",
        "get(\"", "get(\"aud_19999", "list(\"", "x = \"zzz", "list() | where .status == ", "le",
    ]

    static func measure(audiences count: Int) {
        let index = index(of: count)
        let ordering = ContinuousClock().measure { index.order() }
        print("Tab with \(count) audiences, which were put in order in \(MeasuredInput.milliseconds(ordering)) ms")
        let host = ShellHost(theme: Theme(isColored: true)) {
            CompletionContext(
                spaces: ["prod": "s1"], knownSpaces: { index.spaces },
                audiences: { prefix, field in
                    index.matches(prefix: prefix, field: field, limit: 200).map { entry in
                        .init(id: entry.id, key: entry.key, name: entry.name, seen: entry.seen)
                    }
                }, now: 2)
        }
        for text in texts {
            guard let input = Typing.edit(text + "\t", host) else { return }
            print("  \(input.last)  \(text)")
        }
    }

    private static func index(of count: Int) -> AudienceIndex {
        let index = AudienceIndex()
        let audiences = (0..<count).compactMap { number in
            let name = number.isMultiple(of: 3) ? "夏のキャンペーン \(number)" : "Spring promo \(number) – DE"
            return Audience(fields: [
                "id": .string("aud_\(number)00000000000000000000"), "spaceId": .string("s1"), "name": .string(name),
                "key": .string("spring_promo_\(number)_de"),
            ])
        }
        index.add(audiences, space: Space(id: "s1"), at: 1, listing: true)
        return index
    }
}
