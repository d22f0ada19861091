// swift-tools-version: 6.2
// Programs of somebody else that use the language, and sessions in a workspace, to show that the public API is enough.

import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]

let package = Package(
    name: "embedding",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "aud", path: "../..")],
    targets: [
        .executableTarget(
            name: "embedding", dependencies: [.product(name: "AudLanguage", package: "aud")], swiftSettings: settings),
        .executableTarget(
            name: "session",
            dependencies: [
                .product(name: "AudLanguage", package: "aud"), .product(name: "AudRuntime", package: "aud"),
                .product(name: "SegmentAudiences", package: "aud"),
            ],
            swiftSettings: settings),
    ]
)
