internal import API
internal import Establishments

extension StaffingWork {
    /// As the pages of 编制与配置 do it.
    init(_ desk: EstablishmentDesk) {
        self.init(
            counties: { try await desk.counties($0, $1) }, county: { try await desk.county($0, $1, $2) },
            leaving: { try await desk.leaving($0, $1, $2) }, school: { try await desk.school($0, in: $1, $2, $3) },
            takeIn: { try await desk.takeIn($0, $1, in: $2, $3) }, plans: { try await desk.plans(of: $0, $1, $2) },
            plan: { try await desk.plan($0, $1) }, adopt: { try await desk.adopt($0, $1) },
            carry: CarryWork(
                openCases: { try await desk.openCases($0, finishBy: $1, $2) },
                draftTargets: { try await desk.draftTargets($0, finishBy: $1, $2) }))
    }
}
