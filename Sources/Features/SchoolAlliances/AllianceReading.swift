internal import Alliances
internal import Foundation
internal import Indicators
internal import Vocabulary

/// Alliances and activities out of filled-in forms; what is wrong is told cell by cell.
struct AllianceReading: Sendable {
    static let leadWord = "牵头学校"

    private(set) var founded: [Alliance] = []
    private(set) var activities: [AllianceActivity] = []
    private(set) var complaints: [String] = []
    /// Where each came from, for what the register refuses.
    private var places: (founded: [String], activities: [String]) = ([], [])

    private let county: String
    private let book: SchoolBook
    private let rules: AllianceRules
    private let newID: @Sendable () -> String
    private let (by, at): (String, Date)

    init(county: String, _ book: SchoolBook, _ rules: AllianceRules, by: String, at: Date, newID: @escaping @Sendable () -> String) {
        (self.county, self.book, self.rules, self.by, self.at, self.newID) = (county, book, rules, by, at, newID)
    }

    // MARK: Who is in which alliance

    private struct Entry {
        var row: Int
        var school: AllianceSchool
        var role: String
        var stage: Stage?
        var from: Day
        var until: Day?
        var reason: String
    }

    /// Reads a sheet of the register.
    mutating func readRegister(_ table: ReturnTable) {
        var (order, byName): ([String], [String: [Entry]]) = ([], [:])
        for row in 0..<table.count where !table.attribute("row", row).isEmpty {
            let cells = AllianceCells(table: table, row: row)
            guard let entry = entry(cells, row) else { continue }
            if byName[cells["alliance"]] == nil { order.append(cells["alliance"]) }
            byName[cells["alliance"], default: []].append(entry)
        }
        for name in order { found(name, byName[name] ?? [], table) }
    }

    private mutating func entry(_ cells: AllianceCells, _ row: Int) -> Entry? {
        let (school, from) = (school("school", cells), day("from", cells))
        let until = cells["until"].isEmpty ? nil : day("until", cells)
        if until != nil, cells["reason"].isEmpty { complaints.append(cells.said("reason", "填了退出日期的要写退出理由")) }
        let stage = Stage.allCases.first { $0.label.zh == cells["stage"] }
        let isStaged = !cells["stage"].isEmpty
        if stage == nil, isStaged { complaints.append(cells.said("stage", "学段请填：小学、初中、高中；整校加入不填")) }
        let roles = [AllianceReading.leadWord] + Alliance.Member.Role.allCases.map(\.label.zh)
        let isRole = roles.contains(cells["role"])
        if !isRole { complaints.append(cells.said("role", "角色请填：\(roles.joined(separator: "、"))")) }
        guard let school, let from, isRole, stage != nil || !isStaged, until != nil || cells["until"].isEmpty else { return nil }
        return Entry(row: row, school: school, role: cells["role"], stage: stage, from: from, until: until, reason: cells["reason"])
    }

    private mutating func found(_ name: String, _ entries: [Entry], _ table: ReturnTable) {
        let leads = entries.filter { $0.role == AllianceReading.leadWord }
        guard let lead = leads.first, leads.count == 1 else {
            let row = (leads.last ?? entries[0]).row
            let word = leads.isEmpty ? "没有牵头学校的一行" : "有\(leads.count)行牵头学校"
            complaints.append(AllianceCells(table: table, row: row).said("role", "“\(name)”\(word)，一个教联体要有且只有一所牵头学校"))
            return
        }
        let cells = AllianceCells(table: table, row: lead.row)
        guard let form = rules.forms.first(where: { $0.label.zh == cells["form"] }) else {
            complaints.append(cells.said("form", "形式请填：\(rules.forms.map(\.label.zh).joined(separator: "、"))"))
            return
        }
        let members = entries.filter { $0.role != AllianceReading.leadWord }.map { entry in
            Alliance.Member(
                entry.school, entry.role == Alliance.Member.Role.strong.label.zh ? .strong : .supported, stage: entry.stage,
                from: entry.from,
                until: entry.until ?? lead.until, reason: entry.until == nil && lead.until != nil ? lead.reason : entry.reason)
        }
        founded.append(
            Alliance(
                id: newID(), name: name, county: county, form: form.id, lead: lead.school, founded: lead.from, ended: lead.until,
                reason: lead.reason, members: members, madeBy: by, madeAt: at, version: 1))
        places.founded.append(cells.said("school", ""))
    }

    // MARK: What they did

    /// Reads a sheet of activities; `known` are the alliances there are.
    mutating func readActivities(_ table: ReturnTable, known: [Alliance]) {
        let names = Dictionary((founded + known).filter { $0.county == county }.map { ($0.name, $0) }) { first, second in
            first.ended == nil ? first : second
        }
        for row in 0..<table.count where !table.attribute("row", row).isEmpty {
            let cells = AllianceCells(table: table, row: row)
            guard let alliance = names[cells["alliance"]] else {
                complaints.append(cells.said("alliance", "\(county)没有登记“\(cells["alliance"].prefix(30))”，请先登记，或在“教联体名册”里填上"))
                continue
            }
            let kind = AllianceActivity.Kind.allCases.first { $0.label.zh == cells["activity"] }
            if kind == nil {
                let words = AllianceActivity.Kind.allCases.map(\.label.zh).joined(separator: "、")
                complaints.append(cells.said("activity", "类型请填：\(words)"))
            }
            let (day, count) = (day("day", cells), number("count", cells))
            let days = cells["days"].isEmpty ? nil : number("days", cells)
            guard let kind, let day, let count, cells["days"].isEmpty || days != nil else { continue }
            activities.append(
                AllianceActivity(
                    id: newID(), alliance: alliance.id, kind: kind, day: day, count: count, days: days, subject: cells["subject"],
                    from: cells["from"], to: cells["to"], evidence: cells["evidence"], madeBy: by, madeAt: at))
            places.activities.append(cells.said("row", ""))
        }
    }

    // MARK: Cells

    private mutating func school(_ id: AttributeID, _ cells: AllianceCells) -> AllianceSchool? {
        let school = book.find(cells[id])
        if school == nil { complaints.append(cells.said(id, book.missing(cells[id]))) }
        return school
    }

    private mutating func day(_ id: AttributeID, _ cells: AllianceCells) -> Day? {
        let day = Day(written: cells[id])
        if day == nil { complaints.append(cells.said(id, "“\(cells[id].prefix(20))”不是日期；请写成 2026-03-01")) }
        return day
    }

    private mutating func number(_ id: AttributeID, _ cells: AllianceCells) -> Int? {
        let number = Int(cells[id])
        if number == nil { complaints.append(cells.said(id, "“\(cells[id].prefix(20))”不是整数")) }
        return number
    }

    /// The cells put before what the register refused of the alliances, or of the activities.
    func placed(_ refusal: AllianceRefusal, ofActivities: Bool) -> [String] {
        let cells = ofActivities ? places.activities : places.founded
        return refusal.complaints.map { (cells.indices.contains($0.place) ? cells[$0.place] : "") + $0.message }
    }
}

/// One row of a form.
private struct AllianceCells {
    let table: ReturnTable
    let row: Int

    subscript(_ id: AttributeID) -> String { table.attribute(id, row).trimmingCharacters(in: .whitespaces) }

    func said(_ id: AttributeID, _ message: String) -> String { (table.cell(id, row).map { "\($0)：" } ?? "") + message }
}
