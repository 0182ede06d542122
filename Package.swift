// swift-tools-version: 6.2
import PackageDescription

/// The layer of a module decides the folder it lies in and what it may import (ARCHITECTURE.md, section 3).
enum Layer: String {
    case vocabulary = ""
    case kernel = "Kernels/"
    case method = "Methods/"
    case rule = "Rules/"
    case adapter = "Adapters/"
    case feature = "Features/"
    case app = "App/"
}

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func module(
    _ name: String, _ layer: Layer, needs: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: needs, path: "Sources/\(layer.rawValue)\(name)",
        resources: resources, swiftSettings: settings)
}

func tests(
    _ name: String, _ layer: Layer, needs: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + needs,
        path: "Tests/\(layer.rawValue)\(name)Tests", resources: resources, swiftSettings: settings)
}

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "junheng",
    products: [.executable(name: "junheng", targets: ["junheng"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    ],
    targets: [
        .systemLibrary(name: "CZip", path: "Sources/CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", path: "Sources/CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CExpat", path: "Sources/CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CGcrypt", path: "Sources/CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
        .systemLibrary(name: "CSodium", path: "Sources/CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        module("Vocabulary", .vocabulary),
        module("Definitions", .kernel, needs: ["Vocabulary", yams]),
        module("Indicators", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Reporting", .kernel, needs: ["Vocabulary"]),
        module("Registry", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Geography", .kernel, needs: ["Vocabulary"]),
        module("Planning", .kernel, needs: ["Vocabulary"]),
        module("Exchanges", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Staffing", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Ledger", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Alliances", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("PostMatching", .method, needs: ["Vocabulary", "Staffing", "Indicators", "Planning"]),
        module("TeacherRotation", .method, needs: ["Vocabulary", "Exchanges", "Indicators", "Planning"]),
        module("Targets", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Jobs", .kernel, needs: ["Vocabulary"]),
        module("Casework", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("CollectOnce", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("Inspection", .kernel, needs: ["Vocabulary", "Definitions"]),
        module("CaseRules", .rule, needs: ["Vocabulary", "Casework"]),
        module("PathToStandard", .method, needs: ["Vocabulary", "Definitions", "Indicators", "Planning"]),
        module("FundAllocation", .method, needs: ["Vocabulary", "Planning"]),
        module("AlliancePairing", .method, needs: ["Vocabulary", "Planning"]),
        .target(name: "CSolverDL", path: "Sources/CSolverDL", linkerSettings: [.linkedLibrary("dl")]),
        module("HighsSolver", .adapter, needs: ["Planning", "CSolverDL"]),
        module("Workbooks", .adapter, needs: ["Vocabulary", "Indicators", "Reporting", "CZip", "CExpat", "CXlsxWriter"]),
        module("Documents", .adapter, needs: ["Vocabulary", "Reporting", "CZip"], resources: [.copy("Typst")]),
        module(
            "Storage", .adapter,
            needs: [
                "Vocabulary", "Indicators", "Registry", "Jobs", "Casework", "Targets", "Exchanges", "Planning", "Staffing", "Ledger",
                "Inspection", "Alliances",
            ],
            resources: [.copy("Migrations")]),
        module("SQLiteDriver", .adapter, needs: ["Storage", grdb]),
        module("PostgresDriver", .adapter, needs: ["Storage", "CLibPQ"]),
        .systemLibrary(
            name: "CQRencode", path: "Sources/CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        module("SquareCodes", .adapter, needs: ["Registry", "CQRencode"]),
        .target(name: "CSignatures", path: "Sources/CSignatures", linkerSettings: [.linkedLibrary("crypto")]),
        module("Signatures", .adapter, needs: ["Registry", "CSignatures"]),
        .target(name: "COutbound", path: "Sources/COutbound", linkerSettings: [.linkedLibrary("curl")]),
        module("Outbound", .adapter, needs: ["Vocabulary", "COutbound"]),
        module("Vault", .adapter, needs: ["Indicators", "Registry", "CSodium", "CGcrypt", "CZip"]),
        module("SiteMap", .feature, needs: ["Vocabulary"]),
        module(
            "Pages", .feature,
            needs: [
                "Vocabulary", "Geography", "Indicators", "Registry", "Reporting", "SiteMap", hummingbird, httpTypes, logging, mustache,
                nioCore,
            ],
            resources: [.copy("Templates"), .copy("Public")]),
        module(
            "Balance", .feature,
            needs: ["Vocabulary", "Indicators", "Geography", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "BigScreen", .feature, needs: ["Vocabulary", "Indicators", "Geography", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "Imports", .feature, needs: ["Vocabulary", "Indicators", "Registry", "Jobs", "SiteMap", "Pages", hummingbird, logging],
            resources: [.copy("Templates")]),
        module(
            "Snapshots", .feature, needs: ["Vocabulary", "Indicators", "Registry", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "Accounts", .feature, needs: ["Vocabulary", "Registry", "SiteMap", "Pages", hummingbird, httpTypes, logging],
            resources: [.copy("Templates")]),
        module(
            "AuditTrail", .feature, needs: ["Vocabulary", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "API", .feature,
            needs: [
                "Vocabulary", "Casework", "Indicators", "Jobs", "Registry", "SiteMap", "Pages", hummingbird, httpTypes, logging, nioCore,
                "CollectOnce", "Planning", "Targets", "Inspection", "Exchanges", "Staffing", "Ledger", "Alliances",
            ],
            resources: [.copy("Templates")]),
        module(
            "Cases", .feature,
            needs: ["Vocabulary", "Casework", "Indicators", "Jobs", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "DataRequests", .feature,
            needs: [
                "Vocabulary", "CollectOnce", "Casework", "Indicators", "Registry", "SiteMap", "Pages", hummingbird,
            ],
            resources: [.copy("Templates")]),
        module(
            "PersonalData", .feature, needs: ["Vocabulary", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "Tasks", .feature,
            needs: ["Vocabulary", "Indicators", "Jobs", "Registry", "SiteMap", "Pages", hummingbird, httpTypes, nioCore],
            resources: [.copy("Templates")]),
        module("Operations", .feature, needs: ["Pages", hummingbird, httpTypes, logging, nioCore]),
        module("Reports", .feature, needs: ["Vocabulary", "Indicators", "Reporting"]),
        module(
            "Shortfalls", .feature,
            needs: ["Vocabulary", "Indicators", "Casework", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "Plans", .feature,
            needs: [
                "Vocabulary", "Geography", "Planning", "Reporting", "PathToStandard", "FundAllocation", "AlliancePairing", "Indicators",
                "Jobs", "Registry", "SiteMap", "Pages", hummingbird,
            ], resources: [.copy("Templates")]),
        module(
            "Rotation", .feature,
            needs: [
                "Vocabulary", "Exchanges", "Geography", "Indicators", "Jobs", "Planning", "Registry", "Reporting", "TeacherRotation",
                "SiteMap", "Pages", hummingbird,
            ],
            resources: [.copy("Templates")]),
        module(
            "Establishments", .feature,
            needs: [
                "Vocabulary", "Geography", "Staffing", "PostMatching", "Indicators", "Jobs", "Planning", "Registry", "Reporting",
                "SiteMap", "Pages", hummingbird,
            ],
            resources: [.copy("Templates")]),
        module(
            "Funds", .feature,
            needs: ["Vocabulary", "Ledger", "Indicators", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "SchoolAlliances", .feature,
            needs: ["Vocabulary", "Alliances", "Indicators", "Registry", "Reporting", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "CityPlans", .feature,
            needs: ["Vocabulary", "Definitions", "Indicators", "Registry", "Reporting", "Targets", "SiteMap", "Pages", hummingbird],
            resources: [.copy("Templates")]),
        module(
            "Supervision", .feature,
            needs: [
                "Vocabulary", "Casework", "Indicators", "Inspection", "Registry", "Reporting", "SiteMap", "Pages", hummingbird,
            ], resources: [.copy("Templates")]),
        module("DemoCity", .app, needs: ["Vocabulary", "Indicators", "Geography", "Registry", "Targets"]),
        module(
            "Assembly", .app,
            needs: [
                "Vocabulary", "Definitions", "Exchanges", "Indicators", "Geography", "Registry", "Reporting", "Workbooks", "Documents",
                "Storage", "SQLiteDriver", "PostgresDriver", "HighsSolver", "Vault", "Outbound", "Signatures", "SquareCodes", "Planning",
                "PathToStandard", "Pages", "Balance", "BigScreen", "Imports", "Snapshots", "Accounts", "AuditTrail", "PersonalData",
                "Operations", "Plans", "Reports", "DemoCity", "Jobs", "Tasks", "Casework", "CollectOnce", "DataRequests", "CaseRules",
                "Shortfalls", "Cases", "Targets", "CityPlans", "FundAllocation", "AlliancePairing", "API", "TeacherRotation", "Rotation",
                "Staffing", "Ledger", "Funds", "PostMatching", "Establishments", "Inspection", "Supervision", "Alliances",
                "SchoolAlliances", hummingbird, logging, nioCore, hummingbirdCore, hummingbirdTLS, nioSSL,
            ]),
        .executableTarget(
            name: "junheng",
            dependencies: [
                "Vocabulary", "Indicators", "Registry", "Planning", "PathToStandard", "Workbooks", "Documents", "DemoCity", "Assembly",
                "Casework", "CollectOnce", "Storage", "Vault", "Targets", "FundAllocation", "AlliancePairing", "Plans", "Exchanges",
                "TeacherRotation", "Staffing", "Ledger", "Alliances", "PostMatching", hummingbird, argumentParser,
            ],
            path: "Sources/App/junheng", swiftSettings: settings),
        .executableTarget(
            name: "junheng-bench",
            dependencies: [
                "Vocabulary", "Indicators", "Planning", "PathToStandard", "HighsSolver", "Workbooks", "Storage", "SQLiteDriver",
                "PostgresDriver", "Assembly", "Casework", "Vault", "Definitions", "Exchanges", "TeacherRotation", "FundAllocation",
                "AlliancePairing", argumentParser, hummingbird, nioCore,
            ],
            path: "Sources/App/Bench", swiftSettings: settings),
        tests("Indicators", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("Reporting", .kernel, needs: ["Vocabulary"]),
        tests("Registry", .kernel, needs: ["Vocabulary"]),
        tests("Geography", .kernel),
        tests("Planning", .kernel),
        tests("Targets", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("Jobs", .kernel),
        tests("CollectOnce", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("Casework", .kernel, needs: ["Vocabulary", "Definitions", "CaseRules"]),
        tests("Inspection", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("PathToStandard", .method, needs: ["Vocabulary", "Definitions", "Indicators", "Planning", "HighsSolver"]),
        tests("Exchanges", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests(
            "TeacherRotation", .method, needs: ["Vocabulary", "Definitions", "Exchanges", "Indicators", "Planning", "HighsSolver"]),
        tests("Staffing", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("Ledger", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("Alliances", .kernel, needs: ["Vocabulary", "Definitions"]),
        tests("PostMatching", .method, needs: ["Vocabulary", "Definitions", "Staffing", "Planning"]),
        tests("FundAllocation", .method, needs: ["Vocabulary", "Planning", "HighsSolver"]),
        tests("AlliancePairing", .method, needs: ["Vocabulary", "Planning", "HighsSolver"]),
        tests("HighsSolver", .adapter, needs: ["Planning"]),
        tests("Pages", .feature, needs: ["Vocabulary", "Geography", "Registry", "Reporting", "SiteMap", nioCore, httpTypes]),
        tests(
            "Balance", .feature,
            needs: [
                "Vocabulary", "Definitions", "Indicators", "Geography", "Registry", "Reporting", "SiteMap", "Pages", "BigScreen",
                "DemoCity",
                hummingbird,
            ]),
        tests("API", .feature, needs: ["Vocabulary", "Indicators", "Registry", "Pages"]),
        tests("Operations", .feature, needs: [logging]),
        tests(
            "Plans", .feature,
            needs: ["Vocabulary", "Indicators", "Planning", "PathToStandard", "FundAllocation", "SiteMap", "Pages"]),
        tests("Workbooks", .adapter, needs: ["Vocabulary", "Definitions", "Indicators", "Reporting"]),
        tests("Documents", .adapter, needs: ["Vocabulary", "Reporting"]),
        tests(
            "Storage", .adapter,
            needs: [
                "Vocabulary", "Definitions", "Indicators", "Registry", "Jobs", "SQLiteDriver", "PostgresDriver", "Vault", "Casework",
                "Targets", "Exchanges", "Planning", "Staffing", "Ledger", "Inspection", "Alliances",
            ]),
        tests("Outbound", .adapter, needs: ["Vocabulary"]),
        tests("Signatures", .adapter, needs: ["Registry"]),
        tests("Accounts", .feature, needs: ["Registry", "Vocabulary", "Pages"]),
        tests("Vault", .adapter, needs: ["Indicators", "Registry"]),
        tests("DemoCity", .app, needs: ["Vocabulary", "Definitions", "Geography", "Indicators"]),
        tests(
            "Assembly", .app,
            needs: [
                "Vocabulary", "Indicators", "Geography", "Registry", "Jobs", "Imports", "Storage", "Vault", "DemoCity", "Pages", "Tasks",
                "Outbound", "API", "Exchanges", "Planning", "TeacherRotation", "Rotation", "Targets", "Casework", "CollectOnce",
                "Shortfalls", "Workbooks", "Staffing", "PostMatching", "Establishments", "Inspection", "Supervision", "Alliances",
                hummingbird,
                httpTypes, logging, nioCore, nioEmbedded,
            ]),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Vocabulary", "Definitions", "Indicators", "Casework", "CaseRules", "Targets", "Inspection", "Alliances"],
            swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", dependencies: [], swiftSettings: settings),
    ]
)
