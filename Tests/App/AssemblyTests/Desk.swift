import Casework
import Foundation
import Imports
import Indicators
import Storage
import Vault
import Vocabulary

@testable import Assembly

/// An installation in a folder of its own, over the national catalogue.
final class Desk: Sendable {
    static let catalogue: (IndicatorCatalogue, digest: String) = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let files = try? CatalogueFolder(environment: ["JUNHENG_CATALOGUE": folder.path + "/Catalogue"])
        return files.map { ($0.compile().catalogue, $0.digest) }.unsafelyUnwrapped
    }()

    static let cases: CaseDefinitions = {
        let folder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let files = try? CatalogueFolder(environment: ["JUNHENG_CATALOGUE": folder.path + "/Catalogue"])
        return files.map { $0.compileCases() }.unsafelyUnwrapped
    }()

    static let year = SchoolYear(2025)
    let folder: URL
    let installation: Installation

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")
        installation = try await Installation(
            folder, catalogue: Desk.catalogue.0, catalogueDigest: Desk.catalogue.digest, keys: PersonalKeys(), cases: Desk.cases)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var imports: any ImportStore { installation.storage.imports }
    var evaluations: StoreEvaluations {
        StoreEvaluations(
            returns: installation.storage.returns, snapshots: installation.storage.snapshots, catalogue: installation.catalogue)
    }

    static func signed(_ name: String = "清河县督导室") -> Signature {
        Signature(by: name, name: name, at: Date(timeIntervalSince1970: 1_757_000_000))
    }

    static let head =
        "学校标识码,学校名称,县(市、区),办学类型,小学在校生数,小学专任教师数,小学高于规定学历教师数,小学县级以上骨干教师数,小学体育艺术专任教师数,教学及辅助用房面积,室内体育用房面积,运动场地面积,教学仪器设备值(万元),网络多媒体教室数\n"

    /// A primary school that just meets everything, but for its pupils.
    static func school(_ code: String, _ county: String = "清河县", pupils: String = "500", rooms: String = "12") -> String {
        "\(code),\(code)小学,\(county),小学,\(pupils),40,35,8,6,2600,100,4000,120,\(rooms)\n"
    }

    /// A CSV through the whole line up to its preview.
    func preview(_ rows: [String], county: String? = nil, name: String = "学校表.csv", year: SchoolYear = year) async throws
        -> ImportRecord
    {
        let file = folder.appendingPathComponent(RandomID.make())
        try Data((Desk.head + rows.joined()).utf8).write(to: file)
        let takeIn = installation.takeIn { Desk.signed().at }
        let begun = try await takeIn.begin(file, name: name, year: year, county: county, by: Desk.signed())
        guard let first = begun.first else { throw FileRefusal("test", name, "no form was found") }
        return try await takeIn.read(first)
    }

    @discardableResult
    func hand(_ rows: [String], year: SchoolYear = year) async throws -> ImportRecord {
        let record = try await preview(rows, year: year)
        return try await imports.apply(record.id, ImportChoice(), seen: record.version, by: Desk.signed())
    }

    func evaluated(_ view: DataView = .official) async throws -> Evaluated? {
        try await evaluations.evaluated("balance-2017", Desk.year, view)
    }
}
