public import Casework
internal import Foundation
internal import HTTPTypes
public import Indicators
public import Pages
internal import Registry
public import Vocabulary

/// 靶向整改, as the page of a county does it.
public struct RectificationWork: Sendable {
    /// A binding shortfall, and the case that is open for it.
    public struct Found: Sendable {
        var shortfall: Shortfall
        var key: ShortfallKey
        var open: CaseSummary?

        public init(shortfall: Shortfall, key: ShortfallKey, open: CaseSummary?) {
            self.shortfall = shortfall
            self.key = key
            self.open = open
        }
    }

    /// What whoever orders it decides.
    public struct Order: Sendable {
        public var coOwners: [CaseUnit]
        public var finishBy: Day
        /// 分; nil where no money is set aside.
        public var money: Int?
        public var demand: String
    }

    /// How one of the chosen went.
    public struct Outcome: Sendable {
        var key: ShortfallKey
        var title: String
        var opened: Case?
        var refusal: CaseRefusal?

        public init(key: ShortfallKey, title: String, opened: Case?, refusal: CaseRefusal?) {
            self.key = key
            self.title = title
            self.opened = opened
            self.refusal = refusal
        }
    }

    var list: @Sendable (_ county: String, _ standard: String, SchoolYear, Visit) async throws -> [Found]
    var offices: @Sendable (_ county: String) -> [(unit: CaseUnit, label: String)]
    var order: @Sendable ([ShortfallKey], _ county: String, _ standard: String, SchoolYear, Order, Visit) async throws -> [Outcome]
    /// What came of it, of the counties one may look at whole.
    var effects: @Sendable (_ year: Int, Visit) async throws -> [RectificationEffects]
    var effect: @Sendable (_ county: String, _ year: Int, Visit) async throws -> RectificationEffects

    public init(
        list: @escaping @Sendable (String, String, SchoolYear, Visit) async throws -> [Found],
        offices: @escaping @Sendable (String) -> [(unit: CaseUnit, label: String)],
        order: @escaping @Sendable ([ShortfallKey], String, String, SchoolYear, Order, Visit) async throws -> [Outcome],
        effects: @escaping @Sendable (Int, Visit) async throws -> [RectificationEffects],
        effect: @escaping @Sendable (String, Int, Visit) async throws -> RectificationEffects
    ) {
        self.list = list
        self.offices = offices
        self.order = order
        self.effects = effects
        self.effect = effect
    }
}

extension ApiDesk {
    /// Shortfalls that become cases: which there are, who may help, all of them ordered at once.
    var rectificationOperations: [Operation] {
        let (work, cases) = (work.rectifications, work.cases)
        let scope = [Parameter.county, .year, .standard]
        return [
            .list(
                "/counties/{county}/rectifications", "listRectifiableShortfalls", .cases,
                LocalizedText(zh: "可以整改的短板，哪些已经立件", en: "Shortfalls to be made good, and the cases open for them"), scope, isOfSchool: true,
                note: "只有让学校不达标的短板，取已冻结的数。key 用来下发整改。", of: RectifiableEntry.shape, key: { $0.found.key.description }
            ) { call in
                try call.requireSight(of: call.segment("county"))
                let asked = try await Asked(call, self)
                return try await work.list(call.segment("county"), asked.standard.id, asked.year, call.visit).map { found in
                    RectifiableEntry(
                        found: found, definition: found.open.flatMap { cases.definition($0.definition) }, today: call.visit.today)
                }
            },
            .list(
                "/counties/{county}/rectification-offices", "listRectificationOffices", .cases,
                LocalizedText(zh: "可以协办整改的单位", en: "Offices that may help to make shortfalls good"), [.county], of: OfficeEntry.shape,
                key: \.unit
            ) { call in
                try call.requireSight(of: call.segment("county"))
                return work.offices(call.segment("county")).map { OfficeEntry(unit: $0.unit.key, label: $0.label) }
            },
            .post(
                "/counties/{county}/rectifications", "orderRectifications", .cases,
                LocalizedText(zh: "下发整改：每项短板立一件", en: "Order shortfalls to be made good: one case each"), needs: .duty(.handle), scope,
                body: RectificationOrder.body, note: "逐项给出结果：立了件的有 case，没有立的有 refusal，别的照办。同一项短板不会重复立件。",
                gives: OrderedEntry.shape.list
            ) { call in
                let county = call.segment("county")
                try call.require(.handle, in: county)
                let (keys, order) = try RectificationOrder.read(call)
                try call.require(.look, in: county)
                let asked = try await Asked(call, self)
                call.note.say("\(county)\(keys.count)项短板")
                return try await work.order(keys, county, asked.standard.id, asked.year, order, call.visit).map { outcome in
                    OrderedEntry(
                        outcome: outcome, definition: outcome.opened.flatMap { cases.definition($0.definition) }, today: call.visit.today)
                }
            },
        ]
    }
}

/// What a program orders.
private enum RectificationOrder {
    static let body = Operation.Body.json(
        .object([
            Property("shortfalls", .list(.text(1...200), most: 200), "要整改的短板：列表里的 key"),
            Property("finishBy", .day, "要求完成的日期"),
            Property("money", .number, "每件安排的经费，元", isRequired: false),
            Property("demand", .text(0...300), "整改要求，写在数字前面", isRequired: false),
            Property("coOwners", .list(.text(1...120), most: 20), "协办单位：见 rectification-offices 的 unit", isRequired: false),
        ]),
        example: .object(
            ("shortfalls", .list([.text("balance-2017/2137020001/primary/L1")])), ("finishBy", .text("2026-12-31")),
            ("money", .integer(50_000)), ("demand", .text("暑假前办结"))))

    /// Throws a 422 that names every place that is wrong.
    static func read(_ call: Call) throws -> (keys: [ShortfallKey], order: RectificationWork.Order) {
        var complaints: [Problem.Complaint] = []
        func each<Value>(_ name: String, _ zh: String, _ en: String, _ value: (String) -> Value?) -> [Value] {
            (call.body[name]?.items?.compactMap(\.string) ?? []).enumerated().compactMap { place, text in
                if let value = value(text) { return value }
                complaints.append(Problem.Complaint(pointer: "/\(name)/\(place)", zh: zh, en: en))
                return nil
            }
        }
        let keys = each("shortfalls", "不是短板的 key，应如 balance-2017/2137020001/primary/L1", "is no key of a shortfall") { ShortfallKey($0) }
        let units = each("coOwners", "不是单位，应如 county.office@清河县", "is no office") { CaseUnit(key: $0) }
        let yuan = call.body["money"].flatMap { money -> Double? in
            switch money {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        }
        if let yuan, !(0...1e9).contains(yuan) {
            complaints.append(Problem.Complaint(pointer: "/money", zh: "应在0到10亿元之间", en: "must lie between 0 and 1e9 yuan"))
        }
        guard complaints.isEmpty, let finishBy = call.body["finishBy"]?.string.flatMap({ Day(iso: $0) }) else {
            throw Problem(.body, complaints.map { "\($0.pointer)\($0.zh)" }.joined(separator: "；"), complaints: complaints)
        }
        let order = RectificationWork.Order(
            coOwners: units, finishBy: finishBy, money: yuan.map { Int(($0 * 100).rounded()) }, demand: call.body["demand"]?.string ?? "")
        return (keys, order)
    }
}

private struct RectifiableEntry: Sendable {
    var found: RectificationWork.Found
    var definition: CaseDefinition?
    var today: Day

    static let shape = Shape<RectifiableEntry>.object(
        "RectifiableShortfall",
        [
            Field("key", .text) { $0.found.key.description },
            Field("shortfall", ShortfallEntry.shape) { ShortfallEntry(shortfall: $0.found.shortfall) },
            .maybe("case", CaseEntry.shape, "已经立了的件；没有则可以下发") { entry in
                entry.found.open.map { CaseEntry(row: $0, definition: entry.definition, today: entry.today) }
            },
        ])
}

private struct OfficeEntry: Sendable {
    var unit: String
    var label: String

    static let shape = Shape<OfficeEntry>.object("CaseOffice", [Field("unit", .text) { $0.unit }, Field("label", .text) { $0.label }])
}

private struct OrderedEntry: Sendable {
    var outcome: RectificationWork.Outcome
    var definition: CaseDefinition?
    var today: Day

    private static let refusal = Shape<CaseRefusal>.object(
        "CaseRefusal", [Field("code", Shape<CaseRefusal.Code>.word) { $0.code }, Field("message", .text) { $0.message }])

    static let shape = Shape<OrderedEntry>.object(
        "OrderedRectification",
        [
            Field("key", .text) { $0.outcome.key.description }, Field("title", .text) { $0.outcome.title },
            .maybe("case", CaseEntry.shape, "立了的件") { entry in
                entry.outcome.opened.flatMap { item in
                    entry.definition.map { CaseEntry(row: $0.summary(item), definition: $0, today: entry.today) }
                }
            },
            .maybe("refusal", refusal, "为什么没有立件") { $0.outcome.refusal },
        ])
}
