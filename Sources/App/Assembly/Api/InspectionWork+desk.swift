internal import API
internal import Supervision

extension InspectionWork {
    /// As the pages of 督导 do it.
    init(_ desk: SupervisionDesk) {
        self.init(
            visits: { try await desk.visits($0, $1) }, one: { try await desk.one($0, $1) },
            photo: { try await desk.photo($0, of: $1, $2) },
            planning: Planning(
                rubrics: { desk.rubrics($0) }, charges: { try await desk.charges($0, $1) }, counts: { try await desk.counts($0) },
                inspectors: { try await desk.inspectors(in: $0, $1) },
                assign: { try await desk.assign($0, in: $1, to: $2, region: $3, $4) },
                release: { try await desk.release($0, in: $1, $2) }, proposals: { try await desk.proposals($0, $1) },
                ask: { try await desk.ask($0, in: $1, $2) },
                approve: { try await desk.approve($0, joining: $1, exception: $2, seen: $3, $4) },
                decline: { try await desk.decline($0, reason: $1, seen: $2, $3) }),
            going: Going(
                arrive: { try await desk.arrive($0, at: $1, because: $2, $3) }, judge: { try await desk.judge($0, $1, $2, $3, $4) },
                finish: { try await desk.finish($0, seen: $1, $2) }, openCase: { try await desk.openCase($0, of: $1, $2) }),
            outcome: Outcome(
                county: { try await desk.score(of: $0, $1) }, school: { try await desk.score(of: $0, in: $1, $2) },
                countyReport: { try await desk.report(of: $0, $1, $2) }, visitReport: { try await desk.report($0, $1, $2) }))
    }
}
