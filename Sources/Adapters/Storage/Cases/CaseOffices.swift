internal import Casework

/// The offices of the posts a list is asked for. A post held for all schools of a county, or for all counties, is every office of its
/// kind that ever had a case.
struct CaseOffices {
    /// With more offices than this a list is read as one lane and sorted.
    private static let mostLanes = 24

    private let units: [String]

    init(_ filter: CaseFilter, _ connection: any SQLConnection) throws {
        let posts: [CaseActor.Post] =
            switch filter.tray {
            case .posts(let posts), .owned(let posts): posts
            case .all, .mine, .openedBy: []
            }
        var found: Set<String> = []
        for post in posts {
            found.insert(post.unit.key)
            guard post.school == nil else { continue }
            let plain = post.unit.key.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            let pattern = SQLValue.text(plain + (post.county == nil ? "%" : "/%"))
            found.formUnion(try connection.rows("SELECT unit FROM case_unit WHERE unit LIKE $1 ESCAPE '!'", [pattern]) { try $0.text(0) })
        }
        units = found.sorted()
    }

    /// Conditions, one a lane; none where there are no offices.
    func lanes(_ column: String, _ value: (SQLValue) -> String) -> [[String]] {
        let places = units.map { value(.text($0)) }
        guard places.count > CaseOffices.mostLanes else { return places.map { ["\(column) = \($0)"] } }
        return [["\(column) IN (\(places.joined(separator: ", ")))"]]
    }
}

extension CaseRows {
    /// Writes down the offices that are new; see `CaseOffices`.
    static func remember(_ all: [CaseRows], _ connection: any SQLConnection) throws {
        guard let owner = columns.firstIndex(of: "owner"), let waiting = tables.firstIndex(where: { $0.name == "case_waiting" }) else {
            return
        }
        let units = Set(all.flatMap { rows in [rows.file[owner]] + rows.beside[waiting].map { $0[0] } }).subtracting([.null])
        for unit in units {
            try connection.execute("INSERT INTO case_unit (unit) VALUES ($1) ON CONFLICT (unit) DO NOTHING", [unit])
        }
    }
}
