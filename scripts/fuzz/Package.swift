// swift-tools-version: 6.2

import PackageDescription

// The language and its laws, built with libFuzzer; `run` does it. AudLanguage, CRE2 and Laws are links to the sources of
// the main package: all code is instrumented, and the laws see what is `package`.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        // libFuzzer brings `main`.
        .executableTarget(
            name: "Fuzz", dependencies: ["Laws"],
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
        .target(name: "Laws", dependencies: ["AudLanguage"], swiftSettings: settings),
        .target(name: "AudLanguage", dependencies: ["CRE2"], swiftSettings: settings),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    ],
    cxxLanguageStandard: .cxx17
)
