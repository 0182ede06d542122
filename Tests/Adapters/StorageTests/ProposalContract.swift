import Foundation
import Indicators
import Planning
import Storage
import Testing
import Vocabulary

@Suite("方案表") struct ProposalContract {
    private let now = Desk.signed("").at

    private func plan(_ id: ProposalID, job: String, county: String = "清河县", minute: Double = 0) -> ProposalRecord {
        ProposalRecord(
            id: id, method: "path", title: "清河县达标方案", county: county, schoolYear: SchoolYear(2025), standard: "balance-2017",
            cost: 1_234_000, problem: "abc", body: "{\"a\":1}", job: job,
            made: ProposalSignature(by: "u", name: "李科员", at: now.addingTimeInterval(minute * 60)))
    }

    @Test("存下的原样取回；同一项任务再存一次，还是第一份", arguments: Engine.allCases) func kept(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let plans = desk.storage.proposals
        let file = ProposalFile(kind: "report.docx", name: "清河县达标方案.docx", type: "x/y", bytes: [1, 2, 255, 0])
        #expect(try await plans.add(plan("p1", job: "j1"), files: [file]) == plan("p1", job: "j1"))
        #expect(try await plans.add(plan("p2", job: "j1"), files: [file]).id == "p1")
        _ = try await plans.add(plan("p3", job: "j1", county: "东岭县", minute: 1), files: [])
        #expect(try await plans.file("report.docx", of: "p1") == file)
        #expect(try await plans.file("report.docx", of: "p3") == nil)
        #expect(try await plans.plans(nil, limit: 9).map(\.id) == ["p3", "p1"])
        #expect(try await plans.plans(["清河县"], limit: 9).map(\.body) == [""])
        #expect(try await plans.plans([], limit: 9).isEmpty)
        #expect(try await Set(plans.plans(ofJob: "j1").map(\.county)) == ["清河县", "东岭县"])
    }

    @Test("一县一年只有一份采用的；看的是旧版，要先看过再定", arguments: Engine.allCases) func adopting(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let plans = desk.storage.proposals
        let by = ProposalSignature(by: "v", name: "王局长", at: now)
        for (id, county) in [("p1", "清河县"), ("p2", "清河县"), ("p3", "东岭县")] {
            _ = try await plans.add(plan(id, job: id, county: county), files: [])
        }
        _ = try await plans.adopt("p3", seen: 1, by: by)
        #expect(try await plans.adopt("p1", seen: 1, by: by).adopted == by)
        #expect(try await plans.adopt("p2", seen: 1, by: by).state == .adopted)
        #expect(try await plans.plan("p1")?.state == .superseded)
        #expect(try await plans.plan("p3")?.state == .adopted)
        let late = await refusal { _ = try await plans.adopt("p1", seen: 1, by: by) }
        #expect(late?.code == .stale)
        let twice = await refusal { _ = try await plans.adopt("p2", seen: 2, by: by) }
        #expect(twice?.message.contains("已经采用") == true)
    }
}
