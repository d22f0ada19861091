/// The codes of all diagnostics, by the pass that finds them. One row each: the case, its code, and in `title` what
/// the rule is.
public enum Code: String, Sendable, Hashable, CaseIterable {
    // Lexical
    case invalidUTF8 = "E0101"
    case unexpectedCharacter = "E0102"
    case unterminatedString = "E0103"
    case badEscape = "E0104"
    case badNumber = "E0105"
    case badDuration = "E0106"
    case badDate = "E0107"
    case badRegex = "E0108"

    // Syntax
    case unexpectedToken = "E0201"
    case foreignOperator = "E0202"
    case nestingTooDeep = "E0203"
    case droppedValue = "E0204"
    case lambdaInStage = "E0205"
    case repeatedKey = "E0206"
    case misplacedStatement = "E0207"
    case chainedComparison = "E0208"
    case columnNeedsName = "E0209"
    case nothingToContinue = "E0210"
    case tooLarge = "E0211"

    // Names
    case unknownField = "E0301"
    case unknownName = "E0302"
    case unknownNamedArgument = "E0303"
    case usedBeforeDefinition = "E0304"
    case alreadyDefined = "E0305"
    case notAVariable = "E0306"
    case itOutsideStage = "E0307"
    case reservedName = "E0308"
    case unknownType = "E0309"

    // Types
    case wrongArguments = "E0401"
    case wrongOperand = "E0402"
    case notACondition = "E0403"
    case nullUse = "E0404"
    case neverEqual = "E0405"
    case wrongArgument = "E0406"
    case notAFunction = "E0407"

    // Effects and captures
    case capturedVariable = "E0501"
    case unsupportedAction = "E0502"
    case impureCode = "E0503"

    // Modules and params
    case moduleNotFound = "E0601"
    case moduleCycle = "E0602"
    case moduleContent = "E0603"
    case paramMissing = "E0604"
    case paramValue = "E0605"
    case paramUnknown = "E0606"
    case planIsNoScript = "E0607"

    // Run time
    case divisionByZero = "R1001"
    case overflow = "R1002"
    case wrongType = "R1003"
    case nullOperand = "R1004"
    case noSuchField = "R1005"
    case indexOutOfRange = "R1006"
    case notBool = "R1007"
    case notCallable = "R1008"
    case badArgument = "R1009"
    case failed = "R1010"
    case impure = "R1011"
    case expectationFailed = "R1014"
    case notConfirmed = "R1015"
    case badText = "R1016"

    // API
    case apiAuth = "A2001"
    case apiNotFound = "A2002"
    case apiValidation = "A2003"
    case apiConflict = "A2004"
    case apiRateLimited = "A2005"
    case apiServer = "A2006"
    case apiNetwork = "A2007"
    case apiUnreadable = "A2008"
    case apiOutcomeUnknown = "A2009"
    case apiConfiguration = "A2010"
    case stateUnusable = "A2011"

    // Limits
    case stepLimit = "L3001"
    case depthLimit = "L3002"
    case valueDepthLimit = "L3003"
    case listLimit = "L3004"
    case stringLimit = "L3005"
    case memoryLimit = "L3006"
    case requestLimit = "L3007"
    case changeLimit = "L3008"
    case timeLimit = "L3009"
    case atMost = "L3010"
    case cancelled = "L3011"
    case incomplete = "L3012"

    // Lints
    case shadowedBuiltin = "W9001"
    case unusedName = "W9002"
    case unreachableCode = "W9003"
    case unboundedChange = "W9004"
    case needlessNullTest = "W9005"
    case asciiClass = "W9006"
    case unknownWord = "W9007"
    case foreignText = "W9008"
}
