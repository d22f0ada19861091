/// Matches the arguments of a call to the parameters of a known function. Resolver (to report), compiler (to place
/// them) and machine (for function values) share the rule.
package enum ArgumentMatch {
    package enum Failure: Error {
        case tooMany(expected: Int)
        case missing(name: String)
        case unknownLabel(place: Int, label: String)
        case repeated(place: Int, name: String)
        case positionalAfterNamed(place: Int)
    }

    /// For each parameter the place of its argument, or nil for its default. A variadic last parameter takes all
    /// further places: `rest` has them.
    package static func match(
        labels: [String?], parameters: [Environment.Parameter], isVariadic: Bool
    ) -> Result<(slots: [Int?], rest: [Int]), Failure> {
        var slots = [Int?](repeating: nil, count: parameters.count)
        var rest: [Int] = []
        var sawLabel = false
        for (place, label) in labels.enumerated() {
            if let label {
                sawLabel = true
                guard let parameter = parameters.firstIndex(where: { $0.name == label }) else {
                    return .failure(.unknownLabel(place: place, label: label))
                }
                let isTaken = slots[parameter] != nil || (isVariadic && parameter == slots.count - 1 && !rest.isEmpty)
                guard !isTaken else { return .failure(.repeated(place: place, name: label)) }
                slots[parameter] = place
            } else if sawLabel {
                return .failure(.positionalAfterNamed(place: place))
            } else if isVariadic, place >= parameters.count - 1 {
                rest.append(place)
            } else if place < parameters.count {
                slots[place] = place
            } else {
                return .failure(.tooMany(expected: parameters.count))
            }
        }
        for (index, parameter) in parameters.enumerated() where slots[index] == nil && !parameter.hasDefault {
            if isVariadic, index == parameters.count - 1 { continue }
            return .failure(.missing(name: parameter.name))
        }
        return .success((slots, rest))
    }

    /// What a failure tells the person who wrote the call. `name` is nil for a function that has none; with `piped` the
    /// value of the pipeline comes before the written arguments.
    static func diagnostic(
        of failure: Failure, calling name: String?, _ parameters: [Environment.Parameter], _ arguments: [Argument],
        piped: Bool, at span: Span
    ) -> Diagnostic {
        let called = name.map { "`\($0)`" } ?? "this function"
        let help =
            name.map { "it is called as `\(signature($0, parameters))`" }
            ?? "its parameters are `\(signature("", parameters))`"
        let written = { (place: Int) in
            let argument = piped ? place - 1 : place
            return arguments.indices.contains(argument)
                ? arguments[argument].label?.span ?? arguments[argument].value.span : span
        }
        switch failure {
        case .tooMany(let expected):
            let given =
                switch (piped, arguments.count) {
                case (true, 0): "the piped one is"
                case (true, let more): "the piped one and \(more) more are"
                case (false, let all): "\(all) are"
                }
            return Diagnostic(
                .wrongArguments, "\(called) takes \(counted(expected, "argument")), and \(given) given",
                at: written(expected), label: "one too many", help: help)
        case .missing(let parameter):
            return Diagnostic(
                .wrongArguments, "\(called) needs `\(parameter)`", at: span, label: "argument missing", help: help)
        case .unknownLabel(let place, let label):
            let closest = Suggestions.closest(to: label, among: parameters.map(\.name))
            return Diagnostic(
                .unknownNamedArgument, "\(called) has no parameter `\(label)`", at: written(place),
                label: "unknown argument", help: closest.map { "did you mean `\($0):`?" } ?? help)
        case .repeated(let place, let parameter):
            return Diagnostic(
                .wrongArguments, "`\(parameter)` is given twice", at: written(place), label: "given again", help: help)
        case .positionalAfterNamed(let place):
            return Diagnostic(
                .wrongArguments, "an argument without a name comes after one with a name", at: written(place),
                label: "name this one too", help: help)
        }
    }

    /// The signature of a function as a person writes it: `retire(a, reason, force?)`.
    package static func signature(_ name: String, _ parameters: [Environment.Parameter]) -> String {
        "\(name)(\(parameters.map { $0.hasDefault ? "\($0.name)?" : $0.name }.joined(separator: ", ")))"
    }
}
