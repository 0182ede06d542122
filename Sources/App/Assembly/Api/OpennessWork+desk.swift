internal import API
internal import Cases
internal import DataRequests
internal import Registry

extension OpennessWork {
    /// As the pages of 新表核对 and 公开的名单 do it.
    init(_ forms: CollectionDesk, _ cases: CasesDesk, _ inventory: PersonalInventory) {
        self.init(
            check: { try await forms.checked($0, $1) }, request: { try await forms.request($0, $1, $2) },
            lists: { cases.published($0) },
            entries: { try await cases.publishedEntries($0, phase: $1, year: $2, county: $3, school: $4, $5) }, inventory: inventory)
    }
}
