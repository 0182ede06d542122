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

    func keep(_ plan: RosterPlan) async throws -> RosterPlan { try await driver.write { try RosterPlanTable.posts.keep(plan, $0) } }

    func postPlan(_ id: String) async throws -> RosterPlan? { try await driver.read { try RosterPlanTable.posts.plan(id, $0) } }

    func postPlan(ofJob job: String) async throws -> RosterPlan? {
        try await driver.read { try RosterPlanTable.posts.plan(ofJob: job, $0) }
    }

    func postPlans(_ county: String, _ year: SchoolYear) async throws -> [RosterPlan] {
        try await driver.read { try RosterPlanTable.posts.plans(county, year, $0) }
    }

    func adopt(_ id: String, by: String, at: Date) async throws -> RosterPlan {
        try await driver.write { connection in
            guard var plan = try RosterPlanTable.posts.plan(id, connection) else { throw StaffingRefusal("没有这份方案", .unknown) }
            let others = try RosterPlanTable.posts.plans(plan.county, plan.year, connection).filter { $0.adoptedAt != nil }
            if let other = others.first {
                throw StaffingRefusal(
                    other.id == id ? "这份方案已经采用过" : "\(plan.county)\(plan.year.label.zh)已经采用了另一份方案（\(other.adoptedBy ?? "")采用）")
            }
            _ = try RosterPlanTable.posts.adopt(id, by: by, at: at, connection)
            (plan.adoptedBy, plan.adoptedAt) = (by, at)
            return plan
        }
    }
}
