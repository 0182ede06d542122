internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Reporting
internal import Vocabulary

/// Everything held of a person as one archive: JSON for programs, a workbook for people.
struct HandOut: Sendable {
    private struct Section: Encodable {
        var label: String
        var purpose: String
        var basis: String
        var keeping: String
        var rows: [[String: String]]
    }

    let desk: PersonalDesk
    let people: PersonalDesk.People

    func file(of account: Account, purpose: String) async throws -> Response {
        let holdings = try await people.store.holdings(of: account.id).filter { !$0.rows.isEmpty }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let sections = Dictionary(uniqueKeysWithValues: holdings.map { ($0.register, section($0)) })
        let workbook = try ExportStamp.$current.withValue(ExportStamp.current?.stating(purpose)) {
            try people.books.write(book(holdings))
        }
        let data = try people.pack([(name: "data.json", data: try encoder.encode(sections)), (name: "data.xlsx", data: workbook)])
        return Answer.file(data, name: "个人信息.zip", type: "application/zip")
    }

    private func section(_ holding: Holding) -> Section {
        let register = desk.inventory[holding.register]
        let rows = holding.rows.map { row in
            Dictionary(uniqueKeysWithValues: zip(holding.columns, row).compactMap { name, value in value.map { (name, $0) } })
        }
        return Section(
            label: register?.label.zh ?? holding.register, purpose: register?.purpose ?? "", basis: register?.basis ?? "",
            keeping: register.map { PersonalWords.keeping($0.retention) } ?? "", rows: rows)
    }

    private func book(_ holdings: [Holding]) -> SheetBook {
        SheetBook(
            holdings.map { holding in
                let register = desk.inventory[holding.register]
                let labels = Dictionary((register?.personal ?? []).map { ($0.name, $0.label.zh) }) { first, _ in first }
                return SheetBook.Sheet(
                    name: register?.label.zh ?? holding.register, title: register?.label.zh ?? holding.register,
                    notes: [register?.purpose ?? "", register?.basis ?? ""].filter { !$0.isEmpty },
                    columns: holding.columns.map { SheetBook.Column(labels[$0] ?? $0, width: 18) },
                    rows: holding.rows.map { row in row.map { $0.map { .text($0) } ?? .empty } })
            })
    }
}
