public import Casework
internal import Foundation
public import Indicators
public import Pages
internal import Registry
public import Vocabulary

/// A binding shortfall, and the case that is open for it.
public struct OpenableShortfall: Sendable {
    public var shortfall: Shortfall
    public var key: ShortfallKey
    /// Nil where none is open.
    public var open: CaseSummary?
}

/// Why rectifications cannot be ordered so.
public struct ShortfallRefusal: Refusal, Hashable {
    public var message: String
    public var ground: RefusalGround

    init(_ message: String, _ ground: RefusalGround = .input) {
        self.message = message
        self.ground = ground
    }
}

/// What can be done with the shortfalls of a county, whoever asks: the page draws the answers, the interface for programs writes
/// them down.
extension ShortfallsDesk {
    /// Shortfalls one order may name.
    public static let most = 200

    /// The binding shortfalls of a county as the visitor may see them, each once. Throws `PageMissing` where there are no data.
    public func shortfalls(of county: String, standard: String, _ year: SchoolYear, _ visit: Visit) async throws -> [OpenableShortfall] {
        try visit.requireSight(of: county)
        // Of somebody who sees single schools, those alone.
        guard let result = visit.seen(try await evaluated(standard, year)).result.county(county) else {
            throw PageMissing("没有\(county)的数据")
        }
        var seen: Set<ShortfallKey> = []
        let gaps = result.shortfalls.filter(\.isBinding).map { ($0, ShortfallKey($0, standard: standard)) }
            .filter { seen.insert($0.1).inserted }
        let open = try await OpenRectifications(office).alreadyOpen(gaps.map(\.1))
        return gaps.map { OpenableShortfall(shortfall: $0, key: $1, open: open[$1]) }
    }

    /// Offices of the county and the city that may join.
    public func offices(_ county: String) -> [(unit: CaseUnit, label: String)] {
        guard let kind = rectification else { return [] }
        return office.definitions.roles.values.filter { [.county, .city].contains($0.level) }.sorted { $0.name < $1.name }.compactMap {
            role in
            CasePlace(county: county, label: county).unit(of: role).map { ($0, kind.title($0)) }
        }
    }

    /// One case for every chosen shortfall of the county; what cannot be opened is told beside what was. Throws `ShortfallRefusal`.
    public func order(
        _ chosen: [ShortfallKey], of county: String, standard: String, _ year: SchoolYear, _ order: OpenRectifications.Order, _ visit: Visit
    ) async throws -> [OpenRectifications.Outcome] {
        try visit.require(.look, in: county)
        guard !chosen.isEmpty else { throw ShortfallRefusal("请先勾选要整改的短板") }
        guard chosen.count <= ShortfallsDesk.most else {
            throw ShortfallRefusal("一次最多下发\(ShortfallsDesk.most)项，现在选了\(chosen.count)项，请分几次")
        }
        if let yuan = order.money, !(0...100_000_000_000).contains(yuan) { throw ShortfallRefusal("“每件安排经费”应是0到10亿元") }
        let offices = offices(county)
        for unit in order.coOwners where !offices.contains(where: { $0.unit == unit }) {
            throw ShortfallRefusal("“\(unit.key)”不是可以协办的单位，请从\(county)的协办单位里选")
        }
        var evaluated = try await evaluated(standard, year)
        evaluated.result.counties = evaluated.result.counties.filter { $0.county == county }
        return try await OpenRectifications(office).run(
            chosen, in: evaluated, order, by: actor(visit.person, visit.today), at: now(), today: visit.today)
    }

    private func evaluated(_ standard: String, _ year: SchoolYear) async throws -> Evaluated {
        guard let evaluated = try await evaluations.evaluated(standard, year, .official) else {
            throw PageMissing("\(year.label.zh)没有数据")
        }
        return evaluated
    }

    /// The kind of case a shortfall becomes.
    var rectification: CaseDefinition? {
        office.definitions.all.first { $0.opening.from.contains(OpenRectifications.link) }
    }
}
