internal import Exchanges
internal import Indicators
internal import Vocabulary

/// Turns out of a filled-in register form.
struct RegisterReading {
    private(set) var exchanges: [Exchange] = []
    private(set) var complaints: [String] = []

    init(_ table: ReturnTable, county: String, year: SchoolYear, rules: RotationRules, newID: () -> String) {
        for row in 0..<table.count {
            func text(_ id: AttributeID) -> String { table.attribute(id, row) }
            func complain(_ id: AttributeID, _ message: String) {
                let place = table.cell(id, row).map { "\($0)：" } ?? ""
                complaints.append("\(place)\(message)")
            }
            guard let form = rules.form(written: text("form")) else {
                complain("form", "不认识的交流形式“\(text("form").prefix(20))”。请填：\(rules.forms.map(\.label).joined(separator: "、"))")
                continue
            }
            guard let state = Exchange.State.allCases.first(where: { $0.label.zh == text("state") }) else {
                complain("state", "状态请填：\(Exchange.State.allCases.map(\.label.zh).joined(separator: "、"))")
                continue
            }
            guard text("stage") == "小学" || text("stage") == "初中" else {
                complain("stage", "学段请填小学或初中")
                continue
            }
            let ended = SchoolYear(text: text("ended"))
            if state == .finished, ended.map({ $0 < year }) ?? true {
                complain("ended", "已期满的要填期满学年，不早于\(year.start)")
                continue
            }
            exchanges.append(
                Exchange(
                    id: newID(), county: county, year: year, teacher: text("code"), name: text("name"),
                    stage: text("stage") == "初中" ? .junior : .primary, post: text("post"),
                    isBackbone: rules.backboneLevels.contains(text("backbone")), from: .init(code: text("from"), name: text("from_name")),
                    to: .init(code: text("to"), name: text("to_name"), setting: text("setting")), form: form.id, state: state,
                    ended: state == .finished ? ended : nil))
        }
    }
}
