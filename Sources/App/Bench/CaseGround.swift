import Indicators
import Storage

/// Where invented cases happen: the schools of a store, or two thousand invented ones in twenty counties.
struct CaseGround: Sendable {
    struct School: Sendable {
        var county: String
        var code: String
        var name: String
    }

    var schools: [School]
    var counties: [String] { Array(Set(schools.map(\.county))).sorted() }

    static let invented = CaseGround(
        schools: (0..<2_000).map { School(county: "第\($0 / 100 + 1)县", code: "s\($0)", name: "第\($0 + 1)学校") })

    /// The schools of the newest school returns, where there are any.
    static func of(_ storage: Storage, _ form: ReturnForm) async throws -> CaseGround {
        guard let year = try await storage.returns.schoolYears(form: form.id).first else { return .invented }
        let table = try await storage.returns.table(form, year)
        return CaseGround(
            schools: (0..<table.count).map { row in
                School(county: table.attribute("county", row), code: table.attribute("code", row), name: table.attribute("name", row))
            })
    }
}
