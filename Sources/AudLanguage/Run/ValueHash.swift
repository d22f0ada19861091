// Hashes that agree with the language's `==`.

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
    /// Feeds a value to a hasher; values that are equal feed the same. O(size).
    package static func hash(_ value: Value, into hasher: inout Hasher, _ meter: Meter) throws(RuntimeError) {
        try meter.charge()
        switch value {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let x): hasher.combine(x)
        case .int(let x): hasher.combine(x)
        // An int and a float may be the same number.
        case .float(let x): if let whole = Int64(exactly: x) { hasher.combine(whole) } else { hasher.combine(x) }
        case .date(let x), .duration(let x): hasher.combine(x)
        case .string(let x):
            try meter.charge(bytes: x.utf8.count)
            TextKey(x).hash(into: &hasher)
        case .list(let list):
            hasher.combine(list.count)
            for index in 0..<list.count { try hash(list[index], into: &hasher, meter) }
        case .record(let record):
            // The order of fields does not count, so their hashes are added up.
            var sum = 0
            for (name, value) in zip(record.shape.names, record.values) {
                var field = Hasher()
                TextKey(name).hash(into: &field)
                try hash(value, into: &field, meter)
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
