/// What the formatter asks the tree: the places of a text whose tokens alone do not say what they are.
///
/// Places are byte offsets of tokens. Strings are not entered: the formatter leaves them as they are.
struct SourceShape {
    /// The first bytes of statements that stand in a block or at the top level.
    private(set) var statements: Set<UInt32> = []
    /// The opening braces of blocks; true for those that end the header of a statement.
    private(set) var blocks: [UInt32: Bool] = [:]
    /// The closing braces of blocks.
    private(set) var blockEnds: Set<UInt32> = []
    /// The names of types.
    private(set) var types: Set<UInt32> = []
    /// The pipeline that a stage belongs to, by the stage's first byte.
    private(set) var pipelines: [UInt32: Int] = [:]
    private(set) var pipelineCount = 0
    /// The first bytes of stages with columns or keys.
    private(set) var columnStages: Set<UInt32> = []

    init(_ statements: [Statement]) {
        for statement in statements { visit(start: statement) }
    }

    // MARK: Statements

    private mutating func visit(start statement: Statement) {
        statements.insert(statement.span.start)
        visit(statement)
    }

    private mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .use, .break, .continue: break
        case .param(let param):
            visit(param.type)
            visit(param.fallback)
        case .function(let function):
            for parameter in function.parameters {
                if let type = parameter.type { visit(type) }
                visit(parameter.fallback)
            }
            visit(function.body, isHeaded: true)
        case .let(_, let value), .var(_, let value), .assign(_, _, let value), .fail(let value), .expression(let value):
            visit(value)
        case .for(_, let source, let body), .while(let source, let body):
            visit(source)
            visit(body, isHeaded: true)
        case .if(let condition, let body, let other):
            visit(condition)
            visit(body, isHeaded: true)
            if let other { visit(other, isHeaded: true) }
        case .try(let body, _, let handler):
            visit(body, isHeaded: true)
            visit(handler, isHeaded: true)
        case .return(let value): visit(value)
        case .resume(let stages): visit(stages)
        }
    }

    /// `else if` and `fn f() = value` are blocks without braces: their one statement is as long as they are.
    private mutating func visit(_ block: Block, isHeaded: Bool) {
        if let only = block.statements.first, only.span == block.span { return visit(only) }
        blocks[block.span.start] = isHeaded
        blockEnds.insert(block.span.end - 1)
        for statement in block.statements { visit(start: statement) }
    }

    private mutating func visit(_ type: TypeExpr) {
        types.insert(type.name.span.start)
        for element in type.element { visit(element) }
    }

    // MARK: Expressions

    private mutating func visit(_ expr: Expr?) {
        guard let expr else { return }
        switch expr.kind {
        case .null, .bool, .int, .float, .duration, .date, .string, .regex, .it, .name: break
        case .list(let items):
            for case .item(let value) in items { visit(value) }
            for case .spread(let value) in items { visit(value) }
        case .record(let items):
            for case .field(_, let value) in items { visit(value) }
            for case .spread(let value) in items { visit(value) }
        case .negate(let operand), .not(let operand), .field(let operand, _), .optionalField(let operand, _),
            .chain(let operand):
            visit(operand)
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right),
            .coalesce(let left, let right), .range(let left, let right, _), .index(let left, let right),
            .attempt(let left, let right):
            visit(left)
            visit(right)
        case .call(let callee, let arguments):
            visit(callee)
            for argument in arguments { visit(argument.value) }
        case .pipeline(let source, let stages):
            visit(source)
            visit(stages)
        case .lambda(_, .expr(let body)): visit(body)
        case .lambda(_, .block(let body)): visit(body, isHeaded: false)
        case .conditional(let condition, let first, let second):
            visit(condition)
            visit(first)
            visit(second)
        }
    }

    private mutating func visit(_ stages: [Stage]) {
        let pipeline = pipelineCount
        pipelineCount += 1
        for stage in stages {
            pipelines[stage.span.start] = pipeline
            switch stage.kind {
            case .select, .with, .sort, .group: columnStages.insert(stage.span.start)
            default: break
            }
            visit(stage)
        }
    }

    private mutating func visit(_ stage: Stage) {
        switch stage.kind {
        case .count, .flatten, .reverse: break
        case .where(let value), .map(let value), .take(let value), .skip(let value), .atMost(let value): visit(value)
        case .unique(let value), .first(let value), .last(let value), .reduce(_, let value): visit(value)
        case .select(let columns), .with(let columns):
            for column in columns { visit(column.value) }
        case .sort(let keys):
            for key in keys { visit(key.value) }
        case .group(let keys):
            for key in keys { visit(key) }
        case .each(_, let body): visit(body, isHeaded: false)
        case .action(_, let arguments, _): for argument in arguments { visit(argument.value) }
        case .call(let callee, let arguments):
            visit(callee)
            for argument in arguments { visit(argument.value) }
        }
    }
}
