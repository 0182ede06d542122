internal import Exchanges
public import Reporting
public import TeacherRotation
internal import Vocabulary

/// The list as it is put up for everybody to see: no full names, no whole codes, nothing of homes, couples or hardship.
public enum PublishedList {
    public static func book(_ problem: RotationProblem, _ plan: RotationPlan, names: [String: String]) -> SheetBook {
        let figures = RotationFigures(problem, plan)
        let rows = figures.persons.enumerated().map { number, person -> [SheetBook.Cell] in
            [
                .number(Double(number + 1)), .text(masked(code: person.teacher.id)), .text(masked(name: names[person.teacher.id] ?? "")),
                .text(person.teacher.post), .text(person.from), .text(person.to),
            ]
        }
        return SheetBook([
            SheetBook.Sheet(
                name: "公示", title: "\(problem.region)\(problem.year.label.zh)交流教师名单（公示）",
                notes: ["编号只写后四位，姓名只写姓氏。有异议的请在公示期内向\(problem.region)教育局反映。"],
                columns: [
                    .init("序号", width: 8, decimals: 0), .init("编号后四位", width: 12), .init("姓名", width: 10), .init("学科", width: 12),
                    .init("现任教学校", width: 28), .init("交流到", width: 28),
                ], rows: rows)
        ])
    }

    /// The last four characters, and no more than half of a short code.
    static func masked(code: String) -> String {
        let kept = Swift.min(4, code.count / 2)
        return "＊＊" + code.suffix(kept)
    }

    static func masked(name: String) -> String { name.isEmpty ? "" : "\(name.prefix(1))＊＊" }
}
