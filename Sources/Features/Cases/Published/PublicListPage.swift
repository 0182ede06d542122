internal import Casework
internal import Pages
internal import SiteMap
internal import Vocabulary

/// A published list as anybody sees it, without logging in.
struct PublicListPage: Sendable {
    struct Line: Sendable {
        var number: String
        var title: String
        var light: Light
        var days: String
        var place: String
        var words: [CaseEntry.Word]
    }

    /// Lines on one page; the workbook has all.
    static let shown = 200

    let title: String
    let lead: String
    let organisation: String
    let url: String
    let phases: [PageFrame.Choice]
    let years: [PageFrame.Choice]
    let counties: [PageFrame.Choice]
    let schools: [PageFrame.Choice]
    let hasSchools: Bool
    let lines: [Line]
    let hasLines: Bool
    let more: [String]
    let export: String
    let limit: [String]
    let counts: [String]
    let code: [String]
    let address: String
    let others: [PageFrame.Link]
    let report: [PageFrame.Link]

    struct Material: Sendable {
        var definition: CaseDefinition
        var publication: CasePublication
        var query: PublicListQuery
        var entries: [CaseEntry]
        var years: [Int]
        var counts: CasePublicCounts
        var schools: [CaseSchool]
        var address: String
        var code: String?
        var others: [CaseDefinition]
        var otherwise: CaseDefinition?
    }

    init(_ desk: CasesDesk, _ material: Material, counts table: ShownTable?, _ today: Day) {
        let (publication, query) = (material.publication, material.query)
        title = "\(publication.title.zh)：\(material.entries.isEmpty ? "没有" : "\(material.entries.count)项")\(query.words)"
        lead = publication.lead
        organisation = desk.organisation
        url = CaseAddress.published(material.definition.id)
        phases = PublicListQuery.phases.map { PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == query.when) }
        years = material.years.map { PageFrame.Choice(value: "\($0)", label: "\($0)年", isChosen: $0 == query.year) }
        counties = Set(material.schools.map(\.county)).sorted().map {
            PageFrame.Choice(value: $0, label: $0, isChosen: $0 == query.county)
        }
        let asksSchools = publication.schools != nil && query.county != nil
        schools =
            asksSchools
            ? material.schools.filter { $0.county == query.county }.map {
                PageFrame.Choice(value: $0.code, label: $0.name, isChosen: $0.code == query.school)
            } : []
        hasSchools = !schools.isEmpty
        lines = material.entries.prefix(PublicListPage.shown).map { PublicListPage.line($0, publication, today) }
        hasLines = !lines.isEmpty
        more = material.entries.count > lines.count ? ["只列出前\(lines.count)项，全部请导出 Excel，或按县、学校筛选。"] : []
        export = query.url(url) + "&t=list&export=xlsx"
        limit = PublicListPage.limit(material, today)
        counts = table.map { [$0.html] } ?? []
        code = material.code.map { [$0] } ?? []
        address = material.address
        others = material.others.map { PageFrame.Link($0.publication?.title.zh ?? $0.label.zh, CaseAddress.published($0.id)) }
        report = material.otherwise.map { [PageFrame.Link("不在名单上？学校在此反映", CaseAddress.open($0.id))] } ?? []
    }

    private static func line(_ entry: CaseEntry, _ publication: CasePublication, _ today: Day) -> Line {
        Line(
            number: entry.number, title: entry.title, light: entry.phase(today).light, days: days(entry),
            place: PublicListPage.place(entry, publication),
            words: entry.words)
    }

    static func days(_ entry: CaseEntry) -> String {
        entry.until.map { $0 == entry.from ? entry.from.chinese : "\(entry.from.chinese)至\($0.chinese)" } ?? "\(entry.from.chinese)起"
    }

    /// The schools named, else all there are.
    static func place(_ entry: CaseEntry, _ publication: CasePublication) -> String {
        let county = entry.county ?? "全市"
        guard publication.schools != nil else { return county }
        guard !entry.schools.isEmpty else { return "\(county)各校" }
        return "\(county)：\(entry.schools.values.sorted().joined(separator: "、"))"
    }

    private static func limit(_ material: Material, _ today: Day) -> [String] {
        guard let limit = material.publication.limit else { return [] }
        let note = limit.note.isEmpty ? "" : "（\(limit.note)）"
        let year = material.query.year ?? today.year
        return limit.each == .all
            ? ["\(year)年已批准\(material.counts.cases)份，每年不超过\(limit.most)份\(note)。"] : ["每校每年不超过\(limit.most)次\(note)。"]
    }
}

extension CaseEntry.Phase {
    var light: Light {
        switch self {
        case .valid: Light(word: label.zh, shape: "●", style: "met")
        case .coming: Light(word: label.zh, shape: "○", style: "insufficient")
        case .over: Light(word: label.zh, shape: "◇", style: "measured")
        }
    }
}

/// What the address of a published list asks for.
struct PublicListQuery: Sendable {
    /// Valid today unless another is asked for: what is over or to come is looked up on purpose.
    static let phases = [("", "今天有效的"), ("coming", "尚未开始的"), ("over", "往期（已结束）"), ("all", "全部")]

    var when: String
    var year: Int?
    var county: String?
    var school: String?

    init(_ query: PageQuery) {
        let asked = query["when"] ?? ""
        when = PublicListQuery.phases.contains { $0.0 == asked } ? asked : ""
        year = query["year"].flatMap { Int($0) }.flatMap { (1_990...2_200).contains($0) ? $0 : nil }
        county = query["county"].flatMap { $0.isEmpty ? nil : $0 }
        school = county == nil ? nil : query["school"].flatMap { $0.isEmpty ? nil : $0 }
    }

    var phase: CaseEntry.Phase? {
        switch when {
        case "coming": .coming
        case "over": .over
        case "all": nil
        default: .valid
        }
    }

    var words: String { PublicListQuery.phases.first { $0.0 == when }.map { $0.0.isEmpty ? "今天有效" : $0.1 } ?? "" }

    func url(_ path: String) -> String {
        SiteMap.query(
            path,
            [("when", when), ("year", year.map(String.init) ?? ""), ("county", county ?? ""), ("school", school ?? "")].filter {
                $0.0 == "when" || !$0.1.isEmpty
            })
    }
}
