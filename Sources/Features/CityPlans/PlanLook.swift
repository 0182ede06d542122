internal import Definitions
internal import Foundation
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
public import Vocabulary

/// One adopted plan as one visitor may see it, with every line's light today.
struct PlanLook: Sendable {
    let desk: CityPlansDesk
    let adoption: PlanAdoption
    let plan: CityPlan
    let record: PlanRecord
    let assessment: PlanAssessment
    let charges: [String: PlanCharge]
    /// The counties the visitor may see.
    let counties: [String]
    let visit: Visit
    let query: PageQuery

    var site: SiteMap { CityPlansDesk.site(visit) }
    var today: Day { visit.today }
    var isWholeCity: Bool { visit.may(.look, in: nil) }

    func item(_ id: String) throws -> PlanItem {
        guard let item = plan.item(id) else { throw PageMissing("这份规划里没有这一条，可能规划已换了新版。请从规划页面重新选择") }
        return item
    }

    func office(_ id: String?) -> String { id.flatMap { plan.office($0)?.label.zh } ?? "未定" }
    func owner(_ id: String) -> String { office(charges[id]?.owner) }
    func url(_ item: String) -> String { site.planLine(plan.id, item) }

    func link(_ link: PlanLink?) -> [String] {
        switch link {
        case nil: []
        case .county(let county): [site.county(county)]
        case .spread(let county, let code, let stage): [site.spread(county, code, stage)]
        case .item(let county, let code): [site.item(county, code)]
        case .page(let path): [path]
        }
    }

    /// Tabs over every page of the plan.
    func tabs(_ current: String) -> [PageFrame.Link] {
        [("", "总览"), ("boards", "责任单位"), ("slipped", "本周滑落"), ("dispatch", "调度清单"), ("meetings", "联席研判")].map { view, label in
            PageFrame.Link(label, view.isEmpty ? site.cityPlan(plan.id) : site.cityPlan(plan.id, view), isCurrent: view == current)
        }
    }

    func frame(_ title: String, lead: String, below: Bool = true) -> PageFrame {
        desk.frame(title, lead: lead, visit, crumbs: below ? [PageFrame.Link(plan.label.zh, site.cityPlan(plan.id))] : [])
    }
}

extension CityPlansDesk {
    /// Reads an adopted plan and judges it for a visitor. Throws `PageMissing` where there is none of this name.
    func look(_ id: String, _ query: PageQuery, _ visit: Visit) async throws -> PlanLook {
        guard let adoption = try await plans.adoptions().first(where: { $0.plan == id }) else {
            throw PageMissing("没有采用这份规划。请从“规划督办”重新选择")
        }
        let plan = try CityPlansDesk.compile(adoption.body)
        let seen = visit.person.counties(.look, today: visit.today)
        let counties = try await facts.counties().filter { seen?.contains($0) ?? true }
        var record = try await plans.record(of: id)
        if let seen { record.entries = record.entries.filter { $0.county.map { seen.contains($0) } ?? true } }
        let assessment = PlanAssessment(
            plan, facts: try await facts.facts(plan.factNames).seen(by: seen), entries: record.entries, overrides: record.overrides,
            counties: counties, today: visit.today)
        return PlanLook(
            desk: self, adoption: adoption, plan: plan, record: record, assessment: assessment,
            charges: Dictionary(plan.charges.map { ($0.id, $0) }) { first, _ in first }, counties: counties, visit: visit, query: query)
    }

    /// The plan as everybody's numbers show it, for the weekly record and what slipped.
    func whole(_ plan: CityPlan, today: Day) async throws -> PlanAssessment {
        let record = try await plans.record(of: plan.id)
        return PlanAssessment(
            plan, facts: try await facts.facts(plan.factNames), entries: record.entries, overrides: record.overrides,
            counties: try await facts.counties(), today: today)
    }

    /// Writes down how every adopted plan stands this week. Nothing else keeps what was; so it runs while the server runs.
    public func keepWeeks(today: Day) async throws {
        for adoption in try await plans.adoptions() { try await keepWeek(try CityPlansDesk.compile(adoption.body), today: today) }
    }

    func keepWeek(_ plan: CityPlan, today: Day) async throws {
        try await plans.keep(WeekRecord.list(try await whole(plan, today: today)), of: plan.id)
    }

    /// Throws `PlanRefusal` with every complaint where the text is no plan.
    static func compile(_ body: String) throws -> CityPlan {
        let log = DiagnosticLog()
        let plans = CityPlan.list(DefinitionSet([DefinitionFile(path: "规划", text: body)], log), log)
        guard let plan = plans.first, !log.hasErrors else {
            let words = log.diagnostics.prefix(5).map(\.description).joined(separator: "；")
            throw PlanRefusal(.invalid, "规划文本有误：\(words)")
        }
        return plan
    }
}

extension Light {
    init(_ light: PlanLight) {
        switch light {
        case .done: self.init(word: light.label.zh, shape: "●", style: "met")
        case .onTrack: self.init(word: light.label.zh, shape: "◐", style: "ongoing")
        case .atRisk: self.init(word: light.label.zh, shape: "▲", style: "warning")
        case .late: self.init(word: light.label.zh, shape: "■", style: "notmet")
        case .insufficient: self.init(word: light.label.zh, shape: "○", style: "insufficient")
        }
    }
}
