internal import Foundation
internal import Staffing
internal import Vocabulary

/// Surveys of staff and plans of posts in the database; what each question promises stands at the port.
struct StoredStaffing: StaffingStore {
    let driver: any SQLDriver

    func keep(_ survey: KeptSurvey) async throws {
        try await driver.write { connection in
            try connection.execute(
                "DELETE FROM staffing_survey WHERE county = $1 AND school_year = $2", [.text(survey.county), .integer(survey.year.start)])
            try connection.insert(
                into: "staffing_survey", columns: ["county", "school_year", "body", "made_by", "made_at"],
                rows: [
                    [
                        .text(survey.county), .integer(survey.year.start), .text(survey.body), .text(survey.madeBy), .time(survey.madeAt),
                    ]
                ])
        }
    }

    func survey(_ county: String, _ year: SchoolYear) async throws -> KeptSurvey? {
        try await driver.read {
            try StoredStaffing.surveys("county = $1 AND school_year = $2", [.text(county), .integer(year.start)], $0).first
        }
    }

    func surveys(_ year: SchoolYear) async throws -> [KeptSurvey] {
        try await driver.read { try StoredStaffing.surveys("school_year = $1", [.integer(year.start)], $0) }
    }

    private static func surveys(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [KeptSurvey] {
        try connection.rows(
            "SELECT county, school_year, body, made_by, made_at FROM staffing_survey WHERE \(condition) ORDER BY county", values
        ) { row in
            KeptSurvey(
                county: try row.text(0), year: SchoolYear(try row.integer(1)), body: try row.text(2), madeBy: try row.text(3),
                madeAt: try row.time(4))
        }
    }

    // MARK: Plans of posts

    func keep(_ plan: KeptPostPlan) async throws {
        try await driver.write { connection in
            try connection.insert(
                into: "post_plan", columns: ["id", "county", "school_year", "body", "made_by", "made_at"],
                rows: [
                    [
                        .text(plan.id), .text(plan.county), .integer(plan.year.start), .text(plan.body), .text(plan.madeBy),
                        .time(plan.madeAt),
                    ]
                ])
        }
    }

    func postPlan(_ id: String) async throws -> KeptPostPlan? {
        try await driver.read { try StoredStaffing.plans("id = $1", [.text(id)], $0).first }
    }

    func postPlans(_ county: String, _ year: SchoolYear) async throws -> [KeptPostPlan] {
        try await driver.read {
            try StoredStaffing.plans("county = $1 AND school_year = $2", [.text(county), .integer(year.start)], $0)
        }
    }

    func adopt(_ id: String, by: String, at: Date) async throws -> KeptPostPlan {
        try await driver.write { connection in
            guard let plan = try StoredStaffing.plans("id = $1", [.text(id)], connection).first else {
                throw StaffingRefusal("没有这份方案", .unknown)
            }
            let others = try StoredStaffing.plans(
                "county = $1 AND school_year = $2 AND adopted_at IS NOT NULL", [.text(plan.county), .integer(plan.year.start)], connection)
            if let other = others.first {
                throw StaffingRefusal(
                    other.id == id ? "这份方案已经采用过" : "\(plan.county)\(plan.year.label.zh)已经采用了另一份方案（\(other.adoptedBy ?? "")采用）")
            }
            try connection.execute(
                "UPDATE post_plan SET adopted_by = $1, adopted_at = $2 WHERE id = $3 AND adopted_at IS NULL",
                [.text(by), .time(at), .text(id)])
            var adopted = plan
            (adopted.adoptedBy, adopted.adoptedAt) = (by, at)
            return adopted
        }
    }

    private static func plans(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [KeptPostPlan] {
        try connection.rows(
            """
            SELECT id, county, school_year, body, made_by, made_at, adopted_by, adopted_at FROM post_plan
            WHERE \(condition) ORDER BY made_at DESC, id
            """, values
        ) { row in
            KeptPostPlan(
                id: try row.text(0), county: try row.text(1), year: SchoolYear(try row.integer(2)), body: try row.text(3),
                madeBy: try row.text(4), madeAt: try row.time(5), adoptedBy: try row.optionalText(6),
                adoptedAt: row.isNull(7) ? nil : try row.time(7))
        }
    }
}
