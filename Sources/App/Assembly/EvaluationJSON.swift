public import Foundation
public import Indicators
internal import Vocabulary

/// The result of an evaluation as JSON; scripts depend on its keys.
public struct EvaluationJSON {
    private let result: StandardResult

    public init(_ result: StandardResult) { self.result = result }

    /// The bytes of the file, in UTF-8 with sorted keys.
    public func data() throws -> Data {
        var whole = Data()
        try write { whole.append($0) }
        return whole
    }

    /// The same bytes a county at a time: encoded as a whole, a province would need several times its size in memory.
    public func write(_ sink: (Data) throws -> Void) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try sink(Data("{\n  \"counties\" : [\n".utf8))
        for (place, county) in result.counties.enumerated() {
            if place > 0 { try sink(Data(",\n".utf8)) }
            try sink(EvaluationJSON.indented(try encoder.encode(County(county))))
        }
        let standard = String(decoding: try encoder.encode(result.standard.id), as: UTF8.self)
        try sink(Data("\n  ],\n  \"schoolYear\" : \(result.schoolYear.start),\n  \"standard\" : \(standard)\n}".utf8))
    }

    /// Encoded lines moved to where they stand inside the whole; empty lines stay empty. A line break inside a text is escaped.
    private static func indented(_ encoded: Data) -> Data {
        var moved: [UInt8] = []
        moved.reserveCapacity(encoded.count * 5 / 4)
        var isLineStart = true
        for byte in encoded {
            if isLineStart, byte != 0x0A { moved += [0x20, 0x20, 0x20, 0x20] }
            moved.append(byte)
            isLineStart = byte == 0x0A
        }
        return Data(moved)
    }

    struct County: Encodable {
        let county: String
        let verdict: Verdict
        let overall: Verdict
        let parts: [Part]
        let stages: [String: StageEntry]
        let units: [Unit]
        let shortfalls: [Lack]
        let excluded: [Excluded]

        init(_ result: CountyResult) {
            county = result.county
            verdict = result.verdict
            overall = result.overall
            parts = result.parts.map(Part.init)
            stages = Dictionary(uniqueKeysWithValues: result.stages.map { ($0.stage.rawValue, StageEntry($0)) })
            units = result.units.map(Unit.init)
            shortfalls = result.shortfalls.map(Lack.init)
            excluded = result.excluded.map { Excluded(school: $0.school, name: $0.name, reason: $0.reason) }
        }
    }

    struct Part: Encodable {
        struct Item: Encodable {
            let code: String
            let label: String
            let verdict: Verdict
        }
        let part: String
        let verdict: Verdict
        let items: [Item]

        init(_ result: PartResult) {
            part = result.id
            verdict = result.verdict
            items = result.items.map { Item(code: $0.code, label: $0.label.zh, verdict: $0.verdict) }
        }
    }

    struct StageEntry: Encodable {
        let units: Int
        let pupils: Number
        let indicators: [Measured]
        let compositeCV: Number
        let verdict: Verdict

        init(_ result: StageResult) {
            units = result.units
            pupils = Number(result.pupils)
            indicators = result.indicators.map(Measured.init)
            compositeCV = Number(result.compositeCV)
            verdict = result.verdict
        }
    }

    struct Measured: Encodable {
        let code: String
        let mean: Number
        let sd: Number
        let cv: Number
        let ceiling: Number
        let verdict: Verdict
        let gini: Number
        let theil: Number
        let maxMinRatio: Number

        init(_ result: IndicatorResult) {
            code = result.code
            mean = Number(result.statistics.mean)
            sd = Number(result.statistics.sd)
            cv = Number(result.cv)
            ceiling = Number(result.ceiling)
            verdict = result.verdict
            gini = Number(result.gini)
            theil = Number(result.theil)
            maxMinRatio = Number(result.statistics.maxMinRatio)
        }
    }

    struct Unit: Encodable {
        let school: String
        let name: String
        let stage: String
        let pupils: Number
        let values: [String: Double]
        let unknown: [String: String]
        let met: Int
        let verdict: Verdict
        /// Only where the school reports a division of its own.
        let splits: [String: Split]?

        init(_ result: UnitResult) {
            school = result.school
            name = result.name
            stage = result.stage.rawValue
            pupils = Number(result.pupils)
            values = result.values
            unknown = result.unknown.mapValues(\.rawValue)
            met = result.met
            verdict = result.verdict
            splits = result.splits.isEmpty ? nil : result.splits.mapValues(Split.init)
        }
    }

    struct Split: Encodable {
        let whole: Number
        let weighted: Number
        let reported: Number
        let used: String

        init(_ split: ResourceSplit) {
            whole = Number(split.whole)
            weighted = Number(split.weighted)
            reported = Number(split.reported)
            used = split.used.rawValue
        }
    }

    struct Lack: Encodable {
        let school: String
        let name: String
        let stage: String?
        let code: String
        let label: String
        let value: Number
        let threshold: Number
        let floor: Number
        let missing: Number
        let needed: Number
        let unit: String
        let rule: String
        let ruleCode: String
        let binding: Bool

        init(_ shortfall: Shortfall) {
            school = shortfall.school
            name = shortfall.name
            stage = shortfall.stage?.rawValue
            code = shortfall.code
            label = shortfall.label
            value = Number(shortfall.value)
            threshold = Number(shortfall.threshold)
            floor = Number(shortfall.floor)
            missing = Number(shortfall.missing)
            needed = Number(shortfall.needed)
            unit = shortfall.unit
            rule = shortfall.ruleText
            ruleCode = shortfall.rule.rawValue
            binding = shortfall.isBinding
        }
    }

    struct Excluded: Encodable {
        let school: String
        let name: String
        let reason: String
    }

    /// A number, or an explicit null where there is none.
    struct Number: Encodable {
        let value: Double?
        init(_ value: Double?) { self.value = value.flatMap { $0.isFinite ? $0 : nil } }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let value { try container.encode(value) } else { try container.encodeNil() }
        }
    }
}
