internal import Planning

extension ProposalStore {
    /// The plans a county goes by, whichever method made them, with their bodies, which lists come without.
    func adopted(in county: String) async throws -> [ProposalRecord] {
        var found: [ProposalRecord] = []
        for listed in try await plans([county], limit: .max) where listed.state == .adopted {
            if let record = try await plan(listed.id) { found.append(record) }
        }
        return found
    }
}
