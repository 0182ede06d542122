internal import Foundation
public import FundAllocation
public import Indicators
internal import Jobs
public import PathToStandard
internal import Planning
public import Vocabulary

/// 专项经费: which projects a special fund pays, asked county by county.
public struct FundsMethod: CountyMethod {
    public typealias Maker = @Sendable (_ seconds: Double, _ isCancelled: @escaping @Sendable () -> Bool) -> FundAllocation

    static let sources = 4
    /// Stands in the first name of the form.
    static let usualName = "专项资金"
    let costs: CostList?
    let make: Maker

    public init(costs: CostList?, make: @escaping Maker) {
        self.costs = costs
        self.make = make
    }

    /// In the records of its plans.
    public static let method = "funds"

    public var id: String { FundsMethod.method }
    public var label: LocalizedText { LocalizedText(zh: "专项经费", en: "Special fund") }
    public var question: String { "一笔钱先做哪些项目？" }
    public var lead: String { "项目按学校数据的短板和费用表生成，整项安排。先让未达标的学校最少，再让学生所缺最少。" }

    public func fields(_ county: CountyResult?) -> [MethodField] {
        let uses = [("", "不限用途"), ("build", "校舍场地"), ("equip", "设备"), ("train", "培训"), ("hire", "招聘")].map {
            MethodField.Choice(value: $0.0, label: $0.1)
        }
        let money = (1...FundsMethod.sources).flatMap { number in
            [
                MethodField(
                    "name\(number)", "资金\(number)名称", .text, usual: number == 1 ? FundsMethod.usualName : "", section: "有哪些钱"),
                MethodField("amount\(number)", "资金\(number)额度", unit: "万元", note: number == 1 ? "必填" : "没有就留空", section: "有哪些钱"),
                MethodField("use\(number)", "资金\(number)用途", .choice(uses), section: "有哪些钱"),
            ]
        }
        let settings = Set((county?.units ?? []).map(\.setting)).subtracting([""]).sorted()
        let shares = (settings + [DrawProjects.weak]).map { mark in
            MethodField(
                "share-\(mark)", "用于\(FundsMethod.label(mark))至少", unit: "%", note: mark == DrawProjects.weak ? "有指标低于底线的学校" : "",
                section: "必须照顾谁")
        }
        return money + shares + [
            MethodField("runnerUp", "算出次优方案和它落选的原因", .flag, usual: "1", section: "怎样算"),
            MethodField("front", "画出钱与达标学校的曲线", .flag, usual: "1", section: "怎样算"),
            MethodField("seconds", "最多算", unit: "秒", usual: "30", section: "怎样算"),
        ]
    }

    static func label(_ mark: String) -> String { mark == DrawProjects.weak ? "薄弱学校" : "\(mark)学校" }

    public func complaints(_ values: [String: String]) -> [String] {
        guard costs != nil else { return ["目录里没有费用表，算不了方案。请系统管理员核对目录"] }
        return FundsWishes(values).complaints
    }

    public func search(
        _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult, _ run: MethodRun
    ) throws -> MethodAnswer {
        guard let costs else { throw JobFailure("目录里没有费用表，算不了方案。请系统管理员核对目录") }
        let wishes = FundsWishes(question.values)
        do {
            let drawn = try draw(question, evaluated, county, costs)
            let method = make(Double(wishes.seconds), run.isCancelled)
            switch try method.plan(drawn.problem) {
            case .infeasible(let rules, _): return .none("已证明\(county.county)这笔钱没有可行的安排：有规则不能同时满足", rules: rules.map(\.label.zh))
            case .undecided: return .none("\(wishes.seconds)秒内没有找到方案，也没有证明没有方案。请加大时限再算", rules: [])
            case .plan(let plan, let units, let lack):
                var kept = FundsAnswer(plan: plan, units: units, lack: lack)
                if wishes.wantsRunnerUp, !run.isCancelled() {
                    run.say("找次优方案")
                    if case .plan(let other, _, _) = try method.plan(drawn.problem, unlike: [plan]) { kept.runnerUp = other }
                }
                if wishes.wantsFront, !run.isCancelled() {
                    run.say("算钱与达标学校的曲线")
                    kept.front = try method.front(drawn.problem, parts: (0...8).map { Fraction($0, over: 4) })
                }
                return try answer(question, evaluated, county, drawn, kept, run)
            }
        } catch let refusal as PathRefusal {
            throw JobFailure(refusal.message)
        } catch let failure as SolverFailure {
            throw JobFailure(failure.description)
        }
    }

    private func draw(
        _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult, _ costs: CostList
    ) throws -> DrawProjects {
        let path = try PathProblem(evaluated.evaluation, county: county, costs: costs, limits: PathLimits())
        let settings = Dictionary(county.units.map { ($0.id, $0.setting) }) { first, _ in first }
        let wishes = FundsWishes(question.values)
        return try DrawProjects(path, settings: settings, sources: wishes.sources, shares: wishes.shares)
    }

    private func answer(
        _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult, _ drawn: DrawProjects, _ kept: FundsAnswer,
        _ run: MethodRun
    ) throws -> MethodAnswer {
        let (problem, name) = (drawn.problem, county.county)
        guard verify(problem, kept.plan, units: kept.units, lack: kept.lack).isEmpty else {
            throw JobFailure("\(name)的方案没有通过复核，没有保存。请告诉系统管理员")
        }
        let source = evaluated.standing(name).source
        let paper = FundPaper(
            problem, plan: kept.plan, units: kept.units, lack: kept.lack, runnerUp: kept.runnerUp, front: kept.front,
            note: costs?.note ?? "", date: run.today, source: source)
        var files = [
            ProposalFile(
                kind: "report.docx", name: "\(name)专项经费分配方案.docx", type: PathBook.docx,
                bytes: [UInt8](try run.papers.document(paper.document)))
        ]
        let rows = AppliedPath.rows(evaluated.evaluation, drawn.path, drawn.bought(kept.plan))
        if let form = evaluated.evaluation.catalogue.forms[evaluated.evaluation.schools.form] {
            files.append(
                ProposalFile(
                    kind: "applied.xlsx", name: "\(name)安排以后的数据表.xlsx", type: PathBook.type,
                    bytes: [UInt8](try run.papers.returns(form, rows, "\(name)按专项经费方案实施后的数据"))))
        }
        var sheet = try FundsSheet(question, drawn, kept, source: source, note: costs?.note ?? "").sheet
        if let after = AppliedPath.judged(evaluated.evaluation, drawn.path, rows) {
            sheet.schools = PlannedSchool.all(
                county, after,
                sheet.purchases.map { bought in
                    // The map and the table name the school already.
                    let own = "\(bought.schoolName)："
                    let what = bought.project.hasPrefix(own) ? String(bought.project.dropFirst(own.count)) : bought.project
                    return SchoolWork(school: bought.school, what: what, cost: bought.cost)
                })
            sheet.minimum = drawn.path.minimum
            sheet.spreads = PathSheet.Spread.all(county, after, evaluated.evaluation.standard)
        }
        return .plan(sheet, files)
    }

    public func holds(_ sheet: MethodSheet, _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult) -> Bool {
        guard let costs, let kept = try? JSONDecoder().decode(FundsAnswer.self, from: Data(sheet.answer.utf8)),
            let drawn = try? draw(question, evaluated, county, costs), drawn.problem.digest == sheet.problem
        else { return false }
        return verify(drawn.problem, kept.plan, units: kept.units, lack: kept.lack).isEmpty
    }
}

/// An allocation as it is kept.
struct FundsAnswer: Codable {
    var plan: FundPlan
    var units: Certificate
    var lack: Certificate
    var runnerUp: FundPlan?
    var front: [FundPoint] = []

    init(plan: FundPlan, units: Certificate, lack: Certificate) {
        self.plan = plan
        self.units = units
        self.lack = lack
    }
}

/// The form's answers as sources and shares.
struct FundsWishes {
    let sources: [FundProblem.Source]
    let shares: [FundProblem.Share]
    let seconds: Int
    let wantsRunnerUp: Bool
    let wantsFront: Bool
    let complaints: [String]

    init(_ values: [String: String]) {
        var (sources, shares) = ([FundProblem.Source](), [FundProblem.Share]())
        var (seconds, complaints) = (30, [String]())
        func check(_ work: () throws(MethodComplaint) -> Void) {
            do { try work() } catch { complaints.append(error.message) }
        }
        (wantsRunnerUp, wantsFront) = (values["runnerUp"] == "1", values["front"] == "1")
        for number in 1...FundsMethod.sources {
            check { () throws(MethodComplaint) in
                let name = (values["name\(number)"] ?? "").trimmingCharacters(in: .whitespaces)
                let use = values["use\(number)"] ?? ""
                guard let amount = try MethodNumber.read(values, "amount\(number)", "资金\(number)额度", 0...1e7) else {
                    // The first name stands in the form from the beginning; every other word was written by somebody who means money.
                    guard ["", number == 1 ? FundsMethod.usualName : ""].contains(name), use.isEmpty else {
                        throw MethodComplaint("资金\(number)\(name.isEmpty ? "" : "“\(name.prefix(20))”")没有写额度。请写上多少万元；没有这笔钱就把名称和用途清空")
                    }
                    return
                }
                guard amount > 0 else { return }
                sources.append(
                    FundProblem.Source(
                        id: "f\(number)", label: name.isEmpty ? "资金\(number)" : String(name.prefix(40)),
                        amount: Int((amount * 10_000).rounded()), kinds: use.isEmpty ? [] : [use]))
            }
        }
        for key in values.keys.sorted() where key.hasPrefix("share-") {
            check { () throws(MethodComplaint) in
                let mark = String(key.dropFirst(6))
                guard let percent = try MethodNumber.read(values, key, "用于\(FundsMethod.label(mark))的比例", 0...100), percent > 0,
                    let part = Fraction(decimal: percent)
                else { return }
                shares.append(FundProblem.Share(mark: mark, label: FundsMethod.label(mark), part: part / Fraction(100)))
            }
        }
        check { () throws(MethodComplaint) in seconds = try MethodNumber.whole(values, "seconds", "计算时限", 5...600) ?? 30 }
        if sources.isEmpty, complaints.isEmpty { complaints.append("请至少填写一笔资金的额度（万元）") }
        let known = Set(PathAction.Kind.allCases.map(\.rawValue))
        for source in sources where !source.kinds.isSubset(of: known) { complaints.append("“\(source.label)”的用途请从列出的里面选") }
        self.sources = sources
        self.shares = shares
        self.seconds = seconds
        self.complaints = complaints
    }
}
