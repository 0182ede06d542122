import Foundation
import FundAllocation
import PathToStandard
import Planning
import SiteMap
import Testing
import Vocabulary

@testable import Indicators
@testable import Pages
@testable import Plans

/// Counties and kept plans, small enough to read.
private enum Small {
    static func unit(_ school: String, _ stage: Stage, _ met: Int, _ verdict: Verdict, title: String? = nil) -> UnitResult {
        UnitResult(
            school: school, name: "\(school)校", stage: stage, setting: "", kind: "211", row: 0, pupils: 100, share: 1, values: [:],
            unknown: [:], met: met, measured: 7, verdict: verdict, title: title ?? "\(school)校")
    }

    static func county(_ units: [UnitResult]) -> CountyResult {
        CountyResult(
            county: "清河县", verdict: .notMet, overall: .notMet, parts: [], stages: [], units: units, shortfalls: [], excluded: [],
            schools: units.count)
    }

    /// Proved to within a thousandth.
    static func certificate(_ cost: Int = 1_000_000) -> Certificate {
        Certificate(
            status: .proved, objective: Double(cost), bound: Double(cost) * 0.999, checkedBound: Double(cost) * 0.99, solver: "HiGHS",
            problem: "p", seconds: 1)
    }

    static func json(_ value: some Encodable) throws -> String { String(decoding: try JSONEncoder().encode(value), as: UTF8.self) }

    /// A path as it was kept before plans knew their schools.
    static func path(_ cost: Int, hires: Int, cv: Double, hiresMost: Int? = nil) throws -> (ProposalRecord, PathSheet) {
        var question = PathQuestion(standard: "balance-2017", year: SchoolYear(2025), county: "清河县")
        question.hires = hiresMost
        let standing = #"{"verdict":"met","sentence":"","units":2,"unitsMet":2,"spreads":1,"spreadsMet":1}"#
        let body = """
            {"county":"清河县","question":\(question.text),"source":"表","plan":{"steps":[],"moves":[]},"certificate":\(try json(certificate(cost))),
            "cost":\(cost),"hires":\(hires),"moved":0,"before":\(standing),"after":\(standing),"measures":[],"moves":[],
            "spreads":[{"stage":"小学","item":"教师","before":0.6,"after":\(cv),"ceiling":0.5}],"prices":[],"costs":[],"costNote":"",
            "limits":\(hiresMost == 0 ? "[\"不招聘教师\"]" : "[]")}
            """
        let record = ProposalRecord(
            id: "p\(cost)", method: PathJob.method, title: "方案", county: "清河县", schoolYear: SchoolYear(2025), standard: "balance-2017",
            cost: cost, problem: "p", body: body, job: "j", made: ProposalSignature(by: "a", name: "某人", at: Date(timeIntervalSince1970: 0))
        )
        return (record, try PathSheet(record))
    }
}

@Suite("方案的页面") struct PlanPagesTests {
    private let site = SiteMap(Scope(year: SchoolYear(2025)))

    @Test("一所学校几个学段合成一个结论；不做事也不变的不列，只说有几所") func schools() {
        let before = Small.county([
            Small.unit("甲", .primary, 5, .notMet, title: "甲校（小学部）"), Small.unit("甲", .junior, 7, .met, title: "甲校（初中部）"),
            Small.unit("乙", .primary, 7, .met),
        ])
        let after = Small.county([
            Small.unit("甲", .primary, 6, .met, title: "甲校（小学部）"), Small.unit("甲", .junior, 7, .met, title: "甲校（初中部）"),
            Small.unit("乙", .primary, 7, .met),
        ])
        let found = PlannedSchool.all(before, after, [SchoolWork(school: "甲", what: "招聘教师3人", cost: 300_000)])
        #expect(found.map(\.before) == [.notMet, .met] && found.map(\.after) == [.met, .met] && found.map(\.pupils) == [200, 100])
        #expect(SchoolWords.title(found[0]) == "甲校：不达标 → 达标，达标的指标小学部：5 → 6/7项；初中部：7 → 7/7项；招聘教师3人（30.0万元）")
        let table = SchoolChanges.table(found, "清河县", site)
        #expect(table.rows.count == 1 && table.caption == "各校前后（另有1所前后一样）")
        #expect(ItemBars(found, minimum: 6).title == "6项以上达标的学校单位由2个变为3个")
    }

    @Test("早先存下的方案没有各校前后，照样打开，只是没有地图") func oldPlans() throws {
        let (_, sheet) = try Small.path(1_000_000, hires: 0, cv: 0.5)
        #expect(sheet.schools == nil && sheet.question.margin == nil)
        #expect(SchoolChanges(sheet.schools, minimum: sheet.minimum, nil, "清河县", site, PageQuery(nil)) == nil)
    }

    @Test("多花的钱换来什么，一句话说清；没换来什么也说") func dearer() throws {
        let (cheap, firm) = (try Small.path(1_000_000, hires: 12, cv: 0.5).1, try Small.path(1_500_000, hires: 0, cv: 0.45, hiresMost: 0).1)
        #expect(
            PathDifference([firm, cheap], ["方案1", "方案2"]).headline
                == "最省的是方案2，100.0万元；方案1（不招聘教师）多花50.0万元，换来少招聘12人、最大的差异系数由0.500降到0.450")
        let same = PathDifference([cheap, cheap, try Small.path(1_200_000, hires: 12, cv: 0.5).1], ["方案1", "方案2", "方案3"])
        #expect(same.headline == "最省的是方案1，100.0万元")
        // One million cannot be ruled out for the dear one either: its own bound says no more.
        #expect(
            PathDifference([cheap, try Small.path(1_000_500, hires: 12, cv: 0.5).1], ["方案1", "方案2"]).headline
                == "最省的是方案1，100.0万元；方案2多0.1万元，差得比证明的误差还小，可以看作一样")
        #expect(same.sentences == ["方案2费用一样。", "方案3多花20.0万元，没有少招聘、少调动，差异也没有更小。"])
    }

    @Test("换条件的滑块从这份方案的条件开始，别的条件一样不少地带上") func whatIf() throws {
        let (record, sheet) = try Small.path(1_000_000, hires: 12, cv: 0.5, hiresMost: 20)
        let part = WhatIf(record, sheet)
        #expect(part.fields.first { $0.name == "hires" }?.value == "20" && part.fields.first { $0.name == "margin" }?.isOpen == false)
        #expect(part.fields.first { $0.name == "budget" }?.note == "照现在的条件，低于99.0万元没有方案")
        let kept = Dictionary(part.kept.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(kept["from"] == record.id && kept["county"] == "清河县" && kept["seconds"] == "60" && kept["hires"] == nil)
        #expect(part.lacksPrices && part.same.contains { $0.name == "hires" && $0.value == "20" })
    }

    @Test("每项投入从哪几笔钱出，按方案自己的安排；读不出来的不猜") func payments() throws {
        let question = MethodQuestion(
            method: FundsMethod.method, standard: "balance-2017", year: SchoolYear(2025), county: "清河县",
            values: ["name1": "省级补助", "amount1": "10", "name3": "县级配套", "amount3": "20"])
        let plan = FundPlan(
            projects: ["a", "b"],
            payments: [
                .init(project: "a", source: "f1", amount: 100_000), .init(project: "a", source: "f3", amount: 50_000),
                .init(project: "b", source: "f3", amount: 20_000),
            ])
        var sheet = MethodSheet(
            question, headline: "", source: "", cost: 170_000, figures: [], tables: [], check: [], conditions: [], note: "", problem: "p",
            answer: try Small.json(FundsAnswer(plan: plan, units: Small.certificate(), lack: Small.certificate())))
        sheet.purchases = ["甲", "乙"].map { MethodSheet.Purchase(project: $0, school: $0, schoolName: $0, cost: 0) }
        #expect(
            sheet.payments == [
                [.init(purse: "省级补助", amount: 100_000), .init(purse: "县级配套", amount: 50_000)], [.init(purse: "县级配套", amount: 20_000)],
            ])
        sheet.answer = "{}"
        #expect(sheet.payments.isEmpty)
    }
}
