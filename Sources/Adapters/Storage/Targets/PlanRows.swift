internal import Targets
internal import Vocabulary

/// Columns the tables of plans share.
extension SQLValue {
    static func day(_ day: Day?) -> SQLValue { .text(day?.description) }
    static func real(_ number: Double?) -> SQLValue { number.map { .real($0) } ?? .null }

    static func signature(_ signature: PlanSignature?) -> [SQLValue] {
        [.text(signature?.by), .text(signature?.name), .time(signature?.at)]
    }
}

extension SQLRow {
    func day(_ column: Int) throws -> Day {
        guard let day = Day(iso: try text(column)) else { throw SQLFault(.type, "day \(try text(column))") }
        return day
    }

    func optionalDay(_ column: Int) throws -> Day? { isNull(column) ? nil : try day(column) }
    func optionalReal(_ column: Int) throws -> Double? { isNull(column) ? nil : try real(column) }

    /// Who, name and when in three columns next to each other.
    func planSignature(_ column: Int) throws -> PlanSignature {
        PlanSignature(by: try text(column), name: try text(column + 1), at: try time(column + 2))
    }

    func light(_ column: Int) throws -> PlanLight {
        guard let light = PlanLight(rawValue: try text(column)) else { throw SQLFault(.type, "light \(try text(column))") }
        return light
    }
}

/// The version of a line, raised by everything written to it.
enum PlanLine {
    /// Throws `stale` when the line was written to since; else it is one higher.
    static func raise(_ plan: String, _ item: String, seen: Int, _ connection: any SQLConnection) throws {
        let now = try connection.integer("SELECT version FROM plan_line WHERE plan = $1 AND item = $2", [.text(plan), .text(item)])
        guard now == seen else { throw PlanRefusal.stale }
        if now == 0 {
            try connection.execute("INSERT INTO plan_line (plan, item, version) VALUES ($1, $2, 1)", [.text(plan), .text(item)])
        } else {
            try connection.execute(
                "UPDATE plan_line SET version = version + 1 WHERE plan = $1 AND item = $2", [.text(plan), .text(item)])
        }
    }
}
