internal import Vocabulary

/// A county to urge: what it still owes for a school year.
public struct Reminder: Hashable, Sendable {
    public enum Owed: Hashable, Sendable {
        /// No data at all.
        case everything
        /// Schools that have no row yet.
        case schools([School])
        /// All rows are there, but the county has not submitted.
        case submission
        /// Given back with this reason, not submitted again.
        case resubmission(String)
    }

    public struct School: Hashable, Sendable {
        public var code: String
        public var name: String

        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    public var county: String
    public var owed: Owed

    /// What the county is told.
    public var message: String {
        switch owed {
        case .everything: "\(county)还没有报送任何数据"
        case .schools(let missing):
            "\(county)还有\(missing.count)所学校没有报送：" + missing.prefix(5).map(\.name).joined(separator: "、") + (missing.count > 5 ? "等" : "")
        case .submission: "\(county)数据已齐，还没有上报"
        case .resubmission(let reason): "\(county)被退回后还没有重新上报。退回理由：\(reason)"
        }
    }

    /// The schools of each county as an earlier return names them, in the order of its rows.
    public static func schools(of table: ReturnTable) -> [(county: String, schools: [School])] {
        var counties: [String] = []
        var schools: [String: [School]] = [:]
        for row in 0..<table.count {
            let county = table.attribute("county", row)
            if schools[county] == nil { counties.append(county) }
            schools[county, default: []].append(School(code: table.attribute("code", row), name: table.attribute("name", row)))
        }
        return counties.map { ($0, schools[$0] ?? []) }
    }

    /// Who owes what, in the order of `expected`. `expected` names the schools of each county, from the register or from
    /// last year's return; `reported` are the codes with a current row; `snapshots` the newest version of each county.
    public static func list(
        expected: [(county: String, schools: [School])], reported: [String: Set<String>], snapshots: [Snapshot]
    ) -> [Reminder] {
        let states = Dictionary(snapshots.map { ($0.county, $0) }) { $0.number > $1.number ? $0 : $1 }
        return expected.compactMap { county, schools in
            let snapshot = states[county]
            if let snapshot, !snapshot.state.isOpen { return nil }
            let codes = reported[county] ?? []
            if codes.isEmpty { return Reminder(county: county, owed: .everything) }
            let missing = schools.filter { !codes.contains($0.code) }
            if !missing.isEmpty { return Reminder(county: county, owed: .schools(missing)) }
            if let reason = snapshot?.returnReason { return Reminder(county: county, owed: .resubmission(reason)) }
            return Reminder(county: county, owed: .submission)
        }
    }
}
