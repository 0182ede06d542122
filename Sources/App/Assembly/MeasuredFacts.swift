internal import Casework
internal import Geography
internal import Indicators
internal import Pages
internal import Shortfalls
internal import Vocabulary

/// What cases ask about the world: how the thing they were opened for stands now, and where a school lies.
struct MeasuredFacts: CaseFactSource {
    let evaluations: any Evaluations
    /// The system of schools' coordinates where their rows do not say.
    var system: @Sendable () -> CoordinateSystem = { .wgs84 }
    /// Which questions of a new form are held already, by what the case asks.
    var held: @Sendable (Case) async throws -> CaseFact = { _ in .missing("这里不能核对栏目") }

    func fact(_ name: String, for item: Case) async throws -> CaseFact {
        switch name {
        case "verdict.now": try await verdict(item)
        case CaseFacts.schoolPosition: try await position(item)
        case "collection.held": try await held(item)
        default: .missing("程序不知道怎样查“\(name)”")
        }
    }

    /// By today's rows, in the newest year there is.
    private func verdict(_ item: Case) async throws -> CaseFact {
        guard let key = item.links.first(where: { $0.kind == OpenRectifications.link }).flatMap({ ShortfallKey($0.target) }) else {
            return .missing("这件没有关联短板，没有可测算的指标")
        }
        guard let result = try await newest(key.standard)?.result else { return .missing("没有“\(key.standard)”的数据") }
        guard let standing = result.standing(key, upTo: OpenRectifications.goal(item)) else {
            return .missing("\(result.schoolYear.label.zh)没有这所学校的数据")
        }
        return .verdict(standing.verdict, value: standing.value, sentence: standing.sentence)
    }

    private func newest(_ standard: String) async throws -> Evaluated? {
        guard let year = try await evaluations.availability()[standard]?.first else { return nil }
        return try await evaluations.evaluated(standard, year, .live)
    }

    /// From the newest return that has the school with its coordinates, in the system telephones give theirs in.
    private func position(_ item: Case) async throws -> CaseFact {
        guard let school = item.place.school else { return .missing("这件不属于一所学校") }
        for standard in try await evaluations.availability().keys.sorted() {
            guard let table = try await newest(standard)?.evaluation.schools,
                let row = (0..<table.count).first(where: { table.attribute("code", $0) == school }),
                let point = table.point(row, in: self.system())
            else { continue }
            return .position(CasePosition(longitude: point.longitude, latitude: point.latitude))
        }
        return .missing("学校没有登记坐标")
    }
}
