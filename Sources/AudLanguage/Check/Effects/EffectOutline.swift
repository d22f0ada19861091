/// What every function of a script asks of the workspace, and from there what the script does: the list of `aud check`.
///
/// Invariant: whatever the script can ask for is listed, with a cap that is never too small. What is not known (how often
/// a function value is called, what a function gives) has no cap.
struct EffectOutline {
    /// A verb or a built-in that reaches the workspace.
    struct Site {
        var kind: ScriptEffect.Kind
        var name: String
        var span: Span
        var cap: EffectCap
    }

    /// A call of a function, or a use of it as a value.
    struct Call {
        var function: Int
        var span: Span
        var cap: EffectCap
        /// What is known of the arguments, by the variables of the parameters.
        var arguments: [Int: EffectCap]
    }

    struct Body {
        var name = "script"
        var sites: [Site] = []
        var calls: [Call] = []
    }

    private var effects: [ScriptEffect] = []
    /// The places of `effects`, by what makes two of them one.
    private var places: [Key: Int] = [:]
    private var reached: Set<Int> = []
    private let bodies: [Int: Body]

    /// The most functions of one way that are noted, but for its last.
    private static let longestPath = 100

    private struct Key: Hashable {
        var span: Span
        var origin: Span
        var name: String
    }

    /// The effects in the order of their places. Functions that nothing calls count when they stand in the text itself,
    /// and not in a module.
    static func effects(of bodies: [Int: Body], in file: UInt16?) -> [ScriptEffect] {
        var outline = EffectOutline(bodies: bodies)
        let top = bodies[0] ?? Body()
        for site in top.sites { outline.add(site, at: site.span, cap: site.cap) }
        for call in top.calls { outline.follow(call) }
        for (function, body) in bodies.sorted(by: { $0.key < $1.key }) where !outline.reached.contains(function) {
            guard function != 0 else { continue }
            for site in body.sites where site.span.file == file {
                outline.add(site, at: site.span, cap: site.cap, function: body.name)
            }
        }
        return outline.effects.sorted { left, right in
            (left.span.file, left.span.start, left.origin.start) < (
                right.span.file, right.span.start, right.origin.start
            )
        }
    }

    private init(bodies: [Int: Body]) { self.bodies = bodies }

    /// All that a call of the top level leads to, by every way: what is reached in two ways happens twice. A function
    /// that calls itself may do so without end, and one that is reached in very many ways is taken to: the work stays
    /// small.
    private mutating func follow(_ first: Call) {
        var visits: [Int: Int] = [:]
        /// What has no cap, and all that it leads to has none either: there is no more to find.
        var endless: Set<Int> = []
        var pending = [(call: first, cap: first.cap, path: [Int]())]
        while let (call, cap, path) = pending.popLast() {
            guard let body = bodies[call.function] else { continue }
            reached.insert(call.function)
            if endless.contains(call.function) { continue }
            visits[call.function, default: 0] += 1
            let isEndless = path.contains(call.function) || visits[call.function, default: 0] > 20
            let bound = isEndless ? EffectCap.unbounded : cap
            if bound.isUnbounded { endless.insert(call.function) }
            let names = (path + [call.function]).map { bodies[$0]?.name ?? "" }
            for site in body.sites {
                add(site, at: first.span, cap: bound.times(site.cap.substituting(call.arguments)), through: names)
            }
            // A way that is longer than anybody reads is followed to its end, and not noted further.
            let path = path.count < Self.longestPath ? path + [call.function] : path
            for inner in body.calls {
                var next = inner
                next.arguments = inner.arguments.mapValues { $0.substituting(call.arguments) }
                let reach = bound.times(inner.cap.substituting(call.arguments))
                pending.append((next, reach, path))
            }
        }
    }

    private mutating func add(
        _ site: Site, at span: Span, cap: EffectCap, through: [String] = [], function: String? = nil
    ) {
        let key = Key(span: span, origin: site.span, name: site.name)
        if let place = places[key] {
            effects[place].cap = effects[place].cap?.plus(cap)
            return
        }
        places[key] = effects.count
        effects.append(
            ScriptEffect(
                kind: site.kind, name: site.name, span: span, through: through, origin: site.span,
                cap: site.kind.isChange ? cap : nil, function: function))
    }
}

extension Interpreter.Chunk {
    /// What the text can ask of the workspace. O(its size, times the functions that a call leads to).
    package func effects(sources: SourceMap) -> [ScriptEffect] {
        var walk = EffectWalk(
            resolution: tree.resolution, environment: environment, known: knownTypes, singles: singles,
            sources: sources)
        for statements in tree.modules + [tree.statements] { walk.walk(statements, .one) }
        return EffectOutline.effects(of: walk.bodies, in: tree.statements.first?.span.file)
    }
}
