import Exchanges
import Foundation
import Staffing
import Storage
import Testing
import Vocabulary

@Suite("编制与岗位的约定") struct StaffingContract {
    private let at = Date(timeIntervalSince1970: 1_760_000_000)

    private func survey(_ county: String, _ body: String, year: Int = 2025) -> KeptSurvey {
        KeptSurvey(county: county, year: SchoolYear(year), body: body, madeBy: "某人", madeAt: at)
    }

    private func plan(_ id: String, county: String = "清河县", after seconds: Double = 0) -> RosterPlan {
        RosterPlan(
            id: id, county: county, year: SchoolYear(2025), body: "{\"n\":\"\(id)\"}", madeBy: "某人",
            madeAt: at.addingTimeInterval(seconds))
    }

    @Test("一县一年一份，后来的替换先前的；按县排", arguments: Engine.allCases) func surveys(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.staffing
        #expect(try await store.survey("清河县", SchoolYear(2025)) == nil)
        for kept in [survey("清河县", "一"), survey("东岭县", "二"), survey("清河县", "三"), survey("清河县", "四", year: 2024)] {
            try await store.keep(kept)
        }
        #expect(try await store.survey("清河县", SchoolYear(2025)) == survey("清河县", "三"))
        #expect(try await store.surveys(SchoolYear(2025)).map(\.body) == ["二", "三"])
        #expect(try await store.surveys(SchoolYear(2024)).map(\.body) == ["四"])
    }

    @Test("一项任务只留一份方案：先存的那份", arguments: Engine.allCases) func ofJobs(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        var (first, second) = (plan("a"), plan("b", after: 9))
        (first.job, second.job) = ("j", "j")
        let store = desk.storage.staffing
        let posts = [try await store.keep(first), try await store.keep(second)]
        #expect(posts == [first, first])
        #expect(try await store.postPlan(ofJob: "j") == first)
        #expect(try await store.postPlan("b") == nil)
        let exchanges = desk.storage.exchanges()
        let plans = [try await exchanges.keep(first), try await exchanges.keep(second)]
        #expect(plans == [first, first])
        #expect(try await exchanges.plan(ofJob: "j") == first)
        #expect(try await exchanges.plan(ofJob: "k") == nil)
        let others = [try await store.keep(plan("c")), try await store.keep(plan("d"))]
        #expect(others.map(\.id) == ["c", "d"], "plans of no job are as many as one likes")
    }

    @Test("方案新的在前；一县一年只采用一份", arguments: Engine.allCases) func plans(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.staffing
        for kept in [plan("a"), plan("b", after: 9), plan("c", county: "东岭县")] { try await store.keep(kept) }
        #expect(try await store.postPlans("清河县", SchoolYear(2025)).map(\.id) == ["b", "a"])
        let adopted = try await store.adopt("a", by: "局长", at: at)
        #expect(adopted.adoptedBy == "局长")
        #expect(try await store.postPlan("a") == adopted)
        await #expect(throws: StaffingRefusal.self) { _ = try await store.adopt("a", by: "局长", at: at) }
        await #expect(throws: StaffingRefusal.self) { _ = try await store.adopt("b", by: "局长", at: at) }
        await #expect(throws: StaffingRefusal.self) { _ = try await store.adopt("none", by: "局长", at: at) }
        _ = try await store.adopt("c", by: "局长", at: at)
    }
}
