internal import Alliances
internal import Foundation
internal import Vocabulary

/// Alliances in the database; what each question promises stands at the port.
struct StoredAlliances: AllianceStore {
    let driver: any SQLDriver

    func alliances() async throws -> [Alliance] { try await driver.read { try StoredAlliances.alliances($0) } }

    func activities(_ alliance: String?) async throws -> [AllianceActivity] {
        try await driver.read { try StoredAlliances.activities(alliance, $0) }
    }

    func change(of alliance: String?, _ decide: @escaping @Sendable (inout AllianceRegister) throws -> Void) async throws {
        try await driver.write { connection in
            let before = AllianceRegister(
                alliances: try StoredAlliances.alliances(connection), activities: try StoredAlliances.activities(alliance, connection))
            var after = before
            try decide(&after)
            let known = Dictionary(uniqueKeysWithValues: before.alliances.map { ($0.id, $0) })
            for alliance in after.alliances where known[alliance.id] != alliance { try StoredAlliances.put(alliance, connection) }
            try StoredAlliances.put(after.activities, besides: before.activities, connection)
        }
    }

    // MARK: Alliances

    private static let columns = [
        "id", "county", "name", "form", "lead", "lead_name", "lead_county", "founded", "ended", "reason", "plan", "made_by", "made_at",
        "version",
    ]
    private static let memberColumns = [
        "alliance_id", "place", "school", "school_name", "school_county", "role", "stage", "from_day", "until_day", "reason",
    ]

    private static func put(_ alliance: Alliance, _ connection: any SQLConnection) throws {
        let id = SQLValue.text(alliance.id)
        try connection.execute("DELETE FROM alliance_member WHERE alliance_id = $1", [id])
        try connection.execute("DELETE FROM alliance WHERE id = $1", [id])
        try connection.insert(
            into: "alliance", columns: columns,
            rows: [
                [
                    id, .text(alliance.county), .text(alliance.name), .text(alliance.form), .text(alliance.lead.code),
                    .text(alliance.lead.name), .text(alliance.lead.county), .text(alliance.founded.description),
                    .text(alliance.ended?.description), .text(alliance.reason), .text(alliance.plan), .text(alliance.madeBy),
                    .time(alliance.madeAt), .integer(alliance.version),
                ]
            ])
        try connection.insert(
            into: "alliance_member", columns: memberColumns,
            rows: alliance.members.enumerated().map { place, member in
                [
                    id, .integer(place), .text(member.school.code), .text(member.school.name), .text(member.school.county),
                    .text(member.role.rawValue), .text(member.stage?.rawValue), .text(member.from.description),
                    .text(member.until?.description), .text(member.reason),
                ]
            })
    }

    private static func alliances(_ connection: any SQLConnection) throws -> [Alliance] {
        var members: [String: [Alliance.Member]] = [:]
        try connection.query("SELECT \(memberColumns.joined(separator: ", ")) FROM alliance_member ORDER BY alliance_id, place", []) {
            row in
            guard let role = Alliance.Member.Role(rawValue: try row.text(5)) else {
                throw SQLFault(.type, "alliance_member holds an unknown role")
            }
            members[try row.text(0), default: []].append(
                Alliance.Member(
                    AllianceSchool(code: try row.text(2), name: try row.text(3), county: try row.text(4)), role,
                    stage: try row.optionalText(6).flatMap { Stage(rawValue: $0) }, from: try row.day(7), until: try row.optionalDay(8),
                    reason: try row.text(9)))
        }
        return try connection.rows("SELECT \(columns.joined(separator: ", ")) FROM alliance ORDER BY county, name, founded, id") { row in
            let id = try row.text(0)
            return Alliance(
                id: id, name: try row.text(2), county: try row.text(1), form: try row.text(3),
                lead: AllianceSchool(code: try row.text(4), name: try row.text(5), county: try row.text(6)), founded: try row.day(7),
                ended: try row.optionalDay(8), reason: try row.text(9), members: members[id] ?? [], plan: try row.text(10),
                madeBy: try row.text(11), madeAt: try row.time(12), version: try row.integer(13))
        }
    }

    // MARK: Activities

    private static let activityColumns = [
        "id", "alliance_id", "kind", "day", "amount", "days", "subject", "from_school", "to_school", "evidence", "made_by", "made_at",
        "struck_by", "struck_at", "struck_reason",
    ]

    private static func put(
        _ activities: [AllianceActivity], besides before: [AllianceActivity], _ connection: any SQLConnection
    ) throws {
        let known = Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0) })
        try connection.insert(
            into: "alliance_activity", columns: activityColumns,
            rows: activities.filter { known[$0.id] == nil }.map { activity in
                [
                    .text(activity.id), .text(activity.alliance), .text(activity.kind.rawValue), .text(activity.day.description),
                    .integer(activity.count), .integer(activity.days), .text(activity.subject), .text(activity.from), .text(activity.to),
                    .text(activity.evidence), .text(activity.madeBy), .time(activity.madeAt), .text(activity.struck?.by),
                    .time(activity.struck?.at), .text(activity.struck?.reason),
                ]
            })
        // Nothing of an entry changes but that it is struck out.
        for activity in activities {
            guard let old = known[activity.id], old.struck == nil, let strike = activity.struck else { continue }
            try connection.execute(
                "UPDATE alliance_activity SET struck_by = $1, struck_at = $2, struck_reason = $3 WHERE id = $4",
                [.text(strike.by), .time(strike.at), .text(strike.reason), .text(activity.id)])
        }
    }

    private static func activities(_ alliance: String?, _ connection: any SQLConnection) throws -> [AllianceActivity] {
        let (condition, values): (String, [SQLValue]) = alliance.map { ("alliance_id = $1", [.text($0)]) } ?? ("1 = 1", [])
        return try connection.rows(
            "SELECT \(activityColumns.joined(separator: ", ")) FROM alliance_activity WHERE \(condition) ORDER BY day, made_at, id", values
        ) { row in
            guard let kind = AllianceActivity.Kind(rawValue: try row.text(2)) else {
                throw SQLFault(.type, "alliance_activity holds an unknown kind")
            }
            let strike = try row.optionalText(12).map {
                AllianceActivity.Strike(by: $0, at: try row.time(13), reason: try row.optionalText(14) ?? "")
            }
            return AllianceActivity(
                id: try row.text(0), alliance: try row.text(1), kind: kind, day: try row.day(3), count: try row.integer(4),
                days: try row.optionalInteger(5), subject: try row.text(6), from: try row.text(7), to: try row.text(8),
                evidence: try row.text(9), madeBy: try row.text(10), madeAt: try row.time(11), struck: strike)
        }
    }
}
