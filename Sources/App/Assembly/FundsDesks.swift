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
            files: installation.files, uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit,
            readForm: FundsUploads(catalogue: installation.catalogue).read,
            adopted: { try await AdoptedPurchases(proposals: storage.proposals).of($0) }, newID: { RandomID.make() }, now: { Date() })
    }
}

/// What the plan a county goes by means to buy, as projects of a fund.
struct AdoptedPurchases: Sendable {
    let proposals: any ProposalStore

    func of(_ county: String) async throws -> [FundsDesk.Adopted] {
        var found: [FundsDesk.Adopted] = []
        for listed in try await proposals.plans([county], limit: 200) where listed.state == .adopted {
            guard let record = try await proposals.plan(listed.id) else { continue }
            found += try purchases(record).enumerated().map { number, bought in
                FundsDesk.Adopted(
                    voucher: "方案-\(record.id.prefix(8))-\(number + 1)", project: bought.project, school: bought.school,
                    schoolName: bought.schoolName, amount: Money(fen: bought.cost * 100))
            }
        }
        return found
    }

    private func purchases(_ record: ProposalRecord) throws -> [MethodSheet.Purchase] {
        guard record.method == PathJob.method else { return try MethodSheet(record).purchases }
        return try PathSheet(record).measures.filter { $0.cost > 0 }.map {
            MethodSheet.Purchase(project: "\($0.place)\($0.action)", school: $0.school, schoolName: $0.place, cost: $0.cost)
        }
    }
}
