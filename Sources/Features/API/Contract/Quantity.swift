internal import Indicators
internal import Vocabulary

/// A number as the interface gives it: known with its value, or not, with the reason. Never a bare `null`, never a zero that
/// nobody counted.
enum Quantity: Sendable, Equatable {
    case known(Double)
    case unknown(reason: String, label: LocalizedText)
    case notApplicable(reason: String, label: LocalizedText)

    /// A number that one or more missing figures leave open.
    static let missing = Quantity.unknown(reason: "missingInput", label: LocalizedText(zh: "有数据没有填，算不出", en: "Some figure is missing"))
    static let noLimit = Quantity.notApplicable(reason: "noLimit", label: LocalizedText(zh: "标准没有规定", en: "The standard sets none"))
    static let noAmount = Quantity.notApplicable(
        reason: "noAmount", label: LocalizedText(zh: "没有可以补的数量", en: "There is no amount to add"))
    static let notDivided = Quantity.notApplicable(
        reason: "notDivided", label: LocalizedText(zh: "不用分摊", en: "Nothing is divided"))

    init(_ value: Double?, else absent: Quantity = .missing) {
        self = value.flatMap { $0.isFinite ? .known($0) : nil } ?? absent
    }

    init(_ value: Double?, _ absence: Absence?) {
        self.init(value, else: absence.map(Quantity.init(absence:)) ?? .missing)
    }

    init(absence: Absence) {
        let label = LocalizedText(zh: absence.zh, en: Quantity.english(absence))
        self =
            absence == .notApplicable
            ? .notApplicable(reason: absence.rawValue, label: label) : .unknown(reason: absence.rawValue, label: label)
    }

    private static func english(_ absence: Absence) -> String {
        switch absence {
        case .blank: "Left empty"
        case .unreadable: "Not a usable number"
        case .noColumn: "The table has no such column"
        case .zeroDenominator: "The denominator is zero"
        case .notApplicable: "Not applicable"
        }
    }
}

extension Shape where Value == Quantity {
    static var quantity: Shape { QuantityShape.shape }
}

private enum QuantityShape {
    /// `{"state":"known","value":1.5}`, `{"state":"unknown","reason":"blank","label":{…}}`.
    static let shape = Shape<Quantity>(
        schema: .named(
            "Quantity",
            .variants([
                .object([Property("state", .constant("known")), Property("value", .number)]),
                .object([
                    Property("state", .constant("unknown")), Property("reason", .word),
                    Property("label", Shape<LocalizedText>.label.schema),
                ]),
                .object([
                    Property("state", .constant("notApplicable")), Property("reason", .word),
                    Property("label", Shape<LocalizedText>.label.schema),
                ]),
            ]))
    ) { quantity in
        switch quantity {
        case .known(let value): .object(("state", .text("known")), ("value", .number(value)))
        case .unknown(let reason, let label):
            .object(("state", .text("unknown")), ("reason", .text(reason)), ("label", Shape<LocalizedText>.label.write(label)))
        case .notApplicable(let reason, let label):
            .object(("state", .text("notApplicable")), ("reason", .text(reason)), ("label", Shape<LocalizedText>.label.write(label)))
        }
    }
}
