internal import Alliances
internal import Foundation
internal import Vocabulary

/// A plan of pairs, adopted in the browser or worked out by `junheng plan pairing --json`, held against the data as they are now, as
/// alliances to be founded.
struct PairingIntake {
    /// What of the file is used; the rest is there for people.
    private struct Answer: Decodable {
        struct Pair: Decodable {
            var lead: String
            var member: String
        }
        struct Certificate: Decodable {
            var problem: String
        }
        var county: String
        var members: Int
        var total: Certificate
        var pairs: [Pair]
        var conflict: [String]
    }

    /// Who founds them, and for which day.
    struct Founding {
        var county: String
        var founded: Day
        var name: String
        var at: Date
    }

    let alliances: [Alliance]

    /// Reads a file. Throws `AllianceRefusal`.
    static func read(_ data: Data, county: String) throws -> (problem: String, pairs: [AdoptedPairing.Pair]) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: data) else {
            throw AllianceRefusal("这不是结对方案。请上传 junheng plan pairing 学校数据.xlsx --json 方案.json 写出的文件", .input)
        }
        guard answer.county == county else {
            throw AllianceRefusal("这是“\(answer.county.prefix(30))”的方案，这里是\(county)", .input)
        }
        guard answer.conflict.isEmpty, !answer.pairs.isEmpty, !answer.total.problem.isEmpty else {
            throw AllianceRefusal("这份文件说的是没有方案，没有可以采用的结对", .input)
        }
        guard answer.pairs.count == answer.members else {
            throw AllianceRefusal("方案写有\(answer.members)所成员学校，结对却有\(answer.pairs.count)对，文件不完整", .input)
        }
        return (answer.total.problem, answer.pairs.map { AdoptedPairing.Pair(lead: $0.lead, member: $0.member) })
    }

    /// Throws `AllianceRefusal` with everything that speaks against it.
    init(
        problem: String, _ pairs: [AdoptedPairing.Pair], _ book: SchoolBook, known: [Alliance], rules: AllianceRules, _ founding: Founding,
        newID: () -> String
    ) throws {
        let (county, plan) = (founding.county, PairingIntake.mark(problem))
        if let old = PairingIntake.taken(plan, county, known) {
            throw AllianceRefusal("这份方案已由\(old.madeBy)采用，登记为“\(old.name)”等教联体，不再重复登记")
        }
        let faults = PairingIntake.faults(pairs, county, book)
        guard faults.isEmpty else { throw AllianceRefusal(messages: faults) }
        let units = Dictionary(book.units.map { ($0.id, $0) }) { first, _ in first }
        var (order, groups): ([String], [String: [SchoolBook.Unit]]) = ([], [:])
        for pair in pairs {
            guard let member = units[pair.member] else { continue }
            if groups[pair.lead] == nil { order.append(pair.lead) }
            groups[pair.lead, default: []].append(member)
        }
        alliances = order.compactMap { id in
            guard let lead = units[id] else { return nil }
            let members = (groups[id] ?? []).map { unit in
                // A school of one stage is in as a whole.
                Alliance.Member(
                    unit.school, .supported, stage: book.stages(unit.school.code).count > 1 ? unit.stage : nil, from: founding.founded)
            }
            return Alliance(
                id: newID(), name: "\(lead.title)结对", county: county, form: rules.pairingForm, lead: lead.school,
                founded: founding.founded, members: members, plan: plan, madeBy: founding.name, madeAt: founding.at, version: 1)
        }
    }

    /// What alliances made of a plan carry.
    static func mark(_ problem: String) -> String { "pairing:\(problem)" }

    /// An alliance made of the plan that still lasts.
    static func taken(_ plan: String, _ county: String, _ known: [Alliance]) -> Alliance? {
        known.first { $0.plan == plan && $0.county == county && $0.ended == nil }
    }

    /// Every weak unit is led by exactly one unit of the same stage that meets the standard, by the data as they are now.
    private static func faults(_ pairs: [AdoptedPairing.Pair], _ county: String, _ book: SchoolBook) -> [String] {
        guard let year = book.years[county] else { return ["还没有\(county)的学校数据，先导入学校数据表再采用方案"] }
        let own = book.units.filter { $0.school.county == county }
        let units = Dictionary(own.map { ($0.id, $0) }) { first, _ in first }
        let newly = "（按\(year.label.zh)的数据）。方案不是按现在的数据算的，请重新计算"
        var faults: [String] = []
        var seen: Set<String> = []
        for pair in pairs {
            guard let lead = units[pair.lead], let member = units[pair.member] else {
                let missing = units[pair.lead] == nil ? pair.lead : pair.member
                faults.append("\(county)没有“\(missing.prefix(40))”这所学校的这一学段\(newly)")
                continue
            }
            if !seen.insert(pair.member).inserted { faults.append("“\(member.title)”有不止一所牵头学校") }
            if lead.verdict != .met { faults.append("“\(lead.title)”\(lead.verdict.label.zh)，不能牵头\(newly)") }
            if member.verdict != .notMet { faults.append("“\(member.title)”\(member.verdict.label.zh)，不在要带动的学校里\(newly)") }
            if lead.stage != member.stage { faults.append("“\(lead.title)”带“\(member.title)”：不同学段") }
        }
        for unit in own where unit.verdict == .notMet && !seen.contains(unit.id) {
            faults.append("方案里没有不达标的“\(unit.title)”\(newly)")
        }
        return faults
    }
}
