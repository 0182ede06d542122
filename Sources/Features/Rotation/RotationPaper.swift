internal import Exchanges
public import Planning
public import Reporting
public import TeacherRotation
public import Vocabulary

/// 轮岗方案: a plan of teachers' exchange as an official paper, with the named list.
public struct RotationPaper {
    let figures: RotationFigures
    let certificate: Certificate
    /// The same at other rates; empty where that was not asked.
    let rates: [RotationRate]
    /// Names by teacher's code, as far as the roster gives them.
    let names: [String: String]
    let date: Day
    let source: String

    public init(
        _ problem: RotationProblem, plan: RotationPlan, certificate: Certificate, rates: [RotationRate] = [], names: [String: String],
        date: Day, source: String
    ) {
        figures = RotationFigures(problem, plan)
        self.certificate = certificate
        self.rates = rates
        self.names = names
        self.date = date
        self.source = source
    }

    private var problem: RotationProblem { figures.problem }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(problem.region)\(problem.year.label.zh)校长教师交流轮岗方案", subtitle: "（内部使用，含个人信息）",
            blocks: conclusion + scope + schools + list + whatIf, signature: "\(problem.region)教育局", date: date.chinese,
            source:
                "数据来源：\(source)。规则：\(problem.rules.label.zh)，依据\(problem.rules.document)。\(problem.rules.note)求解：\(certificate.solver)，问题摘要\(certificate.problem)。方案由均衡（Junheng）逐人逐条复核。"
        )
    }

    private var conclusion: [OfficialDocument.Block] {
        let outcome = figures.outcome
        let rows = figures.spreads.map {
            [$0.stage.label.zh, "每百名学生拥有\($0.kind.label)数", RotationFigures.decimals($0.before, 3), RotationFigures.decimals($0.after, 3)]
        }
        let share = outcome.moved > 0 ? RotationFigures.percent(Double(outcome.backbones) / Double(outcome.moved)) : "—"
        let rate = figures.base > 0 ? RotationFigures.percent(Double(outcome.moved) / Double(figures.base)) : "—"
        let distance = outcome.moved > 0 ? RotationFigures.decimals(Double(outcome.metres) / Double(outcome.moved) / 1_000, 1) : "—"
        return [
            .heading(1, "结论"),
            .paragraph(
                "本学年交流\(outcome.moved)人，占\(problem.rules.basis.label.zh)（\(figures.base)人）的\(rate)（按不低于\(problem.rules.rate)安排）；其中骨干教师\(outcome.backbones)人，占交流教师的\(share)，规定不低于\(problem.rules.backboneShare)。平均相距\(distance)公里。每校每学科进出人数相等。\(RotationFigures.proof(certificate))。"
            ),
            .table(
                .init(
                    caption: "校际差异系数", headers: ["学段", "指标", "现状", "方案后"], widths: [1, 4, 1, 1], rows: rows, numeric: [2, 3])),
        ]
    }

    private var scope: [OfficialDocument.Block] {
        let rows = [["符合交流条件", "\(figures.eligible)"]] + figures.spared.map { [$0.reason, "\($0.count)"] }
        return [
            .heading(1, "范围"),
            .paragraph("\(problem.region)共有专任教师\(problem.teachers.count)人。下表列出符合交流条件的人数和不列入本学年名单的原因。"),
            .table(.init(caption: "交流条件", headers: ["情形", "人数"], widths: [5, 1], rows: rows, numeric: [1])),
        ]
    }

    private var schools: [OfficialDocument.Block] {
        let outcome = figures.outcome
        let rows = figures.traffic.map { unit, out, into -> [String] in
            let place = unit * 2
            return [
                problem.units[unit].title, "\(out)", "\(into)", "\(outcome.before[place])→\(outcome.after[place])",
                "\(outcome.before[place + 1])→\(outcome.after[place + 1])",
            ]
        }
        return [
            .heading(1, "各校进出"),
            .table(
                .init(
                    caption: "各校派出和接收人数", headers: ["学校", "派出", "接收", "骨干教师", "高于规定学历教师"], widths: [4, 1, 1, 2, 2], rows: rows,
                    numeric: [1, 2, 3, 4])),
        ]
    }

    private var list: [OfficialDocument.Block] {
        let rows = figures.persons.enumerated().map { number, person in
            [
                "\(number + 1)", person.teacher.id, names[person.teacher.id] ?? "", person.teacher.post,
                person.teacher.isBackbone ? "骨干" : "",
                person.from, person.to,
            ]
        }
        return [
            .heading(1, "交流名单"),
            .table(
                .init(
                    caption: "\(problem.year.label.zh)交流教师", headers: ["序号", "编号", "姓名", "学科", "骨干", "从", "到"],
                    widths: [1, 2, 1.5, 1.5, 1, 3, 3], rows: rows, numeric: [0])),
        ]
    }

    private var whatIf: [OfficialDocument.Block] {
        guard !rates.isEmpty else { return [] }
        let stages = problem.stages
        let headers = ["比例", "人数"] + stages.flatMap { stage in SpreadKind.allCases.map { "\(stage.label.zh)\($0.label)" } }
        let rows = rates.map { rate -> [String] in
            guard let outcome = rate.outcome else {
                return ["\(rate.rate)", rate.isImpossible ? "做不到" : "未算出"] + headers.dropFirst(2).map { _ in "—" }
            }
            return ["\(rate.rate)", "\(outcome.moved)"]
                + stages.flatMap { stage in
                    SpreadKind.allCases.map { outcome.cv($0, stage, isAfter: true).map { RotationFigures.decimals($0, 3) } ?? "—" }
                }
        }
        return [
            .heading(1, "不同比例的效果"),
            .table(
                .init(
                    caption: "按不同交流比例安排后的校际差异系数", headers: headers, widths: headers.map { _ in 1 }, rows: rows,
                    numeric: Set(1..<headers.count))),
        ]
    }
}
