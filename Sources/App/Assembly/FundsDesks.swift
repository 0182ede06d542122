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
            readForm: SheetUploads(catalogue: installation.catalogue).read,
            adopted: { try await AdoptedPurchases(proposals: storage.proposals, ledger: storage.ledger).of($0) },
            newID: { RandomID.make() }, now: { Date() })
    }
}

/// What the plan a county goes by means to buy, as projects of a fund: of the newest school year, and where a fund was allotted to
/// projects, those alone. They are part of the path to the standard, and would stand in the ledger twice beside it.
struct AdoptedPurchases: Sendable {
    private static let mark = "方案-"

    let proposals: any ProposalStore
    let ledger: any LedgerStore

    func of(_ county: String) async throws -> [FundsDesk.Adopted] {
        var plans: [(record: ProposalRecord, purchases: [Bought])] = []
        for record in try await proposals.adopted(in: county) {
            let purchases = try purchases(record)
            if !purchases.isEmpty { plans.append((record, purchases)) }
        }
        let newest = plans.map(\.record.schoolYear).max()
        plans = plans.filter { $0.record.schoolYear == newest }
        if plans.contains(where: { $0.record.method != PathJob.method }) { plans = plans.filter { $0.record.method != PathJob.method } }
        // What an earlier plan already brought into the budget is not brought again by the one that took its place.
        let standing = try await standing(county)
        return plans.flatMap { plan in
            plan.purchases.enumerated().filter { !standing.contains("\($0.element.what.school)|\($0.element.what.project)") }
                .flatMap { number, bought in
                    bought.payments.enumerated().map { place, paid in
                        FundsDesk.Adopted(
                            voucher: "\(Self.mark)\(plan.record.id.prefix(8))-\(number + 1)\(place == 0 ? "" : "-\(place + 1)")",
                            purse: paid.purse, project: bought.what.project, school: bought.what.school, schoolName: bought.what.schoolName,
                            amount: Money(fen: paid.amount * 100))
                    }
                }
        }
    }

    private func standing(_ county: String) async throws -> Set<String> {
        let entries = try await ledger.entries(county)
        let gone = Set(entries.compactMap(\.reverses))
        let own = entries.filter { $0.voucher.hasPrefix(Self.mark) && $0.reverses == nil && !gone.contains($0.id) }
        return Set(own.map { "\($0.line.school)|\($0.line.project)" })
    }

    private struct Bought {
        var what: MethodSheet.Purchase
        /// One without a purse where the plan names none.
        var payments: [MethodSheet.Payment]

        init(_ what: MethodSheet.Purchase, _ payments: [MethodSheet.Payment] = []) {
            self.what = what
            self.payments = payments.isEmpty ? [MethodSheet.Payment(purse: "", amount: what.cost)] : payments
        }
    }

    private func purchases(_ record: ProposalRecord) throws -> [Bought] {
        guard record.method == PathJob.method else {
            let sheet = try MethodSheet(record)
            let payments = sheet.payments
            return sheet.purchases.enumerated().map { Bought($1, payments.isEmpty ? [] : payments[$0]) }
        }
        return try PathSheet(record).measures.filter { $0.cost > 0 }.map {
            Bought(MethodSheet.Purchase(project: "\($0.place)\($0.action)", school: $0.school, schoolName: $0.place, cost: $0.cost))
        }
    }
}
