import Foundation
import Indicators
import Storage
import Testing
import Vocabulary

@Suite("导入的约定") struct ImportContract {
    private let qinghe = [Desk.row(2, "A1", "清河县"), Desk.row(3, "A2", "清河县", pupils: .absent(.blank), area: .absent(.unreadable))]
    private let linhe = [Desk.row(4, "B1", "临河县", pupils: .known(0))]

    @Test("读入后先预览，确认后才生效；每个数都知道来自哪个单元格", arguments: Engine.allCases)
    func applying(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", qinghe)
        #expect(preview.state == .preview)
        #expect(preview.tally == ImportTally(read: 2, new: 2))
        #expect(try await desk.table().count == 0)
        let before = try await desk.storage.returns.revision(form: nil, nil)
        let applied = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        #expect(applied.applied?.name == "王科长")
        #expect(try await desk.storage.returns.revision(form: nil, nil) > before)
        let table = try await desk.table()
        #expect(table.fact(FactKey("pupils", .primary), 0) == .known(812))
        #expect(table.fact(FactKey("area"), 0) == .known(4100.5))
        #expect(table.origin(0)?.importID == "i1")
        #expect(table.cell("area", 1)?.description == "学校数据!E3")
    }

    @Test("空白不是零，缺的原因原样保留", arguments: Engine.allCases) func absences(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe + linhe)
        let table = try await desk.table()
        #expect(table.fact(FactKey("pupils", .primary), 1) == .absent(.blank))
        #expect(table.fact(FactKey("area"), 1) == .absent(.unreadable))
        #expect(table.fact(FactKey("gym"), 1) == .absent(.noColumn))
        #expect(table.fact(FactKey("pupils", .primary), 2) == .known(0))
    }

    @Test("一个县再导入，不动别的县", arguments: Engine.allCases) func twoCounties(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe, county: "清河县")
        try await desk.hand("i2", linhe, county: "临河县")
        let third = try await desk.hand("i3", [Desk.row(2, "A1", "清河县", pupils: .known(900))], county: "清河县")
        #expect(third.tally == ImportTally(read: 1, changed: 1))
        #expect(try await desk.pupils() == ["A1": .known(900), "A2": .absent(.blank), "B1": .known(0)])
        #expect(try await desk.storage.returns.counts(form: "schools", Desk.year) == ["清河县": 2, "临河县": 1])
        #expect(try await desk.table(county: "临河县").count == 1)
        #expect(try await desk.storage.returns.schoolYears(form: "schools") == [Desk.year])
    }

    @Test("撤销后原来的数回来，可以再次导入", arguments: Engine.allCases) func undoing(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe)
        let second = try await desk.hand("i2", [Desk.row(2, "A1", "清河县", pupils: .known(900)), Desk.row(3, "A3", "清河县")])
        let undone = try await desk.storage.imports.undo("i2", seen: second.version, by: Desk.signed("王科长"))
        #expect(undone.state == .undone)
        #expect(try await desk.pupils() == ["A1": .known(812), "A2": .absent(.blank)])
        _ = try await desk.storage.imports.apply("i2", ImportChoice(), seen: undone.version, by: Desk.signed("王科长"))
        #expect(try await desk.pupils() == ["A1": .known(900), "A2": .absent(.blank), "A3": .known(812)])
    }

    @Test("撤销较早的一次，后来的数不受影响", arguments: Engine.allCases) func undoingTheFirst(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let first = try await desk.hand("i1", qinghe)
        let second = try await desk.hand("i2", [Desk.row(2, "A1", "清河县", pupils: .known(900))])
        _ = try await desk.storage.imports.undo("i1", seen: first.version, by: Desk.signed("王科长"))
        #expect(try await desk.pupils() == ["A1": .known(900)])
        _ = try await desk.storage.imports.undo("i2", seen: second.version, by: Desk.signed("王科长"))
        #expect(try await desk.table().count == 0)
    }

    @Test("有错误的表整份不导入，选了才只导入无误的行", arguments: Engine.allCases) func goodRows(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", qinghe, refused: 3)
        let refused = await refusal {
            _ = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        #expect(refused?.message.contains("有3行有错误") == true)
        #expect(try await desk.table().count == 0)
        let applied = try await desk.storage.imports.apply(
            "i1", ImportChoice(goodRowsOnly: true), seen: preview.version, by: Desk.signed("王科长"))
        #expect(applied.tally == ImportTally(read: 5, new: 2, refused: 3))
        #expect(try await desk.table().count == 2)
    }

    @Test("只能报送本县：别县的行被拒，指到单元格", arguments: Engine.allCases) func ownCounty(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", qinghe + linhe, county: "清河县")
        #expect(preview.tally == ImportTally(read: 3, new: 2, refused: 1))
        let complaint = try #require(try await desk.storage.imports.diagnostics(of: "i1", from: 0, limit: 10).first)
        #expect(complaint.place.description == "学校数据!C4")
        #expect(complaint.message.contains("临河县"))
    }

    @Test("学校已在别的县：找得出，不许悄悄划走，选了才划转", arguments: Engine.allCases) func otherOwner(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe)
        let taking = [Desk.row(2, "A1", "临河县"), Desk.row(3, "B1", "临河县")]
        let preview = try await desk.preview("i2", taking)
        #expect(try await desk.storage.returns.owners(of: ["A1", "B1"], form: "schools", Desk.year) == ["A1": "清河县"])
        let conflicts = try await desk.storage.imports.conflicts(of: "i2", limit: 10)
        #expect(conflicts == [OwnerConflict(key: "A1", sheet: "学校数据", sheetRow: 2, county: "临河县", owner: "清河县")])
        let refused = await refusal {
            _ = try await desk.storage.imports.apply("i2", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        #expect(refused?.code == .county)
        _ = try await desk.storage.imports.apply(
            "i2", ImportChoice(movesSchools: true), seen: preview.version, by: Desk.signed("王科长"))
        #expect(try await desk.storage.returns.counts(form: "schools", Desk.year) == ["清河县": 1, "临河县": 2])
    }

    @Test("剔除冲突的行，其余照常导入", arguments: Engine.allCases) func refusingRows(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe)
        try await desk.preview("i2", [Desk.row(2, "A1", "临河县"), Desk.row(3, "B1", "临河县")])
        let left = try await desk.storage.imports.refuse(rows: ["A1"], of: "i2")
        #expect(left.tally == ImportTally(read: 2, new: 1, refused: 1))
        _ = try await desk.storage.imports.apply(
            "i2", ImportChoice(goodRowsOnly: true), seen: left.version, by: Desk.signed("王科长"))
        #expect(try await desk.storage.returns.owners(of: ["A1", "B1"], form: "schools", Desk.year) == ["A1": "清河县", "B1": "临河县"])
    }

    @Test("预览逐行说明：新增、改动、未变", arguments: Engine.allCases) func effects(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe)
        let rows = [Desk.row(2, "A1", "清河县", pupils: .known(813)), qinghe[1], Desk.row(4, "A9", "清河县")]
        try await desk.hand("i2", rows)
        let listed = try await desk.storage.imports.rows(of: "i2", [], from: 0, limit: 10)
        #expect(listed.map(\.effect) == [.changed, .unchanged, .new])
        #expect(listed[0].current?.facts[FactKey("pupils", .primary)] == .known(812))
        #expect(listed[0].row == rows[0])
        #expect(try await desk.storage.imports.rows(of: "i2", [.new], from: 0, limit: 10).map(\.key) == ["A9"])
    }

    @Test("预览时看得到导入后的整表，数据本身不变", arguments: Engine.allCases) func previewTable(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", qinghe + linhe)
        try await desk.preview("i2", [Desk.row(2, "A1", "清河县", pupils: .known(900))])
        let table = try await desk.storage.returns.table(Desk.form, Desk.year, county: "清河县", preview: "i2")
        #expect((0..<table.count).map { table.attribute("code", $0) } == ["A2", "A1"])
        #expect(table.fact(FactKey("pupils", .primary), 1) == .known(900))
        #expect(try await desk.pupils()["A1"] == .known(812))
    }

    @Test("整表分批存入，每行的出处不丢", arguments: Engine.allCases) func wholeTable(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        var table = ReturnTable(form: Desk.form, schoolYear: Desk.year)
        table.begin(ReturnOrigin(file: "甲.xlsx", sheet: "甲", columns: Desk.columns))
        for number in 0..<1_500 { table.append(Desk.row(number + 2, "A\(number)", "清河县")) }
        table.begin(ReturnOrigin(file: "甲.xlsx", sheet: "乙", columns: Desk.columns))
        table.append(Desk.row(2, "Z", "清河县"))
        let start = ImportStart(
            id: "i1", form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "甲.xlsx"),
            uploader: Desk.signed("李科员"))
        _ = try await desk.storage.imports.begin(start)
        try await desk.storage.imports.append(table, to: "i1", at: start.uploader.at)
        let preview = try await desk.storage.imports.finish("i1", rowsRead: 1_501, refused: 0, schoolYear: nil, at: start.uploader.at)
        _ = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        let stored = try await desk.table()
        #expect((0..<stored.count).map { stored.row($0) } == (0..<table.count).map { table.row($0) })
        #expect(stored.cell("area", 1_500)?.description == "乙!E2")
    }
}
