internal import Foundation
internal import FundAllocation
internal import Pages
internal import PathToStandard
internal import Planning

extension MethodSheet {
    /// A part of a purchase and the purse that pays it.
    public struct Payment: Sendable, Hashable {
        /// As the plan calls it.
        public var purse: String
        /// Yuan.
        public var amount: Int

        public init(purse: String, amount: Int) {
            (self.purse, self.amount) = (purse, amount)
        }
    }

    /// Who pays each purchase, in their order; empty for plans without purses, and where what was kept does not read back.
    public var payments: [[Payment]] {
        guard question.method == FundsMethod.method, let kept = try? JSONDecoder().decode(FundsAnswer.self, from: Data(answer.utf8)),
            kept.plan.projects.count == purchases.count
        else { return [] }
        let labels = Dictionary(FundsWishes(question.values).sources.map { ($0.id, $0.label) }) { first, _ in first }
        return kept.plan.projects.map { project in
            kept.plan.payments.filter { $0.project == project }.map { Payment(purse: labels[$0.source] ?? $0.source, amount: $0.amount) }
        }
    }
}

/// An allocation written down for its page.
struct FundsSheet {
    let question: MethodQuestion
    let drawn: DrawProjects
    let kept: FundsAnswer
    let source: String
    let note: String
    private var problem: FundProblem { drawn.problem }

    init(_ question: MethodQuestion, _ drawn: DrawProjects, _ kept: FundsAnswer, source: String, note: String) {
        self.question = question
        self.drawn = drawn
        self.kept = kept
        self.source = source
        self.note = note
    }

    var sheet: MethodSheet {
        get throws {
            let (before, after) = (FundOutcome(problem, FundPlan()), FundOutcome(problem, kept.plan))
            let (metBefore, metAfter) = (problem.units.count - before.short, problem.units.count - after.short)
            let spent = FundWords.money(after.spent)
            var sheet = MethodSheet(
                question,
                headline: "\(problem.title)安排\(kept.plan.projects.count)个项目，共\(spent)万元，达标学校单位由\(metBefore)个增到\(metAfter)个",
                source: source, cost: after.spent,
                figures: [
                    .init(label: "可用", text: "\(FundWords.money(problem.budget))万元"), .init(label: "安排", text: "\(spent)万元"),
                    .init(label: "达标学校单位", text: "\(metBefore) → \(metAfter) / \(problem.units.count)"),
                    .init(label: "学生所缺", text: "\(FundWords.whole(before.lack)) → \(FundWords.whole(after.lack))"),
                ], tables: [projects, units(before, after), money, runnerUp].compactMap { $0 }, chart: chart(after.spent, metAfter),
                check: check(after), conditions: conditions, note: note, problem: problem.digest,
                answer: String(decoding: try JSONEncoder().encode(kept), as: UTF8.self))
            sheet.purchases = chosen.map { project in
                MethodSheet.Purchase(
                    project: project.title, school: project.school, schoolName: names[project.school] ?? "",
                    place: drawn.steps[project.id]?.first?.place, cost: project.cost,
                    actions: (drawn.steps[project.id] ?? []).map(\.action))
            }
            return sheet
        }
    }

    private var chosen: [FundProblem.Project] {
        let ids = Set(kept.plan.projects)
        return problem.projects.filter { ids.contains($0.id) }
    }

    private var names: [String: String] { Dictionary(drawn.path.schools.map { ($0.id, $0.name) }) { first, _ in first } }

    private var projects: MethodSheet.Table {
        let labels = Dictionary(problem.sources.map { ($0.id, $0.label) }) { first, _ in first }
        return MethodSheet.Table(
            id: "projects", caption: "安排的项目", note: "",
            columns: [.init(label: "项目"), .init(label: "金额（万元）", decimals: 1, isSummed: true), .init(label: "从哪笔钱出（万元）")],
            rows: chosen.map { project in
                let paid = kept.plan.payments.filter { $0.project == project.id }.map {
                    "\(labels[$0.source] ?? $0.source)\(FundWords.money($0.amount))"
                }
                return [
                    .init(project.title, school: project.school), .init(Double(project.cost) / 10_000, FundWords.money(project.cost)),
                    .init(paid.joined(separator: "，")),
                ]
            })
    }

    /// Units that are short of the standard without the plan, and how it leaves them.
    private func units(_ before: FundOutcome, _ after: FundOutcome) -> MethodSheet.Table {
        func missing(_ unit: FundProblem.Unit, _ values: [Fraction]) -> String {
            let labels = zip(unit.items, values).filter { $1 < $0.threshold }.map { item, value in
                item.label + (value < item.floor ? "（低于底线）" : "")
            }
            return labels.isEmpty ? "没有" : labels.joined(separator: "、")
        }
        let places = problem.units.indices.filter { !before.met[$0] }
        return MethodSheet.Table(
            id: "units", caption: "没有达标的学校，前后怎样", note: "达标的学校不在表内。",
            columns: [.init(label: "学校"), .init(label: "现在没到门槛的"), .init(label: "安排以后没到门槛的"), .init(label: "安排以后")],
            rows: places.map { place in
                let unit = problem.units[place]
                return [
                    .init(unit.title), .init(missing(unit, before.values[place])), .init(missing(unit, after.values[place])),
                    .init(after.met[place] ? "达标" : "不达标"),
                ]
            })
    }

    private var money: MethodSheet.Table {
        MethodSheet.Table(
            id: "money", caption: "每笔钱用了多少", note: shares,
            columns: [
                .init(label: "资金"), .init(label: "额度（万元）", decimals: 1, isSummed: true),
                .init(label: "安排（万元）", decimals: 1, isSummed: true),
                .init(label: "结余（万元）", decimals: 1, isSummed: true),
            ],
            rows: problem.sources.map { source in
                let paid = kept.plan.payments.filter { $0.source == source.id }.reduce(0) { $0 + $1.amount }
                return [.init(source.label)]
                    + [source.amount, paid, source.amount - paid].map { .init(Double($0) / 10_000, FundWords.money($0)) }
            })
    }

    private var shares: String {
        let all = chosen.reduce(0) { $0 + $1.cost }
        return problem.shares.map { share in
            let own = chosen.filter { $0.marks.contains(share.mark) }.reduce(0) { $0 + $1.cost }
            let part = all == 0 ? "—" : FundWords.percent(Double(own) / Double(all))
            return "用于\(share.label)\(FundWords.money(own))万元，占\(part)，要求不少于\(FundWords.percent(share.part.approximate))。"
        }.joined()
    }

    private var runnerUp: MethodSheet.Table? {
        kept.runnerUp.map { other in
            MethodSheet.Table(
                id: "second", caption: "次优方案为什么落选", note: "", columns: [.init(label: "说明")],
                rows: FundWords.difference(problem, kept.plan, other).map { [.init($0)] })
        }
    }

    private func chart(_ spent: Int, _ met: Int) -> MethodSheet.Chart? {
        guard kept.front.count > 1 else { return nil }
        return MethodSheet.Chart(
            title: "钱与达标学校", note: "各笔钱同比例增减，从零到两倍。", across: "额度（万元）", up: "达标学校单位",
            points: kept.front.map { .init(x: Double($0.budget) / 10_000, y: Double($0.met)) },
            here: .init(x: Double(problem.budget) / 10_000, y: Double(met)))
    }

    private func check(_ after: FundOutcome) -> [String] {
        let (units, lack) = (kept.units, kept.lack)
        let most = units.bound.map { problem.units.count - Int($0) }
        var lines = [
            "程序用整数和精确分数逐条复核：每个项目的钱足额、来源合用途、比例够、同一处只做一个。",
            units.status == .proved
                ? "在这笔钱和这些条件下，没有方案能让更多学校达标（\(units.solver)，用时\(Figure.fixed(units.seconds, 1))秒）。"
                : most.map { "没有证明已是最多：至多可能有\($0)个学校单位达标（\(units.solver)）。" } ?? "没有求解器，没有证明能否更好。",
        ]
        if let bound = units.checkedBound {
            lines.append("不依赖求解器、用精确分数重算：未达标的学校单位不可能少于\(Int(bound))个，方案留下\(after.short)个。")
        }
        if let gap = lack.gap {
            lines.append(gap < 0.000_05 ? "达标学校同样多的方案里，没有一个能让学生所缺更少。" : "学生所缺离最少不超过\(Figure.fixed(gap * 100, 2))%。")
        }
        return lines
    }

    private var conditions: [MethodSheet.Line] {
        let uses = ["build": "校舍场地", "equip": "设备", "train": "培训", "hire": "招聘"]
        return problem.sources.map { source in
            MethodSheet.Line(
                label: source.label,
                text:
                    "\(FundWords.money(source.amount))万元，\(source.kinds.isEmpty ? "不限用途" : "只用于\(source.kinds.sorted().map { uses[$0] ?? $0 }.joined(separator: "、"))")"
            )
        }
            + problem.shares.map { .init(label: $0.label, text: "不少于\(FundWords.percent($0.part.approximate))") }
    }
}
