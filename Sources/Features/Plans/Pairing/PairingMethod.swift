public import AlliancePairing
internal import Foundation
public import Indicators
internal import Jobs
internal import PathToStandard
internal import Planning
public import Vocabulary

/// 强弱校结对: which strong school leads which weak ones, asked county by county.
public struct PairingMethod: CountyMethod {
    public typealias Maker = @Sendable (_ seconds: Double, _ isCancelled: @escaping @Sendable () -> Bool) -> AlliancePairing

    let make: Maker

    public init(make: @escaping Maker) { self.make = make }

    /// In the records of its plans.
    public static let method = "pairing"

    public var id: String { PairingMethod.method }
    public var label: LocalizedText { LocalizedText(zh: "强弱校结对", en: "Alliance pairing") }
    public var question: String { "哪所达标的学校带哪几所不达标的学校？" }
    public var lead: String { "每所不达标的学校各由一所同学段的达标学校带动。先让能帮上的合计最多，再让帮得最少的一所多些。" }

    public func fields(_ county: CountyResult?) -> [MethodField] {
        let codes = "写 牵头学校=成员学校，名称或标识码都可以，几对用逗号隔开"
        return [
            MethodField("size", "每组最多", unit: "所", note: "含牵头学校", usual: "4", section: "条件"),
            MethodField("reach", "两校最远", unit: "公里", note: "不限就留空", section: "条件"),
            MethodField("travel", "每公里路程减", unit: "分", note: "1分是门槛的千分之一", usual: "5", section: "条件"),
            MethodField("carry", "成员学校的学生合计不超过牵头学校的", unit: "倍", note: "不按学生数算就留空", section: "条件"),
            MethodField("concession", "为了帮得最少的一所，合计可以让出", unit: "%", usual: "0", section: "条件"),
            MethodField("keep", "保持不变的结对", .text, note: codes, section: "已有的结对"),
            MethodField("bar", "不得结对的", .text, note: codes, section: "已有的结对"),
            MethodField("history", "以前结过对的（各加100分）", .text, note: codes, section: "已有的结对"),
            MethodField("seconds", "最多算", unit: "秒", usual: "30", section: "怎样算"),
        ]
    }

    public func complaints(_ values: [String: String]) -> [String] { PairingForm(values).complaints }

    public func search(
        _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult, _ run: MethodRun
    ) throws -> MethodAnswer {
        let form = PairingForm(question.values)
        do {
            let drawn = try DrawPairing(evaluated.evaluation, county, form.wishes)
            switch try make(Double(form.seconds), run.isCancelled).plan(drawn.problem) {
            case .infeasible(let rules, let shortages, _):
                return .none("已证明\(county.county)没有可行的结对：有规则不能同时满足", rules: rules.map(\.label.zh) + shortages.map(\.words))
            case .undecided: return .none("\(form.seconds)秒内没有找到方案，也没有证明没有方案。请加大时限再算", rules: [])
            case .plan(let plan, let total, let least, let proof):
                let kept = PairingKept(plan: plan, total: total, least: least, proof: proof)
                guard verify(drawn.problem, plan, total: total, least: least, proof: proof).isEmpty else {
                    throw JobFailure("\(county.county)的方案没有通过复核，没有保存。请告诉系统管理员")
                }
                let source = evaluated.standing(county.county).source
                let paper = PairingPaper(drawn, plan: plan, total: total, least: least, date: run.today, source: source)
                let file = ProposalFile(
                    kind: "report.docx", name: "\(county.county)强弱校结对方案.docx", type: PathBook.docx,
                    bytes: [UInt8](try run.papers.document(paper.document)))
                return .plan(try sheet(question, drawn, kept, county, source: source), [file])
            }
        } catch let refusal as PathRefusal {
            throw JobFailure(refusal.message)
        } catch let failure as SolverFailure {
            throw JobFailure(failure.description)
        }
    }

    public func holds(_ sheet: MethodSheet, _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult) -> Bool {
        guard let kept = try? JSONDecoder().decode(PairingKept.self, from: Data(sheet.answer.utf8)),
            let drawn = try? DrawPairing(evaluated.evaluation, county, PairingForm(question.values).wishes),
            drawn.problem.digest == sheet.problem
        else { return false }
        return verify(drawn.problem, kept.plan, total: kept.total, least: kept.least, proof: kept.proof).isEmpty
    }

    private func sheet(
        _ question: MethodQuestion, _ drawn: DrawPairing, _ kept: PairingKept, _ county: CountyResult, source: String
    ) throws -> MethodSheet {
        let (problem, outcome) = (drawn.problem, PairingOutcome(drawn.problem, kept.plan))
        let schools = Dictionary(county.units.map { ($0.id, $0) }) { first, _ in first }
        let rows = PairingWords.rows(drawn, kept.plan)
        let codes = Dictionary(county.units.map { ($0.title, $0.school) }) { first, _ in first }
        let table = MethodSheet.Table(
            id: "pairs", caption: "牵头学校与成员学校", note: PairingWords.unchecked(drawn).joined(separator: "；"),
            columns: [
                .init(label: "牵头学校"), .init(label: "成员学校"), .init(label: "距离（公里）", decimals: 1), .init(label: "得分", decimals: 0),
                .init(label: "能帮的指标"),
            ],
            rows: rows.map { row in
                [
                    .init(row.lead, school: codes[row.lead]), .init(row.member, school: codes[row.member]),
                    .init(row.metres.map { Double($0) / 1000 }, row.metres.map { PairingWords.kilometres($0) } ?? "未登记"),
                    .init(Double(row.gain), "\(row.gain)"), .init(row.helps.joined(separator: "、")),
                ]
            })
        let form = PairingForm(question.values)
        var sheet = MethodSheet(
            question, headline: "\(problem.title)由\(outcome.groups.count)所达标学校带动\(kept.plan.pairs.count)所不达标学校", source: source, cost: 0,
            figures: [
                .init(label: "牵头学校", text: "\(outcome.groups.count)所"), .init(label: "成员学校", text: "\(kept.plan.pairs.count)所"),
                .init(label: "得分合计", text: "\(outcome.total)"), .init(label: "得分最低的一所", text: "\(outcome.least ?? 0)"),
            ], tables: [table],
            check: [
                "程序用整数逐条复核：每所不达标的学校有且只有一所牵头学校，\(problem.rules.map(\.label.zh).joined(separator: "；"))。",
                "\(PairingWords.proof(problem, kept.total, kept.least))（\(kept.total.solver)）。上界由每所成员学校的整数价值重算，不听求解器的。",
            ],
            conditions: fields(county).filter { $0.name != "seconds" }.compactMap { field in
                let value = (question.values[field.name] ?? "").trimmingCharacters(in: .whitespaces)
                return value.isEmpty ? nil : .init(label: field.label, text: value + field.unit)
            },
            note: "得分：每项指标，成员学校低于门槛多少、牵头学校高于门槛多少，取其中较小的，以门槛的千分之一为1分；每公里路程减\(form.wishes.travelPoints)分。",
            problem: problem.digest, answer: String(decoding: try JSONEncoder().encode(kept), as: UTF8.self))
        let (leads, members) = (
            Dictionary(problem.leads.map { ($0.id, $0) }) { first, _ in first },
            Dictionary(problem.members.map { ($0.id, $0) }) { first, _ in first }
        )
        sheet.pairs = zip(kept.plan.pairs, outcome.gains).compactMap { pair, gain in
            guard let lead = schools[pair.lead], let member = schools[pair.member] else { return nil }
            let metres = leads[pair.lead].flatMap { lead in members[pair.member].flatMap { problem.metres(lead, $0) } }
            return MethodSheet.Pair(
                lead: lead.school, leadName: lead.name, member: member.school, memberName: member.name, gain: gain, metres: metres)
        }
        sheet.schools = PlannedSchool.all(
            county, nil,
            sheet.pairs.flatMap { pair in
                [
                    SchoolWork(school: pair.lead, what: "带\(pair.memberName)"),
                    SchoolWork(school: pair.member, what: "由\(pair.leadName)带"),
                ]
            })
        return sheet
    }
}

extension MethodSheet {
    /// The pairs by unit (`school/stage`); none for plans of other methods, and where what was kept does not read back.
    public var pairedUnits: [(lead: String, member: String)] {
        guard !pairs.isEmpty, let kept = try? JSONDecoder().decode(PairingKept.self, from: Data(answer.utf8)) else { return [] }
        return kept.plan.pairs.map { (lead: $0.lead, member: $0.member) }
    }
}

/// A pairing as it is kept.
struct PairingKept: Codable {
    var plan: PairingPlan
    var total: Certificate
    var least: Certificate
    var proof: PairingProof
}

/// The form's answers as wishes.
struct PairingForm {
    let wishes: PairingWishes
    let seconds: Int
    let complaints: [String]

    init(_ values: [String: String]) {
        var (wishes, seconds, complaints) = (PairingWishes(), 30, [String]())
        func check(_ work: () throws(MethodComplaint) -> Void) {
            do { try work() } catch { complaints.append(error.message) }
        }
        check { () throws(MethodComplaint) in wishes.groupSize = try MethodNumber.whole(values, "size", "每组最多几所", 2...1000) ?? 4 }
        check { () throws(MethodComplaint) in
            wishes.reach = try MethodNumber.read(values, "reach", "两校最远", 0...5000).map { Int(($0 * 1000).rounded()) }
        }
        check { () throws(MethodComplaint) in wishes.travelPoints = try MethodNumber.whole(values, "travel", "每公里减分", 0...1000) ?? 5 }
        check { () throws(MethodComplaint) in
            wishes.carry = try MethodNumber.read(values, "carry", "学生倍数", 0...100).map { Int(($0 * 1000).rounded()) }
        }
        check { () throws(MethodComplaint) in
            wishes.concession = Int(((try MethodNumber.read(values, "concession", "可以让出的合计", 0...100) ?? 0) * 10).rounded())
        }
        check { () throws(MethodComplaint) in seconds = try MethodNumber.whole(values, "seconds", "计算时限", 5...600) ?? 30 }
        check { () throws(MethodComplaint) in wishes.kept = try PairingForm.pairs(values["keep"], "保持不变的结对") }
        check { () throws(MethodComplaint) in wishes.barred = try PairingForm.pairs(values["bar"], "不得结对的") }
        check { () throws(MethodComplaint) in wishes.history = try PairingForm.pairs(values["history"], "以前结过对的") }
        self.wishes = wishes
        self.seconds = seconds
        self.complaints = complaints
    }

    private static func pairs(_ text: String?, _ label: String) throws(MethodComplaint) -> [PairingProblem.Pair] {
        var found: [PairingProblem.Pair] = []
        for one in (text ?? "").split(whereSeparator: { ",，;；\n ".contains($0) }) {
            let sides = one.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }) else {
                throw MethodComplaint("\(label)：“\(one.prefix(40))”请写成 牵头学校=成员学校，名称或标识码都可以")
            }
            found.append(.init(lead: sides[0], member: sides[1]))
        }
        return found
    }
}
