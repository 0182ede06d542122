public import Alliances
internal import Foundation
public import Pages
internal import Registry
public import Vocabulary

/// What can be done with alliances, whoever asks: pages draw the answers, the interface for programs writes them down.
extension AlliancesDesk {
    // MARK: Looking

    /// Alliances within reach, by county and name; of one county those it keeps and those its schools are in. Throws `NotAllowed`.
    public func groups(of county: String?, _ asked: SchoolYear?, _ visit: Visit) async throws -> [ToldAlliance] {
        if let county { try visit.requireSight(of: county) }
        let seen = try await store.alliances().filter { alliance in
            visit.sees(alliance) && (county.map { alliance.concerns($0) } ?? true)
        }
        let activities = Dictionary(grouping: try await store.activities(nil), by: \.alliance)
        return seen.map { told($0, activities[$0.id] ?? [], asked, visit) }
    }

    /// Throws `PageMissing`, `NotAllowed`.
    public func group(_ id: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> ToldAlliance {
        let (alliance, _) = try await seen(id, visit)
        return told(alliance, try await store.activities(id), asked, visit)
    }

    private func told(_ alliance: Alliance, _ activities: [AllianceActivity], _ asked: SchoolYear?, _ visit: Visit) -> ToldAlliance {
        let view = AllianceView([alliance], activities, asked ?? visit.today.schoolYear, today: visit.today)
        return ToldAlliance(
            alliance, form: form(alliance), year: view.year, day: view.day, tally: view.tally([alliance]), idle: view.idle(alliance),
            activities: activities)
    }

    func form(_ alliance: Alliance) -> LocalizedText {
        rules.form(alliance.form)?.label ?? LocalizedText(zh: alliance.form, en: alliance.form)
    }

    /// How its supported schools changed beside the others; of somebody who sees single schools, those alone.
    public func effect(of id: String, _ visit: Visit) async throws -> ToldEffect {
        let (alliance, all) = try await seen(id, visit)
        return try await effect(alliance, all, visit)
    }

    func effect(_ alliance: Alliance, _ all: [Alliance], _ visit: Visit) async throws -> ToldEffect {
        let since = alliance.members.filter { $0.role == .supported }.map(\.from.schoolYear).min() ?? visit.today.schoolYear
        let (figures, items) = try await figures(since: since)
        return effect(alliance, all, figures, items, visit)
    }

    func effect(
        _ alliance: Alliance, _ all: [Alliance], _ figures: [SchoolYear: [UnitFigures]], _ items: [EffectItem], _ visit: Visit
    ) -> ToldEffect {
        let every = AllianceEffect(alliance, all: all, figures: figures, items: items.map(\.code)).rows
        let rows = every.filter { visit.sight.covers(school: $0.member.school.code, in: $0.member.school.county) }
        return ToldEffect(rows: rows, items: items, note: EffectNote.text(alliance, rows, isPartly: rows.count < every.count))
    }

    func seen(_ id: String, _ visit: Visit) async throws -> (alliance: Alliance, all: [Alliance]) {
        let all = try await store.alliances()
        guard let alliance = all.first(where: { $0.id == id }) else { throw PageMissing("没有这个教联体，可能链接有误") }
        if !visit.sees(alliance) { try visit.requireSight(of: alliance.lead.code, in: alliance.county) }
        return (alliance, all)
    }

    // MARK: Changing one. `seen` is the version somebody saw, nil for any. Each throws `AllianceRefusal`, `PageMissing`, `NotAllowed`.

    /// A school joins on a day.
    public func join(_ id: String, _ wish: AllianceWish.Member, on day: Day, seen: Int?, _ visit: Visit) async throws -> ToldAlliance {
        let alliance = try await kept(id, visit)
        let book = try await schools()
        guard let school = book.find(wish.school) else { throw AllianceRefusal(book.missing(wish.school), .input) }
        try requireSchools([school], alliance.county, visit)
        let member = Alliance.Member(school, wish.role, stage: wish.stage, from: day)
        return try await change(id, seen, visit) { register, version in
            try register.join(id, seen: version, [member], rules: rules, today: visit.today)
        }
    }

    /// A member's last day; members by their place in the list.
    public func leave(
        _ id: String, member place: Int, on day: Day, reason: String, seen: Int?, _ visit: Visit
    ) async throws -> ToldAlliance {
        _ = try await kept(id, visit)
        let reason = reason.trimmingCharacters(in: .whitespaces)
        return try await change(id, seen, visit) { register, version in
            try register.leave(id, seen: version, member: place, on: day, reason: reason, today: visit.today)
        }
    }

    /// The alliance's last day.
    public func end(_ id: String, on day: Day, reason: String, seen: Int?, _ visit: Visit) async throws -> ToldAlliance {
        _ = try await kept(id, visit)
        let reason = reason.trimmingCharacters(in: .whitespaces)
        return try await change(id, seen, visit) { register, version in
            try register.end(id, seen: version, on: day, reason: reason, today: visit.today)
        }
    }

    /// Writes in what was done.
    public func record(
        _ id: String, _ wish: ActivityWish, seen: Int?, _ visit: Visit
    ) async throws -> (activity: AllianceActivity, told: ToldAlliance) {
        _ = try await kept(id, visit)
        let activity = AllianceActivity(
            id: newID(), alliance: id, kind: wish.kind, day: wish.day, count: wish.count, days: wish.days, subject: wish.subject,
            from: wish.from, to: wish.to, evidence: String(wish.evidence.trimmingCharacters(in: .whitespaces).prefix(200)),
            madeBy: visit.person.name, madeAt: now())
        let told = try await change(id, seen, visit) { register, version in
            try register.record([activity], seen: [id: version], rules: rules, today: visit.today)
        }
        return (activity, told)
    }

    /// Strikes an entry out.
    public func strike(_ activity: String, of id: String, reason: String, seen: Int?, _ visit: Visit) async throws -> ToldAlliance {
        _ = try await kept(id, visit)
        let (name, at, reason) = (visit.person.name, now(), reason.trimmingCharacters(in: .whitespaces))
        return try await change(id, seen, visit) { register, version in
            try register.strike(activity, of: id, seen: version, by: name, at: at, reason: reason)
        }
    }

    private func change(
        _ id: String, _ seen: Int?, _ visit: Visit, _ decide: @escaping @Sendable (inout AllianceRegister, _ version: Int) throws -> Void
    ) async throws -> ToldAlliance {
        try await store.change(of: id) { register in
            guard let alliance = register.alliance(id) else { throw AllianceRefusal("没有这个教联体，可能链接有误", .unknown) }
            try decide(&register, seen ?? alliance.version)
        }
        return try await group(id, nil, visit)
    }

    private func kept(_ id: String, _ visit: Visit) async throws -> Alliance {
        let (alliance, _) = try await seen(id, visit)
        try visit.require(.keepAlliances, in: alliance.county)
        return alliance
    }

    /// Schools of another county are taken in by whoever answers for both.
    func requireSchools(_ schools: [AllianceSchool], _ county: String, _ visit: Visit) throws {
        for school in schools where school.county != county && !visit.may(.keepAlliances, in: school.county) {
            throw AllianceRefusal("“\(school.name)”是\(school.county)的学校，跨县的教联体请市教育局登记")
        }
    }
}

extension Alliance {
    /// Whether a county keeps it or has a school in it.
    func concerns(_ county: String) -> Bool { self.county == county || schools.contains { $0.county == county } }
}

/// What the comparison of supported schools says, and what it does not.
enum EffectNote {
    static let caveat = "这只是对照，不是因果：学校之间还有别的不同，不能凭它断定是教联体带来的。"
    static let basis = "“加入前”是加入那天以前最近一次统计（9月1日）的数。“其他学校”是同县同学段、这几年不在任何教联体、两年都有数的学校。"

    static func text(_ alliance: Alliance, _ rows: [AllianceEffect.Row], isPartly: Bool) -> String {
        if !alliance.members.contains(where: { $0.role == .supported }) { return "没有成员校。" }
        let own = isPartly ? "别的学校的数只有教育局看得到，这里不列。" : ""
        if rows.isEmpty, isPartly { return own }
        if rows.isEmpty { return "资料不足：加入以后还没有新一年的统计数据（每年9月1日统计一次），看不出变化。" }
        let alone = rows.contains { $0.others == 0 } ? "没有教联体以外的学校可比的，写资料不足。" : ""
        return basis + alone + caveat + own
    }
}
