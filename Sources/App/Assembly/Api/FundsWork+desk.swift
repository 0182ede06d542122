internal import API
internal import Funds

extension FundsWork {
    /// As the pages of 专项资金 do it.
    init(_ desk: FundsDesk) {
        self.init(
            counties: { try await desk.counties($0, $1) }, county: { try await desk.funds(of: $0, $1, fund: $2, $3) },
            school: { try await desk.funds(ofSchool: $0, in: $1, $2, $3) }, report: { try await desk.report(of: $0, $1, $2) },
            document: { try await desk.document($0, of: $1, in: $2, $3) },
            steps: Steps(
                write: { try await desk.write($0, files: $1, in: $2, $3) }, attach: { try await desk.attach($0, to: $1, in: $2, $3) },
                reverse: { try await desk.reverse($0, reason: $1, voucher: $2, in: $3, $4) },
                carry: { try await desk.carry($0, in: $1, $2) }, adopt: { try await desk.adopt($0, into: $1, purses: $2, in: $3, $4) },
                takeIn: { try await desk.takeIn($0, name: $1, in: $2, $3) }))
    }
}
