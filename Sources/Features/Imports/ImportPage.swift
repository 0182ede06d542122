internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One import: how far it is, what it would change, what is wrong, and what can be done.
struct ImportPage: Sendable {
    struct Figure: Sendable {
        var label: String
        var count: String
    }
    struct Complaint: Sendable {
        var light: Light
        var place: String
        var message: String
    }
    struct Change: Sendable {
        var key: String
        var name: String
        var effect: String
        var row: String
        var fields: String
    }
    struct Button: Sendable {
        var label: String
        var url: String
        var fields: [Field]
        var isMain: Bool
        /// What to be sure of; empty where nothing can be lost.
        var note: String
        var isTransfer: Bool
    }
    struct Field: Sendable {
        var name: String
        var value: String
    }

    let page: PageFrame
    let notice: [String]
    let isReading: Bool
    let progress: String
    let done: Int
    /// The job that reads it, where it can be stopped.
    let task: [String]
    let figures: [Figure]
    let facts: [Figure]
    let buttons: [Button]
    let markedURL: [String]
    let complaints: [Complaint]
    let complaintsTitle: String
    let hasComplaints: Bool
    let moreComplaints: [String]
    let conflicts: [String]
    let effects: [ImportEffectSection]
    let effectTitle: String
    let hasEffect: Bool
    let moreEffects: [String]
    /// Offered instead of the effect where working it out takes a while.
    let effectURL: [String]
    let changes: [Change]
    let changesTitle: String
    let hasChanges: Bool
    let morePages: [PageFrame.Link]

    /// What the page is made of; every list as far as it is shown.
    struct Material: Sendable {
        var record: ImportRecord
        var diagnostics: [Diagnostic]
        var conflicts: [OwnerConflict]
        var effect: ImportEffect?
        var rows: [ImportedRow]
        /// Number of the first row shown, and how many are shown at once.
        var from: Int
        var notice: String?
        /// The effect was left out because it takes a while.
        var offersEffect = false
    }

    static let shownComplaints = 200
    static let shownRows = 50
    static let shownCounties = 12
    /// Rows up to which the effect is worked out without being asked for.
    static let promptRows = 5_000

    init(_ desk: ImportsDesk, _ material: Material, _ visit: Visit, _ scope: Scope) {
        let record = material.record
        let site = SiteMap(scope)
        var frame = desk.frame(
            ImportPage.headline(record), lead: ImportPage.lead(record, desk), visit, scope, current: site.importPage(record.id),
            place: record.county ?? "表里各县")
        isReading = record.state == .reading
        if isReading { frame.refresh = [1] }
        page = frame
        notice = material.notice.map { [$0] } ?? []
        let (doneRows, total) = record.progress
        done = total.map { $0 > 0 ? min(100, doneRows * 100 / $0) : 0 } ?? 0
        progress = total.map { "已读\(doneRows)行，约\($0)行，\($0 > 0 ? min(100, doneRows * 100 / $0) : 0)%" } ?? "已读\(doneRows)行"
        task = isReading ? record.start.job.map { [site.task($0)] } ?? [] : []
        figures = isReading ? [] : ImportPage.figures(record)
        facts = ImportPage.facts(record)
        buttons = ImportPage.buttons(record, material, site, visit)
        markedURL = record.errors + record.warnings > 0 && !record.start.file.digest.isEmpty ? [site.markedWorkbook(record.id)] : []
        complaints = material.diagnostics.map {
            Complaint(light: $0.severity == .error ? .problem : .reminder, place: $0.place.description, message: $0.message)
        }
        complaintsTitle = "\(record.errors)处错误，\(record.warnings)处提醒"
        hasComplaints = !complaints.isEmpty
        let rest = record.errors + record.warnings - material.diagnostics.count
        moreComplaints = rest > 0 ? ["还有\(rest)处没有列在这里，请下载标红的原表查看"] : []
        conflicts = material.conflicts.map { "\($0.sheet) 第\($0.sheetRow)行：\($0.message)" }
        let counties = material.effect?.counties ?? []
        effects = counties.prefix(ImportPage.shownCounties).map { ImportEffectSection($0, material.effect?.standard) }
        let hidden = counties.count - effects.count
        moreEffects = hidden > 0 ? ["另有\(hidden)个县的数也有变化，导入后在全市总览里看"] : []
        effectURL = material.offersEffect ? [site.importPage(record.id) + "&effect=1"] : []
        effectTitle = material.offersEffect ? "导入对差异系数的影响还没有算" : ImportPage.effectTitle(record, material.effect)
        hasEffect = !effectTitle.isEmpty
        changes = ImportPage.changes(material, desk)
        changesTitle = record.state == .applied ? "这次导入了什么" : "会新增和改动什么"
        hasChanges = !changes.isEmpty
        morePages = ImportPage.pages(material, site)
    }

    static func headline(_ record: ImportRecord) -> String {
        let name = "“\(record.start.file.name)”"
        switch record.state {
        case .reading: return "正在读取\(name)"
        case .preview:
            let (refused, read) = (record.tally.refused, record.tally.read)
            if refused == 0 { return "\(name)可以导入" }
            return refused < read ? "\(name)有\(refused)行要改，其余\(read - refused)行可以导入" : "\(name)的\(read)行都要改，现在一行也不能导入"
        case .applied: return "\(name)已导入"
        case .undone: return "\(name)已撤销，原来的数已恢复"
        case .refused: return "\(name)没有通过，没有导入任何数据"
        case .abandoned: return "\(name)读取中断，没有导入任何数据，请重新上传"
        case .discarded: return "\(name)已放弃，没有导入任何数据"
        }
    }

    private static func lead(_ record: ImportRecord, _ desk: ImportsDesk) -> String {
        "\(record.schoolYear.label.zh)\(desk.formLabel(record.form))，\(record.start.uploader.name)于\(PageTime.text(record.start.uploader.at))上传。"
    }

    private static func figures(_ record: ImportRecord) -> [Figure] {
        guard [.preview, .applied, .undone].contains(record.state) else { return [] }
        return [
            Figure(label: "读到", count: "\(record.tally.read)行"), Figure(label: "新增", count: "\(record.tally.new)"),
            Figure(label: "改动", count: "\(record.tally.changed)"), Figure(label: "未变", count: "\(record.tally.unchanged)"),
            Figure(label: "有错不导入", count: "\(record.tally.refused)"),
        ]
    }

    private static func facts(_ record: ImportRecord) -> [Figure] {
        var facts: [Figure] = []
        if let applied = record.applied {
            facts.append(Figure(label: "导入", count: "\(applied.name)，\(PageTime.text(applied.at))"))
        }
        if let undone = record.undone { facts.append(Figure(label: "撤销", count: "\(undone.name)，\(PageTime.text(undone.at))")) }
        if !record.start.file.digest.isEmpty { facts.append(Figure(label: "原件校验码（SHA-256）", count: record.start.file.digest)) }
        return facts
    }

    private static func effectTitle(_ record: ImportRecord, _ effect: ImportEffect?) -> String {
        guard let effect, record.state != .applied else { return "" }
        if effect.counties.isEmpty { return "导入后各项差异系数和结论不变" }
        let turning = effect.counties.filter { county in county.before.map { $0.verdict != county.after.verdict } ?? true }
        let names = effect.counties.map(\.name)
        let list = names.count > 3 ? "\(names.prefix(3).joined(separator: "、"))等\(names.count)个县" : names.joined(separator: "、")
        return turning.isEmpty ? "导入后\(list)的数有变化，结论不变" : "导入后\(turning.map(\.name).prefix(3).joined(separator: "、"))的结论会变"
    }
}
