/// A value as the key of a Swift set or dictionary, for `unique`, `group by` and `in`: two keys are equal exactly when
/// the language's `==` says so, and equal keys have equal hashes.
package struct ValueKey: Hashable, Sendable {
    package let value: Value

    package init(_ value: Value) { self.value = value }

    package static func == (left: ValueKey, right: ValueKey) -> Bool { Operators.equal(left.value, right.value) }

    package func hash(into hasher: inout Hasher) { Operators.hash(value, into: &hasher) }
}

/// A string as a key, scalar for scalar: Swift's own hash takes canonically equivalent strings for one.
package struct TextKey: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: TextKey, right: TextKey) -> Bool { left.text.isExactly(right.text) }

    package func hash(into hasher: inout Hasher) {
        text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Operators {
    /// Feeds a value to a hasher; values that are equal feed the same.
    package static func hash(_ value: Value, into hasher: inout Hasher) {
        switch value {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let x): hasher.combine(x)
        case .int(let x): hasher.combine(x)
        // An int and a float may be the same number.
        case .float(let x): if let whole = Int64(exactly: x) { hasher.combine(whole) } else { hasher.combine(x) }
        case .date(let x), .duration(let x): hasher.combine(x)
        case .string(let x): TextKey(x).hash(into: &hasher)
        case .list(let list):
            hasher.combine(list.count)
            for index in 0..<list.count { hash(list[index], into: &hasher) }
        case .record(let record):
            // The order of fields does not count, so their hashes are added up.
            var sum = 0
            for (name, value) in zip(record.shape.names, record.values) {
                var field = Hasher()
                TextKey(name).hash(into: &field)
                hash(value, into: &field)
                sum &+= field.finalize()
            }
            hasher.combine(record.values.count)
            hasher.combine(sum)
        case .function(let function):
            switch function.target {
            case .script(let place), .builtin(let place): hasher.combine(place)
            }
            hasher.combine(function.captures.count)
        case .regex(let regex): TextKey(regex.pattern).hash(into: &hasher)
        }
    }
}
