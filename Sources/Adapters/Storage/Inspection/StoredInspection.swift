internal import Foundation
internal import Inspection
internal import Registry

/// Visits in the database; what each question promises stands at the port. Records name people and where they were: they are sealed.
struct StoredInspection: InspectionStore {
    let driver: any SQLDriver
    let fields: any PersonalFields

    private static let record = FieldColumn("inspection_visit", "body")
    private static let name = FieldColumn("school_inspector", "inspector_name")

    func visits(_ filter: VisitFilter) async throws -> [Visit] {
        var (conditions, values): ([String], [SQLValue]) = ([], [])
        func add(_ column: String, _ value: SQLValue) {
            values.append(value)
            conditions.append("\(column) = $\(values.count)")
        }
        if let year = filter.year { add("plan_year", .integer(year)) }
        if let county = filter.county { add("county", .text(county)) }
        if let school = filter.school { add("school", .text(school)) }
        if let inspector = filter.inspector { add("inspector", .text(inspector)) }
        let (condition, found) = (conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND "), values)
        return try await driver.read { try find(condition, found, $0) }
    }

    func visit(_ id: String) async throws -> Visit? {
        try await driver.read { try find("id = $1", [.text(id)], $0).first }
    }

    func add(_ visits: [Visit]) async throws {
        try await driver.write { connection in
            try connection.insert(
                into: "inspection_visit", columns: ["id", "plan_year", "county", "school", "state", "inspector", "body", "version"],
                rows: try visits.map { visit in
                    var first = visit
                    first.version = 1
                    return [
                        .text(first.id), .integer(first.year), .text(first.county), .text(first.school), .text(first.state.rawValue),
                        .text(first.inspector), .text(try body(first)), .integer(1),
                    ]
                })
            for visit in visits { try rememberPhotos(visit, besides: nil, connection) }
        }
    }

    func change(
        school: String, year: Int, _ decide: @escaping @Sendable ([Visit]) throws -> [Visit]
    ) async throws -> [Visit] {
        try await driver.write { connection in
            let all = try find("school = $1 AND plan_year = $2", [.text(school), .integer(year)], connection)
            return try decide(all).map { changed in
                guard let old = all.first(where: { $0.id == changed.id }) else { throw InspectionRefusal("没有这次检查，可能链接有误") }
                if old == changed { return old }
                var next = changed
                next.version = old.version + 1
                try connection.execute(
                    "UPDATE inspection_visit SET state = $1, inspector = $2, body = $3, version = $4 WHERE id = $5",
                    [
                        .text(next.state.rawValue), .text(next.inspector), .text(try body(next)), .integer(next.version),
                        .text(next.id),
                    ])
                try rememberPhotos(next, besides: old, connection)
                return next
            }
        }
    }

    // MARK: Who answers for a school

    func responsibilities(_ county: String?) async throws -> [Responsibility] {
        try await driver.read { connection in
            try responsibilities(connection).filter { county == nil || $0.county == county }
        }
    }

    func assign(_ one: Responsibility, _ decide: @escaping @Sendable ([Responsibility]) throws -> Void) async throws {
        try await driver.write { connection in
            try decide(try responsibilities(connection))
            try connection.execute("DELETE FROM school_inspector WHERE school = $1", [.text(one.school)])
            try connection.insert(
                into: "school_inspector", columns: ["school", "county", "region", "school_name", "inspector", "inspector_name"],
                rows: [
                    [
                        .text(one.school), .text(one.county), .text(one.region), .text(one.schoolName), .text(one.inspector),
                        .text(try fields.seal(one.inspectorName, at: StoredInspection.name.row(one.school))),
                    ]
                ])
        }
    }

    func release(school: String) async throws {
        _ = try await driver.write { try $0.execute("DELETE FROM school_inspector WHERE school = $1", [.text(school)]) }
    }

    // MARK: Rows

    private func responsibilities(_ connection: any SQLConnection) throws -> [Responsibility] {
        try connection.rows(
            "SELECT county, region, school, school_name, inspector, inspector_name FROM school_inspector ORDER BY county, school"
        ) { row in
            let school = try row.text(2)
            return Responsibility(
                county: try row.text(0), region: try row.text(1), school: school, schoolName: try row.text(3),
                inspector: try row.text(4), inspectorName: try fields.open(try row.text(5), at: StoredInspection.name.row(school)))
        }
    }

    private func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Visit] {
        try connection.rows(
            "SELECT id, body, version FROM inspection_visit WHERE \(condition) ORDER BY county, school, id", values
        ) { row in
            let decoder = JSONDecoder()
            let text: String = try fields.open(try row.text(1), at: StoredInspection.record.row(try row.text(0)))
            decoder.dateDecodingStrategy = .secondsSince1970
            var visit = try decoder.decode(Visit.self, from: Data(text.utf8))
            visit.version = try row.integer(2)
            return visit
        }
    }

    /// The record is sealed: what files it speaks of stands beside it.
    private func rememberPhotos(_ visit: Visit, besides old: Visit?, _ connection: any SQLConnection) throws {
        let new = Set(visit.photos.map(\.digest)).subtracting(old?.photos.map(\.digest) ?? [])
        try connection.insert(
            into: "inspection_photo", columns: ["visit_id", "digest"], rows: new.sorted().map { [.text(visit.id), .text($0)] })
    }

    private func body(_ visit: Visit) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try fields.seal(String(decoding: try encoder.encode(visit), as: UTF8.self), at: StoredInspection.record.row(visit.id))
    }
}
