package import AudRuntime
package import AudShell
package import SegmentAudiences

/// One workspace as a person has set it up: where it is, what its spaces are called, what runs there may do.
package struct Profile: Sendable, Equatable {
    package var name: String
    package var region: Region?
    package var baseURL: String?
    /// The space that is used when none is named: an alias or an id.
    package var space: String?
    /// Ids of spaces by alias.
    package var spaces: [String: String] = [:]
    /// The command that prints the token, as a list of arguments; empty: none.
    package var tokenCommand: [String] = []
    /// Rate limits that differ from the documented ones.
    package var limits: [Bucket: Limit] = [:]
    /// How many calls of each limit runs leave to the shell.
    package var keepForShell: Int?
    /// How many edits may be in progress when the next audience is changed.
    package var editsInProgress: Int?
    package var apiVersion: APIVersionName?
    /// What runs with this profile may use when no option says it.
    package var budget = Budget()
    package var maxChanges: Int?
    package var maxRemoves: Int?
    package var maxPercent: Int?
    /// Nothing is changed with this profile, whatever the command line says.
    package var readOnly = false
    package var color: ColorPolicy?
    /// The colour of the profile's name in the prompt.
    package var promptColor: PromptColor?
    /// Whether `--yes` answers the question before changes are sent.
    package var confirm = ConfirmPolicy.normal

    package init(name: String) {
        self.name = name
    }

    /// The caps that the profile sets.
    package var caps: Caps { Caps(maxChanges: maxChanges, maxRemoves: maxRemoves, maxPercent: maxPercent) }

    /// Whether a space is none of those that the profile names: then it may be one of another workspace. A profile that
    /// names none knows nothing of any.
    func isStranger(_ space: Space) -> Bool {
        !spaces.isEmpty && !spaces.values.contains(space.id) && self.space != space.id
    }

    /// What makes spaces no strangers, as the end of a sentence.
    func naming(_ strangers: [Space]) -> String {
        "`spaces:` of the profile \(Shown.quoted(name)) names \(strangers.map(\.id).joined(separator: " and "))"
    }

    /// The operations that have a rate limit of their own.
    package static let buckets: [Bucket] = [.list, .get, .update, .remove]

    private static let settings = [
        "region", "base-url", "space", "spaces", "token-command", "limits", "budget", "api-version", "max-changes",
        "max-removes", "max-percent", "keep-for-shell", "edits-in-progress", "read-only", "color", "prompt-color",
        "confirm",
    ]

    /// Reads the settings of one profile; `keys` are those below `profiles.NAME`.
    init(name: String, keys: [String], values: ConfigurationValues) throws(CommandError) {
        self.init(name: name)
        for key in keys {
            try read(key, at: "profiles.\(name).\(key)", values)
        }
        if region != nil, baseURL != nil {
            throw CommandError(
                "profiles.\(Shown.text(name)) in \(Shown.path(values.path)) has both region and base-url",
                help: "keep one: base-url is for servers other than Segment's own"
            )
        }
    }

    private mutating func read(_ key: String, at path: String, _ values: ConfigurationValues) throws(CommandError) {
        let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch parts.count == 1 ? key : parts[0] + "." {
        case "region": region = try choice(path, values)
        case "base-url": baseURL = try values.string(path)
        case "space": space = try values.string(path)
        case "token-command":
            tokenCommand = try values.words(path, expected: "a list of arguments such as [pass, segment/acme]")
        case "api-version": apiVersion = try choice(path, values)
        case "max-changes": maxChanges = try values.count(path)
        case "max-removes": maxRemoves = try values.count(path)
        case "max-percent":
            let percent = try values.count(path)
            guard percent <= 100 else { throw values.wrong(path, expected: "a whole number from 0 to 100") }
            maxPercent = percent
        case "keep-for-shell": keepForShell = try values.count(path)
        case "edits-in-progress":
            let count = try values.count(path)
            guard count > 0 else { throw values.wrong(path, expected: "a whole number, 1 or more") }
            editsInProgress = count
        case "read-only": readOnly = try values.bool(path)
        case "color": color = try choice(path, values)
        case "prompt-color": promptColor = try choice(path, values)
        case "confirm": confirm = try choice(path, values)
        case "spaces.": spaces[parts[1]] = try values.string(path)
        case "limits.":
            guard let bucket = Self.buckets.first(where: { $0.rawValue == parts[1] }) else {
                throw values.unknown(path, parts[1], known: Self.buckets.map(\.rawValue))
            }
            guard let limit = Limit(try values.string(path), provenance: .profile) else {
                throw values.wrong(path, expected: LimitsText.form)
            }
            limits[bucket] = limit
        case "budget.":
            guard let item = Budget.Item(rawValue: parts[1]) else {
                throw values.unknown(path, parts[1], known: Budget.Item.allCases.map(\.rawValue))
            }
            guard let amount = item.amount(try values.text(path)) else { throw values.wrong(path, expected: item.form) }
            budget[item] = amount
        case "budget": throw values.wrong(path, expected: "limits of a run, such as time: 10min")
        case "spaces": throw values.wrong(path, expected: "aliases with ids, such as prod: 9aQ1Lj62S4bomZKLF4DPqW")
        case "limits": throw values.wrong(path, expected: "operations with rates, such as update: 10/60s")
        default: throw values.unknown(path, parts[0], known: Self.settings)
        }
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ path: String, _ values: ConfigurationValues
    ) throws(CommandError) -> Choice {
        if let choice = Choice(rawValue: try values.string(path)) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw values.wrong(path, expected: "one of \(words)")
    }
}

/// Where Segment keeps a workspace.
package enum Region: String, Sendable, CaseIterable {
    case us, eu
}

/// Which version of the Audience operations is asked for.
package enum APIVersionName: String, Sendable, CaseIterable {
    case alpha, v1
}

/// The colours that a prompt may have.
package enum PromptColor: String, Sendable, CaseIterable {
    case red, green, yellow, blue, magenta, cyan

    var color: Color {
        switch self {
        case .red: .red
        case .green: .green
        case .yellow: .yellow
        case .blue: .blue
        case .magenta: .magenta
        case .cyan: .cyan
        }
    }
}

/// When a person is asked before changes are sent.
package enum ConfirmPolicy: String, Sendable, CaseIterable {
    /// Unless `--yes` answers.
    case normal
    /// Always: `--yes` answers nothing, and without a terminal nothing is sent.
    case always
}
