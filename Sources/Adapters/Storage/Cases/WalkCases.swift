public import Casework
internal import Foundation

/// Cases that follow each other by their ids.
struct CaseSpan: Sendable {
    var first: CaseID
    var last: CaseID
    var count: Int

    var ends: [SQLValue] { [.text(first), .text(last)] }
}

/// Walks through all cases, so many at a time, several spans at once; nothing is locked between two spans.
extension StoredCases {
    private static let wave = 4

    /// The next spans behind a case; empty at the end.
    func spans(after last: CaseID) async throws -> [CaseSpan] {
        let size = span
        let ids = try await driver.read {
            try $0.rows("SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT \(size * StoredCases.wave)", [.text(last)]) {
                try $0.text(0)
            }
        }
        return stride(from: 0, to: ids.count, by: size).map { start in
            let end = min(start + size, ids.count)
            return CaseSpan(first: ids[start], last: ids[end - 1], count: end - start)
        }
    }

    /// Reads every span, each in one consistent state; answers in their order.
    func each<Value: Sendable>(
        _ spans: [CaseSpan], _ read: @escaping @Sendable (CaseSpan, any SQLConnection) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (place, span) in spans.enumerated() {
                group.addTask { (place, try await driver.read { try read(span, $0) }) }
            }
            var found: [Int: Value] = [:]
            for try await (place, value) in group { found[place] = value }
            return spans.indices.compactMap { found[$0] }
        }
    }

    public func verify(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> [BrokenCase] {
        let total = try await driver.read { try $0.integer("SELECT COUNT(*) FROM case_file") }
        var (done, last, broken): (Int, CaseID, [BrokenCase]) = (0, "", [])
        while true {
            let spans = try await self.spans(after: last)
            guard let end = spans.last?.last else { return broken }
            broken += try await each(spans) { try self.broken($0, $1) }.flatMap { $0 }
            done += spans.reduce(0) { $0 + $1.count }
            last = end
            progress(done, max(total, done))
        }
    }

    /// Every digest of a span again, and that the last of each case is the one its summary knows.
    private func broken(_ span: CaseSpan, _ connection: any SQLConnection) throws -> [BrokenCase] {
        var heads: [CaseID: (number: String, head: String)] = [:]
        try connection.query("SELECT id, number, head FROM case_file WHERE id >= $1 AND id <= $2", span.ends) { row in
            heads[try row.text(0)] = (try row.text(1), try row.text(2))
        }
        var chains: [CaseID: (events: Int, head: String, broken: Int?)] = [:]
        try connection.query(
            "SELECT case_id, number, body, digest FROM case_event WHERE case_id >= $1 AND case_id <= $2 ORDER BY case_id, number", span.ends
        ) { row in
            let id = try row.text(0)
            var chain = chains[id] ?? (0, CaseEventText.origin, nil)
            chain.events += 1
            let text = CaseEventText.chained(try row.text(2), of: id, number: chain.events, previous: chain.head)
            chain.head = try row.text(3)
            let isGood = try row.integer(1) == chain.events && hash(Array(text.utf8)) == chain.head
            if !isGood, chain.broken == nil { chain.broken = chain.events }
            chains[id] = chain
        }
        return heads.compactMap { id, kept in
            let chain = chains[id] ?? (0, CaseEventText.origin, nil)
            return (chain.broken ?? (chain.head == kept.head ? nil : chain.events + 1)).map {
                BrokenCase(id: id, number: kept.number, event: $0)
            }
        }.sorted { $0.number < $1.number }
    }
}
