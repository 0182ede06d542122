internal import Casework
internal import Vocabulary

extension CaseRules {
    /// A rectification is written off when the thing it was opened for meets its standard now, measured and not said.
    static let remeasured = CaseRule(
        name: "rectification.remeasured", label: LocalizedText(zh: "销号前重新测算", en: "Measured again before writing off"),
        asks: ["verdict.now"]
    ) { _, _, facts in
        switch facts["verdict.now"] {
        case .verdict(.met, _, let sentence): return Finding("remeasured.met", "销号时测算：\(sentence)", refuses: false)
        case .verdict(.measured, _, let sentence):
            return Finding("remeasured.measured", "销号时测算：\(sentence)（没有规定限值，只测不判）", refuses: false)
        case .verdict(.notMet, _, let sentence):
            return Finding("remeasured.notMet", "现在测算仍不达标，不能销号：\(sentence)。请退回继续整改，或待新数据上报后再销号", refuses: true)
        case .verdict(.insufficient, _, let sentence):
            return Finding("remeasured.insufficient", "资料不足，不能判定是否达标，不能销号：\(sentence)。请先补齐数据", refuses: true)
        case .missing(let reason):
            return Finding("remeasured.missing", "没能重新测算，不能销号：\(reason)", refuses: true)
        case .text, .number, .position, .counts:
            return Finding("remeasured.missing", "没能重新测算，不能销号", refuses: true)
        }
    }
}
