/// Pipelines: runs of stages that can pass items on one by one share a loop; what needs the whole list ends the loop.
///
/// The loop asks for an item only when every `take` still wants one, so `list(s) | take 5` reads one page. What feeds
/// a change is always a finished list: an action ends the loop before it begins.
extension Compiler {
    /// Where a loop's items come from.
    enum Feed {
        case expression(Expr)
        case register(Int)

        /// Where it is written, when it is.
        var span: Span? {
            if case .expression(let source) = self { source.span } else { nil }
        }
    }

    /// The labels and the item of a loop, for what its items go into.
    struct Loop {
        var item: Int
        /// Where the next item is taken; already placed.
        var top: FunctionBuilder.Label
        var exit = FunctionBuilder.Label()
    }

    mutating func compilePipeline(_ source: Expr, _ stages: [Stage], into target: Int, _ span: Span) {
        var source = source
        var stages = stages
        while case .pipeline(let inner, let earlier) = source.kind {
            source = inner
            stages = earlier + stages
        }
        var feed = Feed.expression(source)
        var rest = stages[...]
        repeat {
            let streaming = Array(rest.prefix(while: \.passesItemsOn))
            rest = rest.dropFirst(streaming.count)
            let sink = rest.popFirst()
            let result = rest.isEmpty ? target : builder.reserve()
            compileSegment(feed, streaming, sink, into: result, span)
            feed = .register(result)
        } while !rest.isEmpty
    }

    private mutating func compileSegment(
        _ feed: Feed, _ streaming: [Stage], _ sink: Stage?, into target: Int, _ span: Span
    ) {
        guard let sink else {
            collect(feed, streaming, into: target, span)
            return
        }
        let span = sink.span
        switch sink.kind {
        case .where, .map, .select, .with, .unique, .take, .skip, .flatten:
            break
        case .action(let verb, let arguments, let policy):
            compileAction(verb, arguments, policy, finished(feed, streaming, span), into: target, span)
        case .call(let callee, let arguments):
            compileCall(callee, arguments, piped: finished(feed, streaming, span), into: target, span)
        case .atMost(let limit):
            let most = compileCount(limit)
            collect(feed, streaming, into: target, span)
            builder.emit(.atMost, a: target, b: most, span)
        case .sort(let keys):
            compileSort(feed, streaming, keys, into: target, span)
        case .group(let keys):
            compileGroup(feed, streaming, keys, into: target, span)
        case .first(let limit):
            compileFirst(feed, streaming, limit, into: target, span)
        case .last(let limit):
            let most = limit.map { compileCount($0) }
            let list = finished(feed, streaming, span, mustBeList: true)
            if let most {
                builder.emit(.tail, a: target, b: list, c: most, span)
            } else {
                builder.emit(.tail, flag: 1, a: target, b: list, span)
            }
        case .count:
            compileCounting(feed, streaming, into: target, span)
        case .reverse:
            let list = finished(feed, streaming, span, mustBeList: true)
            builder.emit(.reverse, a: target, b: list, span)
        case .reduce(let reduction, let value):
            compileReduction(feed, streaming, reduction, value, into: target, span)
        case .each(let pattern, let body):
            compileBody(feed, streaming, pattern, body, label: "each", span)
            load(.null, into: target, span)
        }
    }

    // MARK: The loop

    /// The loop over a feed: `body` gets each item that passes the streaming stages.
    mutating func compileLoop(
        _ feed: Feed, _ streaming: [Stage], use: IterationUse = .stage, label: String, _ span: Span,
        _ body: (inout Compiler, inout Loop) -> Void
    ) {
        let slots = builder.slotMark
        let iterator = open(feed, use: use, span)
        var takes: [(place: Int, counter: Int, limit: Int)] = []
        var counters: [Int: (counter: Int, limit: Int)] = [:]
        var sets: [Int: Int] = [:]
        for (place, stage) in streaming.enumerated() {
            switch stage.kind {
            case .take(let limit), .skip(let limit):
                let most = compileCount(limit)
                let counter = builder.reserve()
                load(.int(0), into: counter, stage.span)
                counters[place] = (counter, most)
                if case .take = stage.kind { takes.append((place, counter, most)) }
            case .unique:
                let set = builder.reserveAccumulator()
                builder.emit(.reset, a: set, stage.span)
                sets[place] = set
            default:
                break
            }
        }
        var loop = Loop(item: builder.reserve(), top: .init())
        let source = loop.item
        builder.place(&loop.top)
        for take in takes { leave(unlessBelow: (take.counter, take.limit), &loop.exit, span) }
        builder.emit(.next, a: source, b: iterator, feed.span ?? span)
        builder.jump(.jump, to: &loop.exit, span)
        for (place, stage) in streaming.enumerated() {
            let start = builder.code.count
            switch stage.kind {
            case .where(let condition):
                withItem(loop.item) { $0.compileTest(condition, jumpIf: false, to: &loop.top) }
            case .map(let value):
                let item = builder.reserve()
                withItem(loop.item) { $0.compile(value, into: item) }
                loop.item = item
            case .select(let columns):
                loop.item = compileColumns(columns, of: loop.item, extending: false, stage.span)
            case .with(let columns):
                loop.item = compileColumns(columns, of: loop.item, extending: true, stage.span)
            case .unique(let key):
                compileUnique(key, sets[place] ?? 0, &loop, stage.span)
            case .take:
                if let (counter, _) = counters[place] {
                    builder.emit(.addImmediate, a: counter, b: counter, c: 1, stage.span)
                }
            case .skip:
                if let (counter, limit) = counters[place] { compileSkip(counter, limit, &loop, stage.span) }
            case .flatten:
                // A `take` before it has had its items already, and wants all that is in them.
                let later = takes.filter { $0.place > place }
                compileFlatten(&loop, later.map { ($0.counter, $0.limit) }, stage.span)
            default:
                break
            }
            note(start, iterator, source, stage.label)
            quiet(from: start, .stage, "`\(stage.label)`")
        }
        let start = builder.code.count
        body(&self, &loop)
        note(start, iterator, source, label)
        builder.jump(.jump, to: &loop.top, span)
        builder.place(&loop.exit)
        builder.releaseSlots(to: slots)
    }

    private mutating func note(_ start: Int, _ iterator: Int, _ item: Int, _ label: String) {
        builder.loops.append(
            LoopRange(start: start, end: builder.code.count, iterator: iterator, item: item, label: label))
    }

    mutating func leave(
        unlessBelow take: (counter: Int, limit: Int), _ label: inout FunctionBuilder.Label, _ span: Span
    ) {
        builder.emit(.skipIfBelow, a: take.counter, b: take.limit, span)
        builder.jump(.jump, to: &label, span)
    }

    private mutating func open(_ feed: Feed, use: IterationUse, _ span: Span) -> Int {
        let iterator = builder.reserveIterator()
        let register: Int
        switch feed {
        case .register(let list):
            register = list
        case .expression(let source):
            if let space = listing(source) {
                builder.emit(.iterateListing, a: iterator, b: space, source.span)
                return iterator
            }
            register = operand(source)
            builder.emit(.iterate, flag: Int(use.rawValue), a: iterator, b: register, source.span)
            return iterator
        }
        builder.emit(.iterate, flag: Int(use.rawValue), a: iterator, b: register, span)
        return iterator
    }

    /// Whether a feed is a call of `list`, whose pages can be read as they are needed.
    func isListing(_ feed: Feed) -> Bool {
        if case .expression(let source) = feed { listingArguments(source) != nil } else { false }
    }

    private func listingArguments(_ source: Expr) -> [Argument]? {
        guard case .call(let callee, let arguments) = source.kind, case .name(let name) = callee.kind, name == "list",
            case .builtin? = resolution[Identifier(name, callee.span)], arguments.count <= 1
        else { return nil }
        return arguments
    }

    /// The register of the space of a call of `list`; nil for another expression.
    private mutating func listing(_ source: Expr) -> Int? {
        guard let arguments = listingArguments(source) else { return nil }
        let register = builder.reserve()
        if let space = arguments.first {
            compile(space.value, into: register)
        } else {
            load(.null, into: register, source.span)
        }
        return register
    }

    /// The feed behind its stages as one value: what an action, a call or a stage over whole lists works on.
    private mutating func finished(
        _ feed: Feed, _ streaming: [Stage], _ span: Span, mustBeList: Bool = false
    ) -> Int {
        if streaming.isEmpty, !mustBeList {
            switch feed {
            case .register(let register): return register
            case .expression(let source): return operand(source)
            }
        }
        let list = builder.reserve()
        collect(feed, streaming, into: list, span)
        return list
    }

    mutating func collect(_ feed: Feed, _ streaming: [Stage], into target: Int, _ span: Span) {
        let accumulator = builder.reserveAccumulator()
        builder.emit(.reset, a: accumulator, span)
        compileLoop(feed, streaming, label: "list", span) { compiler, loop in
            compiler.builder.emit(.append, a: accumulator, b: loop.item, span)
        }
        builder.emit(.finishList, a: target, b: accumulator, span)
    }

    /// Runs a body for each item: `for` and `each`. A body that may change something gets a finished list, and so does one
    /// that assigns to what the stages before it read.
    mutating func compileBody(
        _ feed: Feed, _ streaming: [Stage], _ pattern: Pattern, _ body: Block, label: String, _ span: Span
    ) {
        let mark = builder.next
        let slots = builder.slotMark
        var feed = feed
        var streaming = streaming
        let effect = resolution[body: body.span].map { summary in
            summary.callsUnknown ? .removes : environment.effect(of: summary)
        }
        let mayChange = (effect ?? .removes) >= .updates
        if mayChange && (!streaming.isEmpty || isListing(feed)) || depends(streaming, on: body) {
            let list = builder.reserve()
            collect(feed, streaming, into: list, span)
            feed = .register(list)
            streaming = []
        }
        var breaks = FunctionBuilder.Label()
        compileLoop(feed, streaming, use: .loop, label: label, span) { compiler, loop in
            compiler.builder.enclosing.append(
                .init(breaks: breaks, continues: loop.top, handlers: compiler.builder.handlers))
            let start = compiler.builder.code.count
            let mark = compiler.builder.next
            compiler.bind(pattern, to: loop.item, span)
            compiler.compile(body)
            compiler.builder.release(to: mark)
            breaks = compiler.builder.enclosing.removeLast().breaks
            if !mayChange { compiler.quiet(from: start, .openListing, "a loop over a listing") }
        }
        builder.place(&breaks)
        builder.release(to: mark)
        builder.releaseSlots(to: slots)
    }

    /// Whether stages read a `var` that a body assigns to: they are to see the value that it had before the loop.
    private func depends(_ stages: [Stage], on body: Block) -> Bool {
        let assigned = Set(body.assigned.compactMap { resolution[$0] })
        return !assigned.isEmpty
            && stages.flatMap(\.parts).flatMap(\.names).contains { resolution[$0].map(assigned.contains) ?? false }
    }

    mutating func compileFor(_ pattern: Pattern, _ source: Expr, _ body: Block, _ span: Span) {
        guard case .pipeline(let inner, let stages) = source.kind, let last = stages.last, last.passesItemsOn else {
            compileBody(.expression(source), [], pattern, body, label: "for", span)
            return
        }
        let barrier = stages.lastIndex { !$0.passesItemsOn }
        guard let barrier else {
            compileBody(.expression(inner), stages, pattern, body, label: "for", span)
            return
        }
        let mark = builder.next
        let slots = builder.slotMark
        let head = builder.reserve()
        compilePipeline(inner, Array(stages[...barrier]), into: head, source.span)
        compileBody(.register(head), Array(stages[(barrier + 1)...]), pattern, body, label: "for", span)
        builder.release(to: mark)
        builder.releaseSlots(to: slots)
    }

    mutating func withItem(_ item: Int, _ body: (inout Compiler) -> Void) {
        builder.items.append(item)
        body(&self)
        builder.items.removeLast()
    }

    /// The operand of `take` and its like, as a register with a whole number.
    mutating func compileCount(_ limit: Expr) -> Int {
        let start = builder.code.count
        let register = builder.reserve()
        compile(limit, into: register)
        builder.emit(.checkCount, a: register, limit.span)
        quiet(from: start, .stage, "the operand of a stage")
        return register
    }
}
