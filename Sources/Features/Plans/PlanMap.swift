internal import Geography
internal import Indicators
internal import Pages
internal import Planning
internal import SiteMap
internal import Vocabulary

/// Draws the schools of kept plans where they lie today.
struct PlanMap {
    private let county: String
    private let site: SiteMap
    private let outlines: [Boundary]
    private let points: [String: GeoPoint]

    /// Coordinates and outlines are today's: a school that was moved on the map since is drawn where it is.
    init(_ desk: PlansDesk, _ record: ProposalRecord) async throws {
        county = record.county
        site = SiteMap(Scope(year: record.schoolYear, standard: record.standard))
        outlines = desk.boundaries.boundaries()
        let table = try await desk.evaluations.evaluated(record.standard, record.schoolYear, .official)?.evaluation.schools
        let system = desk.boundaries.schoolCoordinates
        points = (0..<(table?.count ?? 0)).reduce(into: [:]) { found, row in
            guard let table, table.attribute("county", row) == record.county else { return }
            if let point = table.point(row, in: system) { found[table.attribute("code", row)] = point }
        }
    }

    private static let lights = [Light(.met), Light(.notMet), Light(.insufficient)]

    /// Now and once the plan is carried out; nil for plans kept without their schools.
    func beforeAfter(_ schools: [PlannedSchool]?) -> BeforeAfterMap? {
        guard let schools else { return nil }
        return compared(["方案之后"], [schools])
    }

    /// Now, and after each of several plans of the county.
    func compared(_ headings: [String], _ plans: [[PlannedSchool]]) -> BeforeAfterMap? {
        guard let first = plans.first else { return nil }
        let later = plans.map { plan in Dictionary(plan.map { ($0.code, $0) }) { first, _ in first } }
        return BeforeAfterMap(
            county, ["现在"] + headings, outlines: outlines,
            schools: first.map { school in
                let then = later.map { $0[school.code] ?? school }
                return BeforeAfterMap.School(
                    school.name, at: points[school.code], size: Double(school.pupils ?? 0),
                    lights: [Light(school.before)] + then.map { Light($0.after) },
                    isRinged: [then.contains { !$0.works.isEmpty }] + then.map { !$0.works.isEmpty },
                    url: site.school(county, school.code),
                    title: plans.count == 1
                        ? SchoolWords.title(school)
                        : zip(headings, then).map { "\($0)：\(SchoolWords.title($1))" }.joined(separator: "\n"))
            }, legend: PlanMap.lights, note: "外面有圈的是方案做事的学校；学生越多画得越大。点击学校看它的指标。")
    }

    /// Who leads whom in each plan. Weak schools by how far they are behind; lines by what the lead can help with.
    func pairings(_ headings: [String], _ plans: [[MethodSheet.Pair]], _ schools: [PlannedSchool]?) -> BeforeAfterMap? {
        guard let schools else { return nil }
        let leads = plans.map { Set($0.map(\.lead)) }
        return BeforeAfterMap(
            county, headings, outlines: outlines,
            schools: schools.map { school in
                let light = PlanMap.level(school)
                let words = zip(headings, plans).compactMap { heading, pairs -> String? in
                    let own =
                        pairs.filter { $0.lead == school.code }.map { "带\($0.memberName)" }
                        + pairs.filter { $0.member == school.code }.map { "由\($0.leadName)带" }
                    return own.isEmpty ? nil : (plans.count > 1 ? "\(heading)：" : "") + own.joined(separator: "，")
                }
                return BeforeAfterMap.School(
                    school.name, at: points[school.code], size: Double(school.pupils ?? 0), lights: plans.map { _ in light },
                    isRinged: leads.map { $0.contains(school.code) }, url: site.school(county, school.code),
                    title: (["\(school.name)：\(light.word)，达标的指标\(SchoolWords.items(school, isChanging: false))"] + words)
                        .joined(separator: "；"))
            }, ties: plans.map(ties), legend: [Light(.met), PlanMap.near, PlanMap.far, Light(.insufficient)],
            note: "外面有圈的是牵头学校；线由牵头学校到成员学校，越粗能帮的越多，旁边是距离。")
    }

    private func ties(_ pairs: [MethodSheet.Pair]) -> [AreaMap.Tie] {
        let most = Swift.max(1, pairs.compactMap(\.gain).max() ?? 1)
        return pairs.compactMap { pair in
            guard let from = points[pair.lead], let to = points[pair.member] else { return nil }
            let away = pair.metres.map { "\(PairingWords.kilometres($0))公里" } ?? ""
            let words = ["\(pair.leadName)带\(pair.memberName)", away, pair.gain.map { "得分\($0)" } ?? ""].filter { !$0.isEmpty }
            return AreaMap.Tie(
                from: from, to: to, weight: 1 + 3 * Swift.max(0, pair.gain ?? 0) / most, label: away, title: words.joined(separator: "，"))
        }
    }

    private static let near = Light(word: "不达标，各项都过底线", shape: "▲", style: "warning")
    private static let far = Light(word: "不达标，有低于底线的", shape: "■", style: "notmet")

    private static func level(_ school: PlannedSchool) -> Light {
        guard school.before == .notMet else { return Light(school.before) }
        return school.units.contains { $0.lowBefore > 0 } ? far : near
    }
}
