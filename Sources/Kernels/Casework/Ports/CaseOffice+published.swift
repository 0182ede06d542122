internal import Vocabulary

extension CaseOffice {
    /// How often the schools of a case, or all cases together, were published in its year, by name.
    func counts(_ item: Case, _ definition: CaseDefinition) async throws -> CaseFact {
        guard let publication = definition.publication, case .date(let from)? = item.answers[publication.from] else {
            return .missing("这件没有填起始日期")
        }
        let county = definition.publishedCounty(item)
        let counts = try await query.publishedCounts(definition.id, year: from.year, besides: item.id)
        if publication.limit?.each == .all { return .counts([definition.label.zh: counts.cases]) }
        let everywhere = counts.rows.filter { $0.school.isEmpty && $0.reaches(county) }.reduce(0) { $0 + $1.count }
        var schools = definition.publishedSchools(item)
        if schools.isEmpty {
            // For every school of the place: those that were named before have the most.
            for row in counts.rows where !row.school.isEmpty && (county == nil || row.county == county) { schools[row.school] = row.name }
            if schools.isEmpty { return .counts(["各校": everywhere]) }
        }
        let named = Dictionary(counts.rows.filter { !$0.school.isEmpty }.map { ($0.school, $0.count) }, uniquingKeysWith: +)
        let pairs = schools.map { code, name in (name.isEmpty ? code : name, (named[code] ?? 0) + everywhere) }
        return .counts(Dictionary(pairs, uniquingKeysWith: Swift.max))
    }

    /// Files of a command that are evidence elsewhere. Other cases are named as far as whoever acts may see them.
    func used(_ command: CaseCommand, besides id: CaseID?) async throws -> [String: EvidenceUse] {
        var used: [String: EvidenceUse] = [:]
        for digest in Set(command.evidence.compactMap(\.file?.digest)) {
            let uses = try await uses(of: digest, besides: id)
            guard !uses.isEmpty else { continue }
            let numbers = uses.filter { $0.definition.mayRead(command.by, $0.item) }.map(\.item.number)
            used[digest] = EvidenceUse(numbers: numbers, count: uses.count)
        }
        return used
    }

    /// The cases in which a file is evidence, a case besides. At most fifty are looked up.
    public func uses(of digest: String, besides id: CaseID?) async throws -> [(item: Case, definition: CaseDefinition)] {
        var found: [(item: Case, definition: CaseDefinition)] = []
        for other in try await query.casesWithFile(digest, besides: id).prefix(50) { found.append(try await find(other)) }
        return found
    }
}
