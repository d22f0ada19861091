import AudLanguage

/// What takes a meter, with one of its own: for tests that do not ask about work.
extension Operators {
    static func binary(
        _ op: BinaryOperator, _ left: Value, _ right: Value, _ limits: Limits
    ) throws(RuntimeError) -> Value {
        try binary(op, left, right, Meter(limits))
    }

    static func index(_ base: Value, _ key: Value) throws(RuntimeError) -> Value { try index(base, key, Meter()) }

    /// False, too, when the comparison came to a limit, which the values of the tests do not.
    static func equal(_ left: Value, _ right: Value) -> Bool { (try? equal(left, right, Meter())) == true }

    /// Nil when the hashing came to a limit.
    static func hash(_ value: Value) -> Int? {
        var hasher = Hasher()
        guard (try? hash(value, into: &hasher, Meter())) != nil else { return nil }
        return hasher.finalize()
    }
}

extension NativeContext {
    init(now: Int64, limits: Limits) { self.init(now: now, meter: Meter(limits)) }
}

extension Reducer {
    init(_ reduction: Reduction, _ limits: Limits) { self.init(reduction, Meter(limits)) }
}

extension RecordBuilder {
    /// Starts with the fields of a record.
    init(_ record: RecordValue) {
        self.init()
        for (name, value) in zip(record.shape.names, record.values) { set(name, value) }
    }
}
