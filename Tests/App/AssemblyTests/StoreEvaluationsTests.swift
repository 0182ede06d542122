import Foundation
import Imports
import Indicators
import Storage
import Testing
import Vault
import Vocabulary

@testable import Assembly

@Suite("从库里评估") struct StoreEvaluationsTests {
    private func pupils(_ evaluated: Evaluated?, _ school: String) -> Double? {
        evaluated?.result.county("清河县")?.units(of: school).first?.pupils
    }

    @Test("没有数据就没有结果；导入后有，撤销后又没有") func following() async throws {
        let desk = try await Desk()
        let evaluations = desk.evaluations
        #expect(try await evaluations.availability().isEmpty)
        let record = try await desk.hand([Desk.school("1001")])
        #expect(try await evaluations.availability()["balance-2017"] == [Desk.year])
        #expect(try await evaluations.evaluated("balance-2017", Desk.year, .official)?.result.counties.count == 1)
        _ = try await desk.imports.undo(record.id, seen: record.version, by: Desk.signed())
        #expect(try await evaluations.evaluated("balance-2017", Desk.year, .official) == nil)
    }

    @Test("冻结的数作为正式数据；更正中的新数只在预览里") func correction() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("1001"), Desk.school("2001", "东岭县")])
        let store = desk.installation.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        snapshot = try await store.take(.submit, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed())
        #expect(try await desk.evaluated()?.standing("清河县").badge == "预览 · 已上报")
        snapshot = try await store.take(.approve, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed("市基教科"))
        snapshot = try await store.freeze(
            "s1", seen: snapshot.version, catalogue: desk.installation.catalogueDigest, by: Desk.signed("市基教科"), hash: { Sha256.hex($0) })
        let frozen = try #require(try await desk.evaluated())
        #expect(frozen.standing("清河县").isFrozen && !frozen.standing("清河县").hasCorrection && !frozen.isFrozen)
        #expect(frozen.standing("清河县").source.contains("市基教科审核"))

        _ = try await store.open("s2", county: "清河县", Desk.year, forms: ["school-return"], reason: "漏报一个班", by: Desk.signed("市基教科"))
        try await desk.hand([Desk.school("1001", pupils: "620")])
        let official = try await desk.evaluated()
        #expect(pupils(official, "1001") == 500)
        #expect(official?.standing("清河县").hasCorrection == true)
        #expect(pupils(try await desk.evaluated(.live), "1001") == 620)
        // The other county stands as it is in both.
        #expect(official?.result.county("东岭县")?.units.count == 1)
    }

    @Test("每个数都回到它的原表单元格，冻结以后也是") func cells() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("1001")])
        let store = desk.installation.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        for action in [SnapshotAction.submit, .approve] {
            snapshot = try await store.take(action, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed())
        }
        _ = try await store.freeze("s1", seen: snapshot.version, catalogue: "", by: Desk.signed(), hash: { Sha256.hex($0) })
        let evaluated = try #require(try await desk.evaluated())
        let unit = try #require(evaluated.result.county("清河县")?.units.first)
        let explained = try #require(evaluated.evaluation.explain("L7", unit))
        let rooms = try #require(explained.inputs.first { $0.name == "networked_classrooms" })
        #expect(rooms.cell?.description.hasSuffix("!N2") == true && rooms.file == "学校表.csv")
    }

    @Test("冻结的只是上报里的那几张表，别的表仍是预览") func otherForms() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("1001")])
        let file = desk.folder.appendingPathComponent("extras.csv")
        try Data("县(市、区),在园幼儿总数,公办园在园幼儿数,普惠性民办园在园幼儿数\n清河县,1000,600,300\n".utf8).write(to: file)
        let takeIn = desk.installation.takeIn()
        for begun in try await takeIn.begin(file, name: "extras.csv", year: Desk.year, county: nil, by: Desk.signed()) {
            let record = try await takeIn.read(begun)
            #expect(record.form == "county-extras")
            _ = try await desk.imports.apply(record.id, ImportChoice(), seen: record.version, by: Desk.signed())
        }
        let store = desk.installation.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        for action in [SnapshotAction.submit, .approve] {
            snapshot = try await store.take(action, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed())
        }
        _ = try await store.freeze("s1", seen: snapshot.version, catalogue: "", by: Desk.signed(), hash: { Sha256.hex($0) })
        #expect(try await desk.evaluated()?.standing("清河县").isFrozen == true)
        let extras = try await desk.evaluations.evaluated("county-extras", Desk.year, .official)
        #expect(extras?.standing("清河县").badge == "预览 · 尚未上报")
    }
}
