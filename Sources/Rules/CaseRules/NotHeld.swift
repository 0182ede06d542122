internal import Casework
internal import Vocabulary

extension CaseRules {
    /// A new form is approved only while nothing it asks for is held already, looked up and not said.
    static let notHeld = CaseRule(
        name: "collection.notHeld", label: LocalizedText(zh: "批准前再核对一次已有数据", en: "Checked again against what is held"),
        asks: ["collection.held"]
    ) { _, _, facts in
        switch facts["collection.held"] {
        case .counts(let held) where held.isEmpty: return Finding("collection.new", "批准时核对：所收栏目都不是已有的数据", refuses: false)
        case .counts(let held):
            let names = held.keys.sorted()
            let words = names.prefix(5).map { "“\($0)”" }.joined(separator: "、") + (names.count > 5 ? "等\(names.count)栏" : "")
            return Finding("collection.held", "\(words)已经有数据，不能再收。请退回申请人删去这些栏目后重新申请", refuses: true)
        case .verdict(.met, _, let sentence): return Finding("collection.new", sentence, refuses: false)
        case .verdict(_, _, let sentence): return Finding("collection.held", "\(sentence)，不能批准", refuses: true)
        case .missing(let reason): return Finding("collection.missing", "没能核对已有数据，不能批准：\(reason)", refuses: true)
        case .text, .number, .position: return Finding("collection.missing", "没能核对已有数据，不能批准", refuses: true)
        }
    }
}
