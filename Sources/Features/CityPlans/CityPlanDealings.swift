public import Foundation
internal import Indicators
public import Pages
internal import Registry
public import Targets
internal import Vocabulary

/// What can be done with city plans, whoever asks: pages draw the answers, the interface for programs writes them down. Every "no" is
/// a `PlanRefusal`, `PageMissing`, or the word that a duty is lacking.
extension CityPlansDesk {
    // MARK: Reading

    /// Every plan that is worked by, as the visitor may see it.
    public func adopted(_ visit: Visit) async throws -> [SeenPlan] {
        var found: [SeenPlan] = []
        for adoption in try await plans.adoptions() { found.append(try await one(adoption.plan, visit)) }
        return found
    }

    public func one(_ id: String, _ visit: Visit) async throws -> SeenPlan { try await look(id, PageQuery(), visit).seen }

    /// How the lines stood, week by week.
    public func weeks(of plan: String) async throws -> [WeekRecord] { try await plans.history(of: plan) }

    /// Every light of a line that was set or lifted by hand, newest first.
    public func lights(of item: String, in plan: String) async throws -> [OverrideStep] {
        try await plans.overrideHistory(of: item, in: plan)
    }

    /// What stands worse than in the last recorded week; nil where there is none.
    public func slips(_ id: String, _ visit: Visit) async throws -> [Slip]? {
        let look = try await look(id, PageQuery(), visit)
        return try await slips(look.plan, today: look.today)
    }

    /// 调度清单.
    public func dispatch(_ id: String, isWhole: Bool, _ visit: Visit) async throws -> [DispatchEntry] {
        let look = try await look(id, PageQuery(), visit)
        return DispatchEntry.list(look.assessment, try await meetings.meetings(of: look.plan.id), isWhole: isWhole)
    }

    /// A document beside an entry: its bytes and what it is called.
    public func document(_ number: Int, of entry: String, in plan: String, _ visit: Visit) async throws -> (bytes: Data, name: String) {
        let entry = try CityPlansDesk.entry(entry, try await look(plan, PageQuery(), visit))
        // What a section hands in for the whole city is for those who see the whole city.
        try visit.require(.look, in: entry.county)
        guard entry.documents.indices.contains(number), let digest = entry.documents[number].digest,
            let bytes = try await files.bytes(of: KeptFile(name: entry.documents[number].name, digest: digest))
        else { throw PageMissing("没有这份材料的文件") }
        return (Data(bytes), entry.documents[number].name)
    }

    /// An entry the visitor may see; who may not is told that there is none.
    static func entry(_ id: String, _ look: PlanLook) throws -> EvidenceEntry {
        guard let entry = look.record.entries.first(where: { $0.id == id }) else {
            throw PageMissing("没有这条填报，可能链接有误。请从规划页面重新选择")
        }
        return entry
    }

    /// Plans of the catalogue that may be adopted.
    public var offers: [CityPlan] { catalogue.map(\.plan) }

    /// A plan of the catalogue, or its newest text, becomes the one worked by. `seen` is the version worked by so far, 0 for none, nil
    /// for whichever there is.
    public func adopt(_ id: String, seen: Int?, _ visit: Visit) async throws -> SeenPlan {
        try visit.require(.supervise, in: nil)
        guard let offer = catalogue.first(where: { $0.plan.id == id }) else { throw PageMissing("目录里没有这份规划，请从“规划督办”重新选择") }
        let newest = try await plans.adoptions().first { $0.plan == id }?.version ?? 0
        _ = try await plans.adopt(id, title: offer.plan.label.zh, body: offer.body, seen: seen ?? newest, by: signature(visit))
        try await keepWeek(offer.plan, today: visit.today)
        return try await one(id, visit)
    }

    // MARK: Steps on lines. `seen` is the version of the line that was looked at, nil for whichever there is.

    /// Sets a light by hand, or with nil lifts the one that holds.
    public func set(
        _ light: PlanLight?, of item: String, in plan: String, reason: String, seen: Int?, _ visit: Visit
    ) async throws -> SeenPlan {
        try visit.require(.supervise, in: nil)
        let look = try await look(plan, PageQuery(), visit)
        let item = try look.item(item)
        try await plans.override(
            light, of: item.id, in: look.plan.id, reason: reason, seen: seen ?? look.record.version(item.id), by: signature(visit))
        return try await after(look)
    }

    /// Keeps what an office says of a line; `county` where every county is asked for itself.
    public func enter(
        _ report: EvidenceReport, on item: String, of plan: String, county: String?, seen: Int?, _ visit: Visit
    ) async throws -> SeenPlan {
        let look = try await look(plan, PageQuery(), visit)
        let item = try look.item(item)
        let county = try look.reporting(on: item, county)
        let entry = try report.entry(newID(), on: item, of: look.plan, county: county, today: look.today, by: signature(visit))
        try await plans.enter(entry, seen: seen ?? look.record.version(item.id))
        return try await after(look)
    }

    /// Takes an entry back: it is kept and shown, and no longer counts. Gives the line it was on.
    public func withdraw(
        _ entry: String, in plan: String, reason: String, seen: Int?, _ visit: Visit
    ) async throws -> (seen: SeenPlan, item: String) {
        let look = try await look(plan, PageQuery(), visit)
        let entry = try CityPlansDesk.entry(entry, look)
        try visit.require(.reportProgress, in: entry.county)
        try await plans.withdraw(entry.id, reason: reason, seen: seen ?? look.record.version(entry.item), by: signature(visit))
        return (try await after(look), entry.item)
    }

    /// Keeps a file beside an entry. Gives the line it is on.
    public func attach(_ upload: Upload, to entry: String, in plan: String, _ visit: Visit) async throws -> (seen: SeenPlan, item: String) {
        let look = try await look(plan, PageQuery(), visit)
        let entry = try CityPlansDesk.entry(entry, look)
        try visit.require(.reportProgress, in: entry.county)
        guard upload.size <= CityPlansDesk.documentLimit else {
            throw UploadRefusal("一份材料最多\(CityPlansDesk.documentLimit >> 20) MB，请缩小或分开再传")
        }
        let kept = try await files.keep(contentsOf: upload.file, name: upload.name)
        try await plans.attach(EvidenceDocument(name: String(upload.name.prefix(200)), digest: kept.digest), to: entry.id)
        return (try await after(look), entry.item)
    }

    /// Brings the week's record up to date, and looks again.
    private func after(_ look: PlanLook) async throws -> SeenPlan {
        try await keepWeek(look.plan, today: look.today)
        return try await one(look.plan.id, look.visit)
    }
}

extension PlanLook {
    var seen: SeenPlan {
        SeenPlan(adoption: adoption, plan: plan, record: record, assessment: assessment, counties: counties)
    }

    /// Which county an entry on a line speaks of, nil for the whole city; the visitor must be able to report on it.
    func reporting(on item: PlanItem, _ county: String?) throws -> String? {
        guard item.evidence.reach == .county else {
            try visit.require(.reportProgress, in: nil)
            if let county { throw PlanRefusal(.invalid, "这一条按全市填报，不写县（写的是“\(county.prefix(60))”）") }
            return nil
        }
        guard let county, counties.contains(county) else {
            // Before complaining of the field: whoever may report nowhere is told that.
            if !visit.mayAnywhere(.reportProgress) { try visit.require(.reportProgress, in: nil) }
            throw PlanRefusal(.invalid, "请选择填报的是哪个县（市、区）")
        }
        try visit.require(.reportProgress, in: county)
        return county
    }
}
