internal import API
internal import SchoolAlliances

extension AllianceWork {
    /// As the pages of 教联体 do it.
    init(_ desk: AlliancesDesk) {
        self.init(
            reading: Reading(
                groups: { try await desk.groups(of: $0, $1, $2) }, group: { try await desk.group($0, $1, $2) },
                effect: { try await desk.effect(of: $0, $1) }, pairings: { try await desk.pairings(of: $0, $1) },
                report: { try await desk.report(of: $0, $1, $2, $3) }),
            founding: Founding(
                found: { try await desk.found($0, in: $1, $2) }, takeIn: { try await desk.takeIn($0, named: $1, in: $2, $3) },
                adoptFile: { try await desk.adopt(file: $0, in: $1, founded: $2, $3) },
                adoptPlan: { try await desk.adopt(plan: $0, in: $1, founded: $2, $3) }),
            changing: Changing(
                join: { try await desk.join($0, $1, on: $2, seen: $3, $4) },
                leave: { try await desk.leave($0, member: $1, on: $2, reason: $3, seen: $4, $5) },
                end: { try await desk.end($0, on: $1, reason: $2, seen: $3, $4) },
                record: { try await desk.record($0, $1, seen: $2, $3) },
                strike: { try await desk.strike($0, of: $1, reason: $2, seen: $3, $4) }))
    }
}
