internal import Foundation
internal import Funds
internal import Indicators
internal import Ledger
internal import Pages
internal import Planning
internal import Plans
internal import Reporting
internal import Storage
internal import Vault
internal import Vocabulary
internal import Workbooks

extension WebServer {
    /// Nil where the catalogue holds no rules of spending.
    func fundsDesk(_ templates: TemplateLibrary) -> FundsDesk? {
        guard let spending else { return nil }
        let storage = installation.storage
        return FundsDesk(
            store: storage.ledger, returns: storage.returns, rules: spending, catalogue: installation.catalogue, templates: templates,
            books: XlsxWriter(), paper: { try official($0, "docx") }, organisation: organisation,
            uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit, readForm: FundsUploads(catalogue: installation.catalogue).read,
            adopted: { try await AdoptedPurchases(proposals: storage.proposals).of($0) }, newID: { RandomID.make() }, now: { Date() })
    }
}

/// What the plan a county goes by means to buy, as projects of a fund.
struct AdoptedPurchases: Sendable {
    let proposals: any ProposalStore

    func of(_ county: String) async throws -> [FundsDesk.Adopted] {
        try await proposals.plans([county], limit: 200).filter { $0.state == .adopted }.flatMap { record in
            let sheet = try PathSheet(record)
            return sheet.measures.enumerated().filter { $0.element.cost > 0 }.map { number, measure in
                FundsDesk.Adopted(
                    voucher: "方案-\(record.id.prefix(8))-\(number + 1)", project: "\(measure.place)\(measure.action)",
                    school: measure.school, schoolName: measure.place, amount: Money(fen: measure.cost * 100))
            }
        }
    }
}
