public import Foundation
public import Ledger
public import Pages

/// The work with special funds, as the pages of 专项资金 do it. Nil years mean the budget year running.
public struct FundsWork: Sendable {
    /// What is written into a county's ledger.
    public struct Steps: Sendable {
        var write: @Sendable (EntryDraft, [PostedParts.File], _ county: String, Visit) async throws -> WrittenFunds
        var attach: @Sendable ([PostedParts.File], _ entry: String, _ county: String, Visit) async throws -> LedgerEntry
        var reverse: @Sendable (_ entry: String, _ reason: String, _ voucher: String, _ county: String, Visit) async throws -> WrittenFunds
        var carry: @Sendable (_ year: Int, _ county: String, Visit) async throws -> WrittenFunds
        var adopt: @Sendable (_ year: Int, _ fund: String, _ purses: [String: String], _ county: String, Visit) async throws -> WrittenFunds
        var takeIn: @Sendable (URL, _ name: String, _ county: String, Visit) async throws -> TakenIn<WrittenFunds>

        public init(
            write: @escaping @Sendable (EntryDraft, [PostedParts.File], String, Visit) async throws -> WrittenFunds,
            attach: @escaping @Sendable ([PostedParts.File], String, String, Visit) async throws -> LedgerEntry,
            reverse: @escaping @Sendable (String, String, String, String, Visit) async throws -> WrittenFunds,
            carry: @escaping @Sendable (Int, String, Visit) async throws -> WrittenFunds,
            adopt: @escaping @Sendable (Int, String, [String: String], String, Visit) async throws -> WrittenFunds,
            takeIn: @escaping @Sendable (URL, String, String, Visit) async throws -> TakenIn<WrittenFunds>
        ) {
            self.write = write
            self.attach = attach
            self.reverse = reverse
            self.carry = carry
            self.adopt = adopt
            self.takeIn = takeIn
        }
    }

    var counties: @Sendable (Int?, Visit) async throws -> [ToldFunds]
    var county: @Sendable (_ county: String, Int?, _ fund: String?, Visit) async throws -> ToldFunds
    var school: @Sendable (_ school: String, _ county: String, Int?, Visit) async throws -> ToldFunds
    var report: @Sendable (_ county: String, Int?, Visit) async throws -> (bytes: Data, name: String)
    var document: @Sendable (Int, _ entry: String, _ county: String, Visit) async throws -> (bytes: Data, name: String, type: String)
    var steps: Steps

    public init(
        counties: @escaping @Sendable (Int?, Visit) async throws -> [ToldFunds],
        county: @escaping @Sendable (String, Int?, String?, Visit) async throws -> ToldFunds,
        school: @escaping @Sendable (String, String, Int?, Visit) async throws -> ToldFunds,
        report: @escaping @Sendable (String, Int?, Visit) async throws -> (bytes: Data, name: String),
        document: @escaping @Sendable (Int, String, String, Visit) async throws -> (bytes: Data, name: String, type: String), steps: Steps
    ) {
        self.counties = counties
        self.county = county
        self.school = school
        self.report = report
        self.document = document
        self.steps = steps
    }
}
