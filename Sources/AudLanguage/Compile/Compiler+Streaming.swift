/// Lists that are shown while they are read: a bare expression at the top level of a file that is a listing behind stages
/// which pass items on. No list is built, so its length costs no memory, and who reads the output need not wait for its
/// end. At a prompt the value is kept for `_`, so there it is built.

/// Which lists an interpreter may show item by item.
public enum RowStreaming: Sendable {
    /// None: each value is shown whole.
    case never
    /// Those whose items are known to have the same fields before the first is read, as a `select` makes them.
    case sameFields
    /// All that are read page by page.
    case always
}

extension Compiler {
    /// Compiles an expression statement as a loop that shows items. False when it has to be shown whole.
    mutating func compileStreamed(_ value: Expr) -> Bool {
        guard lastValue == nil, streaming != .never else { return false }
        var source = value
        var stages: [Stage] = []
        while case .pipeline(let inner, let later) = source.kind {
            source = inner
            stages = later + stages
        }
        guard isListing(.expression(source)), stages.allSatisfy(\.passesItemsOn),
            streaming == .always || Self.haveSameFields(stages)
        else { return false }
        let mark = builder.next
        let slots = builder.slotMark
        compileLoop(.expression(source), stages, label: "list", value.span) { compiler, loop in
            compiler.builder.emit(.showItem, a: loop.item, value.span)
        }
        builder.emit(.showItem, flag: 1, value.span)
        builder.release(to: mark)
        builder.releaseSlots(to: slots)
        return true
    }

    private static func haveSameFields(_ stages: [Stage]) -> Bool {
        var areKnown = false
        for stage in stages {
            switch stage.kind {
            case .select: areKnown = true
            case .map, .flatten: areKnown = false
            case .where, .with, .unique, .take, .skip, .sort, .group, .first, .last, .atMost, .count, .reverse,
                .reduce, .each, .action, .call:
                break
            }
        }
        return areKnown
    }
}
