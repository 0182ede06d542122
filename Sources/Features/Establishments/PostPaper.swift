internal import Planning
public import PostMatching
public import Reporting
internal import Staffing
public import Vocabulary

/// 县管校聘: the matching of people and posts as an official paper with the named list, and the list for everybody to see.
public struct PostPaper {
    let record: PostRecord
    let region: String
    let year: SchoolYear
    /// Names by code, as far as the roster gives them.
    let names: [String: String]

    public init(_ problem: PostProblem, _ record: PostRecord, names: [String: String]) {
        self.record = record
        region = problem.region
        year = problem.year
        self.names = names
    }

    public func document(date: Day, source: String) -> OfficialDocument {
        let rows = record.rows.enumerated().map { number, row in
            [
                "\(number + 1)", row.person, names[row.person] ?? "", row.reason, row.from, row.to, row.post,
                PostRecord.kilometres(row.metres),
            ]
        }
        let notes = record.notes.isEmpty ? [] : [OfficialDocument.Block.paragraph("未列入的有：\(record.notes.joined(separator: "；"))。")]
        let empty: [OfficialDocument.Block] =
            record.empty.isEmpty
            ? []
            : [
                .heading(1, "没有补上的空岗"),
                .table(
                    .init(
                        caption: "空岗", headers: ["学校", "学科", "个数"], widths: [4, 2, 1],
                        rows: record.empty.map { [$0.school, $0.subject, "\($0.count)"] }, numeric: [2])),
            ]
        return OfficialDocument(
            title: "\(region)\(year.label.zh)县管校聘岗位匹配方案", subtitle: "（内部使用，含个人信息）",
            blocks: [
                .heading(1, "结论"),
                .paragraph(
                    "空岗\(record.vacancies)个，补上\(record.rows.count)个；待岗\(record.waiting)人，安置\(record.placed)人。派出的都是超编学校的富余学科或待岗人员，接收的都是缺编学校的空岗。\(record.proof)。"
                ),
            ] + notes + [
                .heading(1, "名单"),
                .table(
                    .init(
                        caption: "岗位匹配名单", headers: ["序号", "编号", "姓名", "情形", "从", "到", "岗位", "公里"],
                        widths: [0.8, 1.6, 1.4, 1, 3, 3, 1.4, 1], rows: rows, numeric: [0, 7])),
            ] + empty, signature: "\(region)教育局", date: date.chinese,
            source:
                "数据来源：\(source)。规则：\(record.rules)。求解：\(record.certificate.solver)，问题摘要\(record.certificate.problem)。方案由均衡（Junheng）逐人逐条复核。")
    }

    /// No full names, no whole codes, nobody's reason.
    public var published: SheetBook {
        let rows = record.rows.enumerated().map { number, row -> [SheetBook.Cell] in
            let name = names[row.person].map { $0.isEmpty ? "" : "\($0.prefix(1))＊＊" } ?? ""
            return [
                .number(Double(number + 1)), .text(PostRecord.masked(row.person)), .text(name), .text(row.post), .text(row.from),
                .text(row.to),
            ]
        }
        return SheetBook([
            SheetBook.Sheet(
                name: "公示", title: "\(region)\(year.label.zh)县管校聘拟聘名单（公示）",
                notes: ["编号只写后四位，姓名只写姓氏。有异议的请在公示期内向\(region)教育局反映。"],
                columns: [
                    .init("序号", width: 8, decimals: 0), .init("编号后四位", width: 12), .init("姓名", width: 10), .init("岗位学科", width: 12),
                    .init("现在学校", width: 28), .init("拟聘到", width: 28),
                ], rows: rows)
        ])
    }
}
