// What an audience's query refers to: the examples of Segment's reference, and what could lead a reader astray.

import SegmentAudiences
import Testing

@Suite("References in a query")
struct QueryReferencesTests {
    @Test(
        "the documented examples",
        arguments: [
            (
                "event('Shoes Bought').where( property('price') >= 100 ).within(7 days).count() >= 1", ["Shoes Bought"],
                []
            ),
            (
                """
                event('Shoes Bought').where( 
                property('price') >= trait('avg_spend')
                AND 
                event('Shoes Returned').within(parent: 5 days).count() >= 1 
                ).within(30 days).count() >= 1
                """, ["Shoes Bought", "Shoes Returned"], ["avg_spend"]
            ),
            (
                "NOT ( event('Shoes Bought').count() >= 1 AND trait('total_spend') > 200 )", ["Shoes Bought"],
                ["total_spend"]
            ),
            (
                "ALL ( event('Shoes Bought').count() >= 1 AND trait('total_spend') > 200 )", ["Shoes Bought"],
                ["total_spend"]
            ),
            ("ALL NOT event('Shoes Bought').count() >= 1", ["Shoes Bought"], []),
            ("ANY event('Shoes Bought').count() >= 1", ["Shoes Bought"], []),
            (
                "event('Shoes Bought').where( property('price') > 100 AND property('brand') = 'My Brand' )"
                    + ".min(property('spend'))", ["Shoes Bought"], []
            ),
            ("sources({exclude: 'QgRHeujRJBM9j18yChyC', '/;hSBZDqGDPvXCKHbikPm'}) AND trait('vip')", [], ["vip"]),
            ("trait('total_spend')", [], ["total_spend"]),
        ] as [(String, [String], [String])])
    func documented(_ query: String, _ events: [String], _ traits: [String]) {
        let references = QueryReferences(query)
        #expect(references.events.sorted() == events)
        #expect(references.traits.sorted() == traits)
    }

    @Test(
        "a name is found however it is written, and never inside another text",
        arguments: [
            (#"trait("a").equals(true)"#, ["a"]), ("TRAIT ( 'a' )", ["a"]), ("trait(\n\t'a'\n)", ["a"]),
            (#"trait('it\'s') OR trait('b')"#, ["b", "it's"]), ("trait('it''s') OR trait('b')", ["b", "it's"]),
            (#"trait("say \"hi\"")"#, [#"say "hi""#]), ("trait(‘a’)", ["a"]), ("trait(a)", ["a"]),
            ("trait('a').one_of('trait(\"b\")', \"trait('c')\")", ["a"]), ("event('trait(\\'b\\')').count()", []),
            ("event('x').where(property('y') = trait('a')).count() > trait(parent: 'b')", ["a", "b"]),
            ("mytrait('a') AND trait_('b') AND portrait('c') AND trait 'd'", []),
            ("/* it's trait('b') */ trait('a') -- don't\n AND trait('c') // that's it", ["a", "c"]),
            ("trait('größe') AND trait('👟')", ["größe", "👟"]), ("trait('open", ["open"]), ("trait(", []), ("", []),
        ] as [(String, [String])])
    func written(_ query: String, _ traits: [String]) {
        #expect(QueryReferences(query).traits.sorted() == traits)
    }

    @Test("any text is read to its end")
    func anything() {
        var random = SystemRandomNumberGenerator()
        let parts = ["trait(", "event", "'", "\"", "\\", ")", "/*", "*/", "--", "\n", "a", " ", "‘", ":", "é"]
        for _ in 0..<500 {
            let query = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let references = QueryReferences(query)
            #expect(references.traits.count <= 20, "\(query)")
        }
    }
}
