import Foundation
import Indicators
import Storage
import Testing
import Vocabulary

@Suite("两人同时办理") struct TwoAtOnceContract {
    private let rows = [Desk.row(2, "A1", "清河县")]

    @Test("同一份导入只能确认一次，后到的人看到说明", arguments: Engine.allCases) func twice(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", rows)
        let other = try await desk.reopened()
        _ = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        let late = await refusal {
            _ = try await other.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("赵科员"))
        }
        #expect(late?.code == .stale)
        #expect(late?.message.contains("刚被别人处理过，现在是“已导入”") == true)
    }

    @Test("预览之后本县数据变了，要重新比对；别县变了不碍事", arguments: Engine.allCases) func moved(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", rows)
        try await desk.hand("i2", [Desk.row(2, "B1", "临河县")])
        try await desk.hand("i3", [Desk.row(2, "A1", "清河县", pupils: .known(1))])
        let late = await refusal {
            _ = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        #expect(late?.message == "预览之后，李科员更新了清河县的数据。请重新比对，看过新的预览再确认")
        let recounted = try await desk.storage.imports.recount("i1")
        #expect(recounted.tally == ImportTally(read: 1, changed: 1))
        try await desk.hand("i4", [Desk.row(2, "B1", "临河县", pupils: .known(5))])
        _ = try await desk.storage.imports.apply("i1", ImportChoice(), seen: recounted.version, by: Desk.signed("王科长"))
        #expect(try await desk.pupils()["A1"] == .known(812))
    }

    @Test("十个人同时确认，只有一个成功", arguments: Engine.allCases) func crowd(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let preview = try await desk.preview("i1", rows)
        let done = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<10 {
                group.addTask {
                    let step = try? await desk.storage.imports.apply(
                        "i1", ImportChoice(), seen: preview.version, by: Desk.signed("第\(number)人"))
                    return step != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
    }

    @Test("上报之后数据不能再改，退回之后可以", arguments: Engine.allCases) func locked(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let first = try await desk.hand("i1", rows)
        let store = desk.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["schools"], reason: "", by: Desk.signed("李科员"))
        snapshot = try await store.take(.submit, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed("李科员"))
        let undo = await refusal { _ = try await desk.storage.imports.undo("i1", seen: first.version, by: Desk.signed("李科员")) }
        #expect(undo?.message == "清河县2025—2026学年的数据已上报，不能改动。需要改动请审核人先退回")
        #expect(await refusal { try await desk.hand("i2", rows) }?.code == .locked)
        try await desk.hand("i3", [Desk.row(2, "B1", "临河县")])
        _ = try await store.take(.giveBack, on: "s1", seen: snapshot.version, reason: "A1 的学生数核对一下", by: Desk.signed("王科长"))
        try await desk.hand("i4", [Desk.row(2, "A1", "清河县", pupils: .known(820))])
        #expect(try await desk.pupils()["A1"] == .known(820))
    }
}
