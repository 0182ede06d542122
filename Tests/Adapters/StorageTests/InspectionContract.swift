import Foundation
import Inspection
import Storage
import Testing
import Vocabulary

@Suite("督导记录的约定") struct InspectionContract {
    private static let signed = Visit.Signature(by: "u-1", name: "县督导室", at: Date(timeIntervalSince1970: 1_760_000_000))

    private func visit(
        _ id: String, school: String = "A", county: String = "清河县", year: Int = 2026, inspector: String = "i"
    ) -> Visit {
        Visit(
            id: id, year: year, county: county, school: school, schoolName: "\(school)校",
            request: .init(
                office: "督导室", rubric: "q", version: "1", from: Day(year: year, month: 3, day: 1),
                until: Day(year: year, month: 3, day: 20), purpose: "随访", signed: Self.signed), inspector: inspector,
            inspectorName: "督学甲")
    }

    private func post(_ school: String, county: String = "清河县", inspector: String = "i") -> Responsibility {
        Responsibility(
            county: county, region: "第一责任区", school: school, schoolName: "\(school)校", inspector: inspector, inspectorName: "督学甲")
    }

    @Test("存下的读回来一样；按年、县、学校、督学找；按县、学校、编号排", arguments: Engine.allCases) func find(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.inspection
        try await store.add([
            visit("3", school: "B"), visit("1"), visit("2", county: "东岭县", inspector: "j"), visit("4", year: 2025),
        ])
        func ids(_ filter: VisitFilter) async throws -> [String] { try await store.visits(filter).map(\.id) }
        #expect(try await Set(ids(VisitFilter())) == ["1", "2", "3", "4"])
        #expect(try await ids(VisitFilter(year: 2026, county: "清河县")) == ["1", "3"])
        #expect(try await ids(VisitFilter(school: "A", inspector: "i")) == ["1", "4"])
        #expect(try await ids(VisitFilter(inspector: "j")) == ["2"])
        var kept = visit("1")
        kept.version = 1
        #expect(try await store.visit("1") == kept)
        #expect(try await store.visit("none") == nil)
        await #expect(throws: (any Error).self) { try await store.add([visit("9"), visit("1")]) }
        #expect(try await store.visit("9") == nil)
    }

    @Test("督导照片的文件，备份和搬迁时都要带上", arguments: Engine.allCases) func photos(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.inspection
        try await store.add([visit("1")])
        #expect(try await desk.storage.keptDigests().isEmpty)
        for digests in [["d1"], ["d1", "d2"], ["d1", "d2"]] {
            _ = try await store.change(school: "A", year: 2026) { all in
                all.map { one in
                    var one = one
                    one.photos = digests.map {
                        VisitPhoto(
                            digest: $0, name: "\($0).jpg", size: 1, type: "image/jpeg", rubric: "q", item: "a", position: nil, takenAt: nil)
                    }
                    return one
                }
            }
        }
        #expect(try await desk.storage.keptDigests() == ["d1", "d2"])
    }

    @Test("一次改动看到该校当年全部，只写变了的并加一版；拒绝时什么都不变", arguments: Engine.allCases) func change(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.inspection
        try await store.add([visit("1"), visit("2"), visit("3", school: "B"), visit("4", year: 2025)])
        let changed = try await store.change(school: "A", year: 2026) { all in
            #expect(all.map(\.id) == ["1", "2"])
            var first = all[0]
            (first.state, first.inspector) = (.approved, "k")
            return [first, all[1]]
        }
        #expect(changed.map(\.version) == [2, 1])
        #expect(try await store.visits(VisitFilter(inspector: "k")).map(\.state) == [.approved])
        await #expect(throws: InspectionRefusal.self) {
            _ = try await store.change(school: "A", year: 2026) { all in
                if all.count == 2 { throw InspectionRefusal("不行") }
                return []
            }
        }
        let before = try await store.visit("2")
        await #expect(throws: InspectionRefusal.self) {
            _ = try await store.change(school: "A", year: 2026) { all in
                var own = all[1]
                own.state = .declined
                var foreign = all[0]
                foreign.id = "3"
                return [own, foreign]
            }
        }
        #expect(try await store.visit("2") == before)
    }

    @Test("两人同时批准同一次：一个办成，另一个被告知", arguments: Engine.allCases) func together(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.inspection
        try await store.add([visit("1")])
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let done = try? await store.change(school: "A", year: 2026) { all in
                        guard var one = all.first, one.state == .requested else { throw InspectionRefusal("已经办过") }
                        one.state = .approved
                        return [one]
                    }
                    return done != nil
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count(where: \.self) == 1)
        #expect(try await store.visit("1")?.version == 2)
    }

    @Test("一校一名督学，换人替换，可以解除；不收时不变；姓名和记录在库里是密文", arguments: Engine.allCases)
    func responsible(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.inspection
        for one in [post("B"), post("A"), post("C", county: "东岭县")] { try await store.assign(one) { _ in } }
        try await store.assign(post("A", inspector: "j")) { all in #expect(all.count == 3) }
        #expect(try await store.responsibilities("清河县") == [post("A", inspector: "j"), post("B")])
        #expect(try await store.responsibilities(nil).count == 3)
        await #expect(throws: InspectionRefusal.self) {
            try await store.assign(post("D")) { _ in throw InspectionRefusal("满了") }
        }
        try await store.release(school: "B")
        #expect(try await store.responsibilities("清河县").map(\.school) == ["A"])
        try await store.add([visit("1")])
        await #expect(throws: (any Error).self) { _ = try await Storage(engine.open(desk.folder)).inspection.responsibilities(nil) }
        await #expect(throws: (any Error).self) { _ = try await Storage(engine.open(desk.folder)).inspection.visit("1") }
    }
}
