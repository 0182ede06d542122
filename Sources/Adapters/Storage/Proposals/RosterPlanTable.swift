internal import Foundation
internal import Vocabulary

/// Rows of `rotation_plan` and `post_plan`, which differ in the name of the column with the plan itself.
struct RosterPlanTable: Sendable {
    let name: String
    let body: String

    static let rotation = RosterPlanTable(name: "rotation_plan", body: "record")
    static let posts = RosterPlanTable(name: "post_plan", body: "body")

    /// Of one job one plan is kept: the first. A worker that was taken for dead and comes back adds no second one.
    func keep(_ plan: RosterPlan, _ connection: any SQLConnection) throws -> RosterPlan {
        if let job = plan.job, let first = try find("job = $1", [.text(job)], connection).first { return first }
        try connection.insert(
            into: name, columns: ["id", "county", "school_year", body, "made_by", "made_at", "job"],
            rows: [
                [
                    .text(plan.id), .text(plan.county), .integer(plan.year.start), .text(plan.body), .text(plan.madeBy),
                    .time(plan.madeAt), .text(plan.job),
                ]
            ])
        return plan
    }

    func plan(_ id: String, _ connection: any SQLConnection) throws -> RosterPlan? { try find("id = $1", [.text(id)], connection).first }

    func plan(ofJob job: String, _ connection: any SQLConnection) throws -> RosterPlan? {
        try find("job = $1", [.text(job)], connection).first
    }

    /// Newest first.
    func plans(_ county: String, _ year: SchoolYear, _ connection: any SQLConnection) throws -> [RosterPlan] {
        try find("county = $1 AND school_year = $2", [.text(county), .integer(year.start)], connection)
    }

    /// Whether it was there and not adopted yet.
    func adopt(_ id: String, by: String, at: Date, _ connection: any SQLConnection) throws -> Bool {
        try connection.execute(
            "UPDATE \(name) SET adopted_by = $1, adopted_at = $2 WHERE id = $3 AND adopted_at IS NULL",
            [.text(by), .time(at), .text(id)]) == 1
    }

    private func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [RosterPlan] {
        try connection.rows(
            """
            SELECT id, county, school_year, \(body), made_by, made_at, adopted_by, adopted_at, job FROM \(name)
            WHERE \(condition) ORDER BY made_at DESC, id
            """, values
        ) { row in
            RosterPlan(
                id: try row.text(0), county: try row.text(1), year: SchoolYear(try row.integer(2)), body: try row.text(3),
                madeBy: try row.text(4), madeAt: try row.time(5), adoptedBy: try row.optionalText(6),
                adoptedAt: row.isNull(7) ? nil : try row.time(7), job: try row.optionalText(8))
        }
    }
}
