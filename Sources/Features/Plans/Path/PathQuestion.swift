internal import Foundation
internal import Jobs
internal import PathToStandard
public import Vocabulary

/// What somebody asks: the cheapest path to the standard for one county or for every county, within limits and at prices.
public struct PathQuestion: Hashable, Sendable, Codable {
    public var standard: String
    public var year: Int
    /// Nil for every county, each for itself.
    public var county: String?
    /// Yuan; nil without a limit.
    public var budget: Int?
    public var hires: Int?
    public var moves: Int?
    /// Codes of schools at which nothing is built.
    public var noBuilding: [String] = []
    /// Square metres that may be added at a school.
    public var land: [String: Int] = [:]
    /// In how many years all is done, and yuan for each; both or none.
    public var years: Int?
    public var yearly: Int?
    /// Per cent by which every spread stays below its ceiling; nil for the ceiling itself.
    public var margin: Int?
    /// The plan whose conditions were changed: the answer is set beside it.
    public var from: String?
    /// Own unit costs in yuan by action; the others cost what the catalogue says.
    public var costs: [String: Int] = [:]
    /// Seconds to look for a county's plan.
    public var seconds = 60
    /// Whether every rule gets its price.
    public var prices = false

    public init(standard: String, year: SchoolYear, county: String?) {
        self.standard = standard
        self.year = year.start
        self.county = county
    }

    var limits: PathLimits {
        PathLimits(
            budget: budget, hires: hires, moves: moves, noBuilding: Set(noBuilding), land: land, years: years, yearly: yearly,
            margin: margin)
    }

    /// What cannot be asked so, in the user's words.
    func complaints(_ list: CostList) -> [String] {
        var complaints: [String] = []
        if !PathForm.secondsAllowed.contains(seconds) { complaints.append("计算时限在5到600秒之间") }
        if let years, !PathForm.yearsAllowed.contains(years) { complaints.append("分几年做完，写1到10") }
        if let margin, !PathForm.marginsAllowed.contains(margin) {
            complaints.append("差异系数比上限再低百分之几，写\(PathForm.marginsAllowed.lowerBound)到\(PathForm.marginsAllowed.upperBound)的整数")
        }
        if (years == nil) != (yearly == nil) { complaints.append("分年做要同时填写分几年做完和每年的费用上限，不分年就都留空") }
        for action in costs.keys.sorted() where !list.actions.contains(where: { $0.id == action }) {
            complaints.append("费用表里没有“\(action)”，可用的有\(list.actions.map(\.id).joined(separator: "、"))")
        }
        return complaints
    }

    /// The catalogue's costs with the question's own.
    func priced(_ list: CostList) -> CostList {
        var list = list
        var own: [String] = []
        for place in list.actions.indices {
            guard let cost = costs[list.actions[place].id], cost != list.actions[place].cost else { continue }
            list.actions[place].cost = cost
            own.append(list.actions[place].label)
        }
        if !own.isEmpty { list.note = "\(own.joined(separator: "、"))的单价由本单位填写。其余：\(list.note)" }
        return list
    }

    var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    init(text: String) throws {
        do {
            self = try JSONDecoder().decode(PathQuestion.self, from: Data(text.utf8))
        } catch {
            throw JobFailure("任务的内容读不出来，请重新提交")
        }
    }
}

/// The form of a question as somebody filled it in, with what is wrong.
struct PathForm: Sendable {
    static let secondsAllowed = 5...600
    static let yearsAllowed = 1...10
    static let marginsAllowed = PathLimits.margins

    var fields: [String: String]
    private(set) var complaints: [String] = []

    init(_ fields: [String: String]) { self.fields = fields }

    /// As it was asked before.
    init(_ question: PathQuestion) {
        fields = [
            "budget": question.budget.map { PathForm.plain(Double($0) / 10_000) } ?? "", "hires": question.hires.map { "\($0)" } ?? "",
            "moves": question.moves.map { "\($0)" } ?? "", "margin": question.margin.map { "\($0)" } ?? "", "from": question.from ?? "",
            "years": question.years.map { "\($0)" } ?? "", "yearly": question.yearly.map { PathForm.plain(Double($0) / 10_000) } ?? "",
            "seconds": "\(question.seconds)", "prices": question.prices ? "1" : "",
        ]
        for code in question.noBuilding { fields["nobuild-\(code)"] = "1" }
        for (code, cap) in question.land { fields["land-\(code)"] = "\(cap)" }
        for (action, cost) in question.costs { fields["cost-\(action)"] = "\(cost)" }
    }

    private static func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

    /// Reads the fields; complaints say what cannot be.
    mutating func question(_ empty: PathQuestion, _ list: CostList) -> PathQuestion {
        var question = empty
        complaints = []
        question.budget = number("budget", "总费用上限", most: 1e8).map { Int(($0 * 10_000).rounded()) }
        question.hires = whole("hires", "招聘人数上限")
        question.moves = whole("moves", "调动人数上限")
        question.margin = whole("margin", "差异系数比上限再低百分之几").flatMap { $0 == 0 ? nil : $0 }
        question.from = fields["from"].flatMap { $0.isEmpty ? nil : $0 }
        question.years = whole("years", "分几年做完")
        question.yearly = number("yearly", "每年的费用上限", most: 1e8).map { Int(($0 * 10_000).rounded()) }
        question.seconds = whole("seconds", "计算时限") ?? 60
        question.prices = fields["prices"] == "1"
        question.noBuilding = fields.keys.filter { $0.hasPrefix("nobuild-") }.map { String($0.dropFirst(8)) }.sorted()
        for key in fields.keys.sorted() where key.hasPrefix("land-") {
            if let cap = whole(key, "用地上限") { question.land[String(key.dropFirst(5))] = cap }
        }
        for action in list.actions {
            if let cost = whole("cost-\(action.id)", "“\(action.label)”的单价"), cost != action.cost { question.costs[action.id] = cost }
        }
        complaints += question.complaints(list)
        return question
    }

    private mutating func number(_ key: String, _ label: String, most: Double) -> Double? {
        let text = (fields[key] ?? "").trimmingCharacters(in: .whitespaces).replacingOccurrences(of: ",", with: "")
        if text.isEmpty { return nil }
        guard let value = Double(text), (0...most).contains(value) else {
            complaints.append("\(label)写的是“\(text)”，请写不小于0的数，不限制就留空")
            return nil
        }
        return value
    }

    private mutating func whole(_ key: String, _ label: String) -> Int? {
        guard let value = number(key, label, most: 1e9) else { return nil }
        guard let whole = Int(exactly: value) else {
            complaints.append("\(label)写的是“\(fields[key] ?? "")”，请写整数")
            return nil
        }
        return whole
    }
}
