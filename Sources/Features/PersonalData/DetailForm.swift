internal import Foundation
internal import Pages
internal import Registry
internal import Vocabulary

/// A changed mobile or document number: an empty field changes nothing, a ticked box takes the value away.
struct DetailForm: Sendable {
    let people: PersonalDesk.People

    /// What is wrong with it, in the user's words; empty when it was kept.
    func take(_ fields: [String: String], of person: PersonID, by: PersonID) async throws -> [String] {
        var detail = try await people.store.detail(of: person) ?? PersonDetail(person: person, changedAt: people.now(), changedBy: by)
        let before = detail
        if let mobile = fields["mobile"], !mobile.isEmpty { detail.mobile = String(mobile.prefix(40)) }
        if let idNumber = fields["id_number"], !idNumber.isEmpty { detail.idNumber = String(idNumber.prefix(40)) }
        if fields["no_mobile"] == "1" { detail.mobile = "" }
        if fields["no_id_number"] == "1" { detail.idNumber = "" }
        let (checked, complaints) = detail.checked()
        guard complaints.isEmpty else { return complaints }
        detail = checked
        guard detail.mobile != before.mobile || detail.idNumber != before.idNumber else { return ["没有填写要改的内容"] }
        (detail.changedAt, detail.changedBy) = (people.now(), by)
        do {
            try await people.store.setDetail(detail)
            return []
        } catch let refusal as AccountRefusal {
            return [refusal.message]
        }
    }
}

/// Who saw somebody's values in clear.
struct Viewings: Sendable {
    let people: PersonalDesk.People

    func table(of person: PersonID, _ query: PageQuery) async throws -> ShownTable {
        let names = Dictionary(uniqueKeysWithValues: try await people.accounts.accounts().map { ($0.id, $0.person) })
        let rows = try await people.store.unmaskings(of: person).map { view in
            let viewer = names[view.viewer]
            return [
                DataTable.Cell(PageTime.text(view.begunAt)), .init(viewer?.name ?? "已不在"),
                .init(viewer?.grants.map(\.title).joined(separator: "、") ?? ""), .init(view.purpose),
            ]
        }
        return DataTable(
            "views", "谁看过原文",
            columns: [
                .init("time", "时间", isTight: true), .init("who", "谁", isTight: true), .init("post", "职责"), .init("purpose", "用途"),
            ], rows: rows, hasTools: false
        ).shown(query)
    }
}
