import Foundation
import Testing
import Vocabulary

@testable import Indicators

@Suite("存档文字与冻结字节") struct SnapshotBytesTests {
    private let row = ReturnRow(
        number: 7,
        attributes: ["code": "2137000001", "name": "清河\"一\"小\\\n", "county": "清河县", "sponsor": ""],
        facts: [
            FactKey("pupils", .primary): .known(812), FactKey("area"): .known(0.1 + 0.2), FactKey("gym"): .known(0),
            FactKey("books"): .absent(.blank), FactKey("land"): .known(-1.5e-7),
        ])

    @Test("一行的文字是固定的") func text() {
        var writer = RowWriter()
        #expect(
            writer.text(row)
                == #"{"a":{"code":"2137000001","county":"清河县","name":"清河\"一\"小\\\u000a"},"f":{"area":0.30000000000000004,"books":"blank","gym":0,"land":-1.5e-07,"pupils.primary":812}}"#
        )
    }

    @Test("写出再读回，每个数和每个缺的原因都相同") func roundTrip() throws {
        var writer = RowWriter()
        var reader = RowReader()
        var expected = row
        expected.attributes["sponsor"] = nil
        #expect(try reader.row(writer.text(row), number: 7) == expected)
        for reason in Absence.allCases {
            let one = ReturnRow(number: 1, attributes: [:], facts: [FactKey("x"): .absent(reason)])
            #expect(try reader.row(writer.text(one), number: 1) == one)
        }
        for number in [0.0, 1, -1, 1e15, 1.2345678901234568e17, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1 / 3] {
            let one = ReturnRow(number: 1, attributes: [:], facts: [FactKey("x"): .known(number)])
            #expect(try reader.row(writer.text(one), number: 1) == one)
        }
    }

    @Test("换了列的行，不受上一行影响") func changingColumns() throws {
        var writer = RowWriter()
        _ = writer.text(row)
        let other = ReturnRow(number: 1, attributes: ["county": "甲"], facts: [FactKey("z"): .known(1), FactKey("b"): .known(2)])
        #expect(writer.text(other) == #"{"a":{"county":"甲"},"f":{"b":2,"z":1}}"#)
    }

    @Test(
        "改坏的文字一概拒绝",
        arguments: [
            "", "{}", #"{"a":{},"f":{}"#, #"{"a":{},"f":{"x":1}}}"#, #"{"a":{},"f":{"x":}}"#, #"{"a":{},"f":{"x":"zero"}}"#,
            #"{"a":{},"f":{"x":nan}}"#, #"{"a":{"n":1},"f":{}}"#, #"{"a":{"n":"\"#, #"{"a":{}, "f":{}}"#,
        ])
    func damaged(_ text: String) {
        var reader = RowReader()
        #expect(throws: StoreRefusal.self) { try reader.row(text, number: 3) }
    }

    @Test("冻结的字节是固定的，与行的先后无关") func bytes() {
        let snapshot = Snapshot(id: "s1", county: "清河县", schoolYear: SchoolYear(2025), number: 1, forms: ["schools"])
        var stored = StoredReturn(form: "schools", schoolYear: SchoolYear(2025))
        stored.origins = [ReturnOrigin(importID: "i1", file: "清河.xlsx", sheet: "学校数据", columns: ["name": 2, "code": 1])]
        stored.rows = [
            StoredReturn.Row(key: "B", origin: 0, sheetRow: 3, text: #"{"a":{"code":"B"},"f":{}}"#),
            StoredReturn.Row(key: "A", origin: 0, sheetRow: 2, text: #"{"a":{"code":"A"},"f":{"x":1}}"#),
        ]
        let golden = """
            junheng-snapshot 1
            ["清河县",2025,1,["schools"],"c0ffee"]
            ["form","schools",2025]
            ["origin","i1","清河.xlsx","学校数据",{"code":1,"name":2}]
            ["A","i1","清河.xlsx","学校数据",2,{"a":{"code":"A"},"f":{"x":1}}]
            ["B","i1","清河.xlsx","学校数据",3,{"a":{"code":"B"},"f":{}}]

            """
        let bytes = SnapshotBytes(snapshot, catalogue: "c0ffee", returns: [stored]).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == golden)
        stored.rows.reverse()
        #expect(SnapshotBytes(snapshot, catalogue: "c0ffee", returns: [stored]).bytes == bytes)
    }
}

@Suite("催报") struct ReminderTests {
    private let expected: [(county: String, schools: [Reminder.School])] = [
        ("清河县", [.init(code: "A1", name: "一小"), .init(code: "A2", name: "二小")]), ("临河县", [.init(code: "B1", name: "三小")]),
        ("南山县", [.init(code: "C1", name: "四小")]), ("北山县", [.init(code: "D1", name: "五小")]),
    ]

    private func snapshot(_ county: String, _ state: Snapshot.State, _ steps: [SnapshotStep] = []) -> Snapshot {
        Snapshot(id: county, county: county, schoolYear: SchoolYear(2025), number: 1, forms: ["schools"], state: state, steps: steps)
    }

    @Test("谁没报、缺哪几所、谁没上报、谁被退回") func list() {
        let back = SnapshotStep(
            .giveBack, to: .returned, Signature(by: "u", name: "王科长", at: Date(timeIntervalSince1970: 0)), reason: "核对面积")
        let reminders = Reminder.list(
            expected: expected, reported: ["清河县": ["A1"], "南山县": ["C1"], "北山县": ["D1"]],
            snapshots: [snapshot("南山县", .returned, [back]), snapshot("北山县", .submitted)])
        #expect(
            reminders.map(\.message) == [
                "清河县还有1所学校没有报送：二小", "临河县还没有报送任何数据", "南山县被退回后还没有重新上报。退回理由：核对面积",
            ])
        #expect(Reminder.list(expected: [expected[2]], reported: ["南山县": ["C1"]], snapshots: []).map(\.owed) == [.submission])
    }
}
