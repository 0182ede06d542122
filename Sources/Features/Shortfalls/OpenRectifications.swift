public import Casework
public import Foundation
public import Indicators
public import Vocabulary

/// Chosen shortfalls → one case each, in one step: what is missing, what it will change, who is answerable, by when, with what money.
public struct OpenRectifications: Sendable {
    /// The kind of link between a case and its shortfall.
    public static let link = "shortfall"
    /// To the indicator it falls short of: `standard/code`.
    public static let indicatorLink = "indicator"
    static let kind = "rectification"

    /// What whoever orders it decides.
    public struct Order: Hashable, Sendable {
        /// nil for the school itself.
        public var owner: CaseUnit?
        public var coOwners: [CaseUnit]
        public var finishBy: Day
        /// 分, for each case; nil where no money is set aside.
        public var money: Int?
        /// In front of the figures; may be empty.
        public var demand: String
        /// How the item is to stand once what a plan has for it is done; nil where there is no plan and the whole is asked for.
        public var promise: ItemStanding?

        public init(
            owner: CaseUnit? = nil, coOwners: [CaseUnit] = [], finishBy: Day, money: Int? = nil, demand: String = "",
            promise: ItemStanding? = nil
        ) {
            self.owner = owner
            self.coOwners = coOwners
            self.finishBy = finishBy
            self.money = money
            self.demand = demand
            self.promise = promise
        }

        /// A plan that leaves an item between floor and threshold asks for the floor: the school may miss the item.
        func goal(_ gap: Shortfall) -> ShortfallGoal {
            guard let value = promise?.value, let floor = gap.floor, gap.stage != nil else { return .threshold }
            return promise?.verdict == .notMet && Comparison.atLeast.holds(value, floor) ? .floor : .threshold
        }
    }

    /// How far a case asks its shortfall to be made good.
    public static func goal(_ item: Case) -> ShortfallGoal {
        guard case .choice(let goal) = item.answers["goal"] else { return .threshold }
        return ShortfallGoal(rawValue: goal) ?? .threshold
    }

    /// How one of the chosen went.
    public struct Outcome: Sendable {
        public var key: ShortfallKey
        public var title: String
        public var opened: Case?
        public var refusal: CaseRefusal?
    }

    private let office: CaseOffice

    public init(_ office: CaseOffice) { self.office = office }

    /// Each for itself: what cannot be opened is told, the rest is opened. A chosen shortfall that is none (any more) is refused.
    public func run(
        _ chosen: [ShortfallKey], in evaluated: Evaluated, _ order: Order, by actor: CaseActor, at now: Date, today: Day
    ) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for key in chosen {
            guard let (county, gap) = OpenRectifications.find(key, evaluated.result) else {
                let refusal = CaseRefusal(.link, "\(key.code)：这所学校现在没有这项短板，可能数据已经更新。请刷新短板清单再选")
                outcomes.append(Outcome(key: key, title: key.description, opened: nil, refusal: refusal))
                continue
            }
            let goal = order.goal(gap)
            let title = OpenRectifications.title(gap, goal)
            do {
                var effect = PredictedEffect(gap, in: county, evaluated)
                // What it takes to the threshold is not what is asked for then.
                if goal == .floor { (effect.valueThen, effect.cvThen) = (order.promise?.value, nil) }
                let opened = try await office.open(
                    OpenRectifications.kind, OpenRectifications.beginning(gap, county, title, order),
                    command(gap, key, goal, effect, order, actor, now, today))
                outcomes.append(Outcome(key: key, title: title, opened: opened, refusal: nil))
            } catch let refusal as CaseRefusal {
                outcomes.append(Outcome(key: key, title: title, opened: nil, refusal: refusal))
            }
        }
        return outcomes
    }

    /// The shortfalls of a list that have an open case already: target → case.
    public func alreadyOpen(_ keys: [ShortfallKey]) async throws -> [ShortfallKey: CaseSummary] {
        let found = try await office.query.claims(OpenRectifications.link, keys.map(\.description))
        return Dictionary(uniqueKeysWithValues: found.compactMap { target, item in ShortfallKey(target).map { ($0, item) } })
    }

    private static func find(_ key: ShortfallKey, _ result: StandardResult) -> (CountyResult, Shortfall)? {
        for county in result.counties {
            // Of several gaps of one item, the binding one first.
            let gaps = county.shortfalls.filter { $0.school == key.school && $0.stage == key.stage && $0.code == key.code }
            if let gap = gaps.first(where: \.isBinding) ?? gaps.first { return (county, gap) }
        }
        return nil
    }

    private static func title(_ gap: Shortfall, _ goal: ShortfallGoal) -> String {
        let stage = gap.stage.map { "（\($0.label.zh)）" } ?? ""
        if goal == .floor { return "\(gap.code) \(gap.label)补到底线\(stage)" }
        guard let needed = gap.needed ?? gap.missing else { return "\(gap.code) \(gap.label)未达标\(stage)" }
        return "\(gap.code) \(gap.label)缺\(text(needed))\(gap.unit)\(stage)"
    }

    private static func beginning(_ gap: Shortfall, _ county: CountyResult, _ title: String, _ order: Order) -> CaseBeginning {
        CaseBeginning(
            title: title, place: CasePlace(county: county.county, school: gap.school, label: gap.name),
            subject: "\(gap.school)/\(gap.stage?.rawValue ?? "school")", owner: order.owner)
    }

    private func command(
        _ gap: Shortfall, _ key: ShortfallKey, _ goal: ShortfallGoal, _ effect: PredictedEffect, _ order: Order, _ actor: CaseActor,
        _ now: Date, _ today: Day
    ) -> CaseCommand {
        let floor = goal == .floor ? gap.floor.map { "，补到底线\(OpenRectifications.text($0))" } ?? "" : ""
        let figures = "现值\(OpenRectifications.text(gap.value))\(floor)，标准\(OpenRectifications.text(gap.threshold))，\(gap.ruleText)"
        var answers: [String: FieldValue] = [
            "demand": .text([order.demand, figures].filter { !$0.isEmpty }.joined(separator: "。")), "finishBy": .date(order.finishBy),
            "measure": .text(gap.unit), "valueNow": .number(effect.valueNow),
        ]
        answers["goal"] = .choice(goal.rawValue)
        // The quantity known is the one to the threshold.
        if goal == .threshold { answers["amount"] = (gap.needed ?? gap.missing).map { .number($0) } }
        answers["money"] = order.money.map { .money($0) }
        answers["valueThen"] = effect.valueThen.map { .number($0) }
        answers["cvNow"] = effect.cvNow.map { .number($0) }
        answers["cvThen"] = effect.cvThen.map { .number($0) }
        let links = [
            CaseLink(kind: OpenRectifications.link, target: key.description, label: "\(gap.name)\(OpenRectifications.title(gap, goal))"),
            CaseLink(kind: OpenRectifications.indicatorLink, target: "\(key.standard)/\(gap.code)", label: "\(gap.code) \(gap.label)"),
        ]
        return CaseCommand(
            .note, by: actor, at: now, today: today, answers: answers, coOwners: order.coOwners.isEmpty ? nil : order.coOwners,
            links: links)
    }

    /// At most two decimals.
    private static func text(_ number: Double) -> String {
        let rounded = (number * 100).rounded() / 100
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
