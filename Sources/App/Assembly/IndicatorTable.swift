internal import Definitions
public import Foundation
public import Indicators
internal import Vocabulary
internal import Workbooks

/// Any table with the indicators of any catalogue folder: values by row, mean and spread by group.
public struct IndicatorTable: Sendable {
    let catalogue: IndicatorCatalogue
    let groupBy: String?
    let weight: String?

    public init(_ catalogue: IndicatorCatalogue, groupBy: String?, weight: String?) {
        self.catalogue = catalogue
        self.groupBy = groupBy
        self.weight = weight
    }

    public struct Group: Encodable, Sendable {
        public struct Entry: Encodable, Sendable {
            public var indicator: String
            public var label: String
            public var units: Int
            public var unknown: Int
            public var mean: Double?
            public var sd: Double?
            public var cv: Double?
            public var gini: Double?
            public var theil: Double?
            public var maxMinRatio: Double?
        }
        public var group: String
        public var indicators: [Entry]
    }

    /// Reads a table whose headers are ids or labels of data elements (or of a form in the folder) and evaluates it.
    /// Throws `FileRefusal` with what is wrong in the user's words.
    public func run(_ file: URL) throws -> [Group] {
        let table = try NumberTable(file, texts: groupBy.map { [$0] } ?? [])
        var columns = NumberColumns(count: table.count)
        for (name, place) in names(table) { columns.set(name, place) }
        let weights = try weight.map { name in
            guard let column = columns[name] ?? table.numbers[name].map({ $0[...] }) else { throw table.missing(name) }
            return Array(column)
        }
        if let weights { columns.set(Self.weightName, weights) }
        if let groupBy, table.texts[groupBy] == nil { throw table.missing(groupBy) }
        let labels = groupBy.flatMap { table.texts[$0] } ?? Array(repeating: "全部", count: table.count)
        let names = Set(labels).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let groups = Groups(groupOf: labels.map { places[$0] ?? 0 }, count: names.count)
        let indicators = catalogue.indicators.values.sorted { $0.id < $1.id }.map(weighted)
        let results = IndicatorFrame(columns, groups: groups).evaluate(indicators)
        return names.enumerated().map { place, name in
            Group(
                group: name,
                indicators: zip(indicators, results).map { entry($0, $1, groups.places(place), $1.groups[place]) })
        }
    }

    private static let weightName = "__weight"

    private func weighted(_ indicator: Indicator) -> Indicator {
        guard weight != nil else { return indicator }
        var copy = indicator
        copy.weight = .variable(Self.weightName)
        return copy
    }

    private func entry(
        _ indicator: Indicator, _ column: IndicatorFrame.Column, _ places: Range<Int>, _ statistics: GroupStatistics
    ) -> Group.Entry {
        let isKnown = statistics.mean != nil
        let (values, weights) = (Array(column.values[places]), Array(column.weights[places]))
        return Group.Entry(
            indicator: indicator.id, label: indicator.label.zh, units: statistics.count, unknown: statistics.unknown, mean: statistics.mean,
            sd: statistics.sd, cv: statistics.cv, gini: isKnown ? Inequality.gini(values, weights: weights) : nil,
            theil: isKnown ? Inequality.theil(values, weights: weights) : nil, maxMinRatio: statistics.maxMinRatio)
    }

    /// Columns by the id of their data element: the header is the id, the label, or a header of a form in the folder.
    private func names(_ table: NumberTable) -> [(String, [Double])] {
        var found: [(String, [Double])] = []
        for element in catalogue.elements.values.sorted(by: { $0.id < $1.id }) {
            let headers = catalogue.forms.values.flatMap(\.columns).filter { $0.field == .fact(FactKey(element.id, nil)) }
            let spellings = [element.id, element.label.zh, element.label.en] + headers.flatMap { [$0.header] + $0.aliases }
            if let column = spellings.lazy.compactMap({ table.numbers[$0] }).first { found.append((element.id, column)) }
        }
        return found
    }
}
