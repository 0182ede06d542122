internal import Foundation
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Hand in a file; what was handed in before.
struct ImportListPage: Sendable {
    struct Row: Sendable {
        var file: String
        var url: String
        var form: String
        var year: String
        var county: String
        var state: String
        var style: String
        var rows: String
        var refused: String
        var uploader: String
        var time: String
    }

    let page: PageFrame
    let notice: [String]
    let mayHandIn: Bool
    let years: [PageFrame.Choice]
    let counties: [PageFrame.Choice]
    /// The only county, where there is no choice.
    let ownCounty: [String]
    let sizeLimit: String
    let templates: [PageFrame.Link]
    let rows: [Row]
    let isEmpty: Bool

    init(_ desk: ImportsDesk, _ records: [ImportRecord], _ visit: Visit, _ scope: Scope, counties known: [String], notice: String? = nil) {
        let site = SiteMap(scope)
        let waiting = records.count { $0.state == .preview }
        let failed = records.count { $0.state == .refused }
        let title =
            records.isEmpty
            ? "还没有导入过数据" : waiting > 0 ? "有\(waiting)份表等待确认" : failed > 0 ? "有\(failed)份表没有通过，改好后请重新上传" : "导入的数据都已处理"
        page = desk.frame(
            title, lead: "上传后先预览：读了几行、新增和改动了什么、哪些单元格有错、差异系数会怎样变。确认后才计入，随时可以撤销。", visit, scope, current: site.imports)
        self.notice = notice.map { [$0] } ?? []
        mayHandIn = visit.mayAnywhere(.handIn)
        let current = visit.today.schoolYear
        years = (0..<8).map { SchoolYear(current.start - $0) }.map {
            PageFrame.Choice(value: String($0.start), label: $0.label.zh, isChosen: $0 == current)
        }
        let own = visit.person.counties(.handIn, today: visit.today)
        ownCounty = own?.count == 1 ? Array(own ?? []) : []
        counties =
            own?.count == 1
            ? []
            : (own == nil ? [PageFrame.Choice(value: "", label: "表里各县（市、区）", isChosen: true)] : [])
                + (own?.sorted() ?? known).map { PageFrame.Choice(value: $0, label: "只报\($0)", isChosen: false) }
        sizeLimit = "\(desk.sizeLimit / 1_000_000) MB"
        templates = desk.catalogue.forms.values.sorted { $0.id < $1.id }.map { PageFrame.Link($0.label.zh, site.template($0.id)) }
        rows = records.map { ImportListPage.row($0, desk, site) }
        isEmpty = records.isEmpty
    }

    private static func row(_ record: ImportRecord, _ desk: ImportsDesk, _ site: SiteMap) -> Row {
        Row(
            file: record.start.file.name, url: site.importPage(record.id), form: desk.formLabel(record.form),
            year: record.schoolYear.description, county: record.county ?? "表里各县", state: record.state.label.zh,
            style: ImportWords.style(record.state), rows: record.state == .reading ? "\(record.progressDone)" : "\(record.tally.read)",
            refused: record.tally.refused > 0 ? "\(record.tally.refused)" : "—", uploader: record.start.uploader.name,
            time: PageTime.text(record.start.uploader.at))
    }
}

/// Words and colours the import pages share.
enum ImportWords {
    static func style(_ state: ImportRecord.State) -> String {
        switch state {
        case .applied: "met"
        case .preview: "warning"
        case .refused, .abandoned: "notmet"
        case .reading, .undone, .discarded: "insufficient"
        }
    }

}
