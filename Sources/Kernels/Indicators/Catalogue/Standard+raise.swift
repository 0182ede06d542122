internal import Definitions
internal import Vocabulary

extension Standard.Item {
    /// New thresholds of single schools, by stage. Where there was none, the overlay sets the first one.
    mutating func raiseThresholds(_ node: DefinitionNode, _ stages: [Stage], _ source: String, _ log: DiagnosticLog) {
        let known = threshold.isEmpty ? stages : threshold.keys.sorted()
        for (stage, value) in node.byStage(node.isMapping ? [] : known, within: stages, log) {
            if let old = threshold[stage], !comparison.isAsStrict(value, as: old) {
                node.loosens("\(code) \(stage.label.zh)", comparison, old, value, log)
            } else {
                threshold[stage] = value
            }
        }
        note += "（\(source)加严）"
    }

    /// New bounds of a county's or every school's tests: one number where there is one test, else `{ 检验的名称: 数 }`.
    mutating func raiseTests(_ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        let wanted = node.isMapping ? node.entries : tests.count == 1 ? [(tests[0].label.zh, node)] : []
        if wanted.isEmpty {
            let labels = tests.map(\.label.zh).joined(separator: "、")
            log.error("tighten.test", at: node.place, "“\(code)”有多条检验，请写明是哪一条：\(labels)，例如 { \(tests.first?.label.zh ?? ""): 0.9 }")
        }
        for (label, value) in wanted {
            guard let t = tests.firstIndex(where: { $0.label.zh == label }) else {
                let labels = tests.map(\.label.zh).joined(separator: "、")
                log.error("tighten.test", at: value.place, "“\(code)”没有检验“\(label)”。可用：\(labels)")
                continue
            }
            tests[t].raise(code, value, log)
        }
        note += "（\(source)加严）"
        examples = []
    }
}

extension Standard.Test {
    fileprivate mutating func raise(_ code: String, _ node: DefinitionNode, _ log: DiagnosticLog) {
        let value = node.asNumber(log)
        guard value.isFinite else { return }
        let text = PlainNumber.text(value)
        switch bound {
        case nil: (bound, boundText) = (.number(value), text)
        case .number(let old):
            if comparison.isAsStrict(value, as: old) {
                (bound, boundText) = (.number(value), text)
            } else {
                node.loosens("\(code) \(label.zh)", comparison, old, value, log)
            }
        case .some(let formula):
            // A bound that is itself computed keeps its say: the stricter of both counts.
            let stricter: Formula.Function = comparison == .atLeast ? .max : .min
            (bound, boundText) = (.call(stricter, [formula, .number(value)]), "\(stricter.rawValue)(\(boundText), \(text))")
        }
    }
}

extension Comparison {
    /// Whether `value` demands no less than `old` does.
    func isAsStrict(_ value: Double, as old: Double) -> Bool { self == .atLeast ? value >= old : value <= old }
}

extension String {
    /// A clause with the overlay's document behind it.
    func cited(_ source: String) -> String { isEmpty ? source : "\(self)；\(source)" }
}

extension DefinitionNode {
    func loosens(_ what: String, _ comparison: Comparison, _ old: Double, _ new: Double, _ log: DiagnosticLog) {
        let way = comparison == .atLeast ? "不小于" : "不大于"
        log.error(
            "tighten.loosens", at: place,
            "地方规则只能加严，不能放宽：\(what)原为 \(PlainNumber.text(old))，这里写 \(PlainNumber.text(new))，应写\(way) \(PlainNumber.text(old)) 的数")
    }

    func wholeNumber(_ log: DiagnosticLog) -> Double {
        let number = asNumber(log)
        guard number.isFinite, number == number.rounded(), (0...1_000).contains(number) else {
            if number.isFinite { log.error("definition.whole", at: place, "这里应是 0 到 1000 的整数，写的是“\(text ?? "…")”") }
            return 0
        }
        return number
    }
}
