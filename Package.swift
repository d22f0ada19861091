// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "aud",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "aud", targets: ["aud"]),
        .library(name: "AudLanguage", targets: ["AudLanguage"]),
        .library(name: "AudRuntime", targets: ["AudRuntime"]),
        .library(name: "SegmentAudiences", targets: ["SegmentAudiences"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .executableTarget(name: "aud", dependencies: ["AudCommands"], swiftSettings: settings),
        .target(
            name: "AudCommands",
            dependencies: [
                "AudLanguage", "AudRuntime", "AudSandbox", "AudShell", "SegmentAudiences",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "AudShell",
            dependencies: ["AudLanguage", "AudRuntime", "CEditline", "SegmentAudiences"],
            swiftSettings: settings
        ),
        .target(
            name: "AudRuntime",
            dependencies: [
                "AudLanguage", "SegmentAudiences",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "AudSandbox",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(name: "AudLanguage", dependencies: ["CRE2"], swiftSettings: settings),
        .target(
            name: "SegmentAudiences",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "AudTesting", dependencies: ["CEditline"], swiftSettings: settings),
        .testTarget(
            name: "AudCommandsTests",
            dependencies: [
                "AudCommands", "AudLanguage", "AudRuntime", "AudSandbox", "AudShell", "AudTesting", "SegmentAudiences",
                "aud",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AudLanguageTests",
            dependencies: ["AudLanguage"],
            exclude: ["Check/Scripts", "Diagnostics/Fixtures", "Hostile", "Run/Scripts"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AudRuntimeTests",
            dependencies: [
                "AudLanguage", "AudRuntime", "AudSandbox", "AudTesting", "SegmentAudiences", "apply-and-die",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AudSandboxTests",
            dependencies: [
                "AudSandbox",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AudShellTests",
            dependencies: ["AudLanguage", "AudRuntime", "AudShell", "AudTesting", "SegmentAudiences", "term-demo"],
            exclude: ["Transcripts/Goldens", "Values/Goldens"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "apply-and-die",
            dependencies: ["AudLanguage", "AudRuntime", "SegmentAudiences"],
            path: "Tests/Fixtures/apply-and-die",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "term-demo",
            dependencies: ["AudRuntime", "AudShell", "SegmentAudiences"],
            path: "Tests/Fixtures/term-demo",
            swiftSettings: settings
        ),
        .testTarget(
            name: "SegmentAudiencesTests",
            dependencies: [
                "AudTesting", "SegmentAudiences",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
    ],
    cxxLanguageStandard: .cxx17
)
