// swift-tools-version: 6.2
// A program of somebody else that uses the language, to show that its public API is enough. Only what the product
// AudLanguage needs is fetched and built.

import PackageDescription

let package = Package(
    name: "embedding",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "aud", path: "../..")],
    targets: [
        .executableTarget(
            name: "embedding", dependencies: [.product(name: "AudLanguage", package: "aud")],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
    ]
)
