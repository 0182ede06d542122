internal import Definitions
public import Vocabulary

/// A number a school or county reports: what it counts, in which unit, and whose it is.
public struct DataElement: Sendable, Identifiable {
    /// Whose number it is, which decides how a school unit (a school's stage) gets its part.
    public enum Scope: String, Sendable, CaseIterable {
        /// Reported stage by stage: pupils, teachers.
        case stage
        /// Reported for the whole school and apportioned between its stages: floor area, equipment.
        case shared
        /// A fact of the whole school that is not divided: year of building, music rooms.
        case school
        /// A figure of the county.
        case county
    }

    public let id: String
    public var label: LocalizedText
    /// Unit in which the value is kept, such as 人, ㎡, 元, 间.
    public var unit: String
    public var scope: Scope
    /// Counted in whole things: people, rooms, classes.
    public var isWhole: Bool
    /// The least and greatest value that is not absurd.
    public var minimum: Double
    public var maximum: Double
    /// Unit used when speaking of missing amounts, with the factor from `unit`: 元 → 万元 is 10000.
    public var display: (unit: String, divisor: Double)
    public var definition: String
    public var source: String
}

extension DataElement {
    init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(["element", "label", "unit", "scope", "whole", "min", "max", "display", "definition", "source"], log)
        id = definition.id
        label = body.localized("label", log)
        unit = body["unit"]?.text ?? ""
        scope = body.required("scope", log)?.choice(Scope.self, log) ?? .school
        isWhole = body.flag("whole", default: false, log)
        minimum = body["min"]?.asNumber(log) ?? 0
        maximum = body["max"]?.asNumber(log) ?? .infinity
        if let node = body["display"] {
            display = (node.requiredText("unit", log), node.requiredNumber("divisor", log))
        } else {
            display = (unit, 1)
        }
        self.definition = body["definition"]?.text ?? ""
        source = body["source"]?.text ?? ""
        if !definition.id.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }) {
            log.error("element.id", at: body.place, "数据元编号只用小写字母、数字和下划线，公式里才能写它")
        }
    }
}
