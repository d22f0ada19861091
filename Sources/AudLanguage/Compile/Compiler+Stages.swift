/// The code of single stages.
extension Compiler {
    // MARK: Stages inside the loop

    /// `select` builds a record of the columns, `with` adds them to the item. Returns the new item's register.
    mutating func compileColumns(_ columns: [Column], of item: Int, extending: Bool, _ span: Span) -> Int {
        let target = builder.reserve(columns.count + 1)
        var names: [String] = []
        for (offset, column) in columns.enumerated() {
            names.append(column.name?.text ?? column.value.lastField ?? "column\(offset + 1)")
            withItem(item) { $0.compile(column.value, into: target + 1 + offset) }
        }
        builder.emit(extending ? .extend : .select, a: target, b: item, c: shape(names, span), span)
        return target
    }

    mutating func compileUnique(_ key: Expr?, _ set: Int, _ loop: inout Loop, _ span: Span) {
        let register = builder.reserve()
        if let key {
            withItem(loop.item) { $0.compile(key, into: register) }
        } else {
            builder.emit(.move, a: register, b: loop.item, span)
        }
        builder.emit(.skipIfNew, a: set, b: register, span)
        builder.jump(.jump, to: &loop.top, span)
    }

    mutating func compileSkip(_ counter: Int, _ limit: Int, _ loop: inout Loop, _ span: Span) {
        var pass = FunctionBuilder.Label()
        var drop = FunctionBuilder.Label()
        builder.emit(.skipIfBelow, a: counter, b: limit, span)
        builder.jump(.jump, to: &pass, span)
        builder.jump(.jump, to: &drop, span)
        builder.place(&drop)
        builder.emit(.addImmediate, a: counter, b: counter, c: 1, span)
        builder.jump(.jump, to: &loop.top, span)
        builder.place(&pass)
    }

    /// A loop inside the loop: the stages behind it go on with the inner items.
    mutating func compileFlatten(_ loop: inout Loop, _ takes: [(counter: Int, limit: Int)], _ span: Span) {
        let inner = builder.reserveIterator()
        let item = builder.reserve()
        builder.emit(.iterate, flag: Int(IterationUse.flatten.rawValue), a: inner, b: loop.item, span)
        var top = FunctionBuilder.Label()
        builder.place(&top)
        for take in takes { leave(unlessBelow: take, &loop.exit, span) }
        builder.emit(.next, a: item, b: inner, span)
        builder.jump(.jump, to: &loop.top, span)
        loop.top = top
        loop.item = item
    }

    // MARK: Stages that end the loop

    mutating func compileAction(
        _ verb: Verb, _ arguments: [Argument], _ policy: ErrorPolicy, _ value: Int, into target: Int, _ span: Span
    ) {
        let first = builder.reserve(2)
        builder.emit(.move, a: first, b: value, span)
        let space = arguments.first { $0.label == nil || $0.label?.text == "space" }
        if let space {
            compile(space.value, into: first + 1)
        } else {
            load(.null, into: first + 1, span)
        }
        let site = place(ActionSite(verb: verb, policy: policy), in: \.actions, span)
        builder.emit(.act, a: target, b: first, c: site, span)
    }

    mutating func compileSort(
        _ feed: Feed, _ streaming: [Stage], _ keys: [SortKey], into target: Int, _ span: Span
    ) {
        let accumulator = builder.reserveAccumulator()
        builder.emit(.reset, a: accumulator, span)
        var descending = 0
        for (place, key) in keys.enumerated() where key.descending { descending |= 1 << place }
        compileLoop(feed, streaming, label: "sort", span) { compiler, loop in
            let first = compiler.compileKeys(keys.map(\.value), loop.item, "`sort`")
            compiler.builder.emit(.appendKeyed, flag: keys.count, a: accumulator, b: loop.item, c: first, span)
        }
        builder.emit(.finishSort, flag: keys.count, a: target, b: accumulator, c: descending, span)
    }

    mutating func compileGroup(
        _ feed: Feed, _ streaming: [Stage], _ keys: [Expr], into target: Int, _ span: Span
    ) {
        let accumulator = builder.reserveAccumulator()
        builder.emit(.reset, a: accumulator, span)
        compileLoop(feed, streaming, label: "group", span) { compiler, loop in
            let first = compiler.compileKeys(keys, loop.item, "`group`")
            compiler.builder.emit(.group, flag: keys.count, a: accumulator, b: loop.item, c: first, span)
        }
        builder.emit(
            .finishGroups, a: target, b: accumulator, c: shape(keys.groupColumns + ["count", "items"], span),
            span)
    }

    private mutating func compileKeys(_ keys: [Expr], _ item: Int, _ name: String) -> Int {
        let start = builder.code.count
        let first = builder.reserve(keys.count)
        for (offset, key) in keys.enumerated() {
            withItem(item) { $0.compile(key, into: first + offset) }
        }
        quiet(from: start, .stage, name)
        return first
    }

    mutating func compileFirst(
        _ feed: Feed, _ streaming: [Stage], _ limit: Expr?, into target: Int, _ span: Span
    ) {
        if let limit {
            collect(feed, streaming + [Stage(.take(limit), span)], into: target, span)
            return
        }
        let result = builder.reserve()
        load(.null, into: result, span)
        compileLoop(feed, streaming, label: "first", span) { compiler, loop in
            compiler.builder.emit(.move, a: result, b: loop.item, span)
            compiler.builder.jump(.jump, to: &loop.exit, span)
        }
        builder.emit(.move, a: target, b: result, span)
    }

    mutating func compileCounting(_ feed: Feed, _ streaming: [Stage], into target: Int, _ span: Span) {
        if streaming.isEmpty, !isListing(feed) {
            let list =
                switch feed {
                case .register(let register): register
                case .expression(let source): operand(source)
                }
            builder.emit(.count, a: target, b: list, span)
            return
        }
        let counter = builder.reserve()
        load(.int(0), into: counter, span)
        compileLoop(feed, streaming, label: "count", span) { compiler, _ in
            compiler.builder.emit(.addImmediate, a: counter, b: counter, c: 1, span)
        }
        builder.emit(.move, a: target, b: counter, span)
    }

    mutating func compileReduction(
        _ feed: Feed, _ streaming: [Stage], _ reduction: Reduction, _ value: Expr?, into target: Int, _ span: Span
    ) {
        let accumulator = builder.reserveAccumulator()
        let flag = Reduction.allCases.firstIndex(of: reduction) ?? 0
        builder.emit(.startReduction, flag: flag, a: accumulator, span)
        compileLoop(feed, streaming, label: reduction.rawValue, span) { compiler, loop in
            let register = value.map { compiler.compileKeys([$0], loop.item, "`\(reduction.rawValue)`") } ?? loop.item
            compiler.builder.emit(.reduce, a: accumulator, b: register, value?.span ?? span)
        }
        builder.emit(.finishReduction, a: target, b: accumulator, span)
    }
}

extension Stage {
    /// Whether the stage can pass items on one by one.
    var passesItemsOn: Bool {
        switch kind {
        case .where, .map, .select, .with, .unique, .take, .skip, .flatten: true
        case .sort, .group, .first, .last, .atMost, .count, .reverse, .reduce, .each, .action, .call: false
        }
    }

    var label: String {
        switch kind {
        case .where: "where"
        case .map: "map"
        case .select: "select"
        case .with: "with"
        case .sort: "sort"
        case .group: "group"
        case .unique: "unique"
        case .take: "take"
        case .skip: "skip"
        case .first: "first"
        case .last: "last"
        case .atMost: "at most"
        case .count: "count"
        case .flatten: "flatten"
        case .reverse: "reverse"
        case .reduce(let reduction, _): reduction.rawValue
        case .each: "each"
        case .action(let verb, _, _): verb.rawValue
        case .call: "call"
        }
    }
}
