internal import Definitions
public import Vocabulary

/// A rule a reported row must satisfy to be believed, such as 室内体育用房 ≤ 教学及辅助用房.
public struct DataCheck: Sendable, Identifiable {
    public let id: String
    public var label: LocalizedText
    public var severity: Diagnostic.Severity
    public var form: String
    public var holds: Formula
    /// What is wrong and what to do, shown to the person who filled in the row.
    public var message: String
    public var advice: String
    /// The column pointed at.
    public var column: String
    public var examples: [(given: [String: Operand], passes: Bool, place: Diagnostic.Place)]

    /// False only when the row certainly breaks the rule; an absent number breaks nothing.
    public func passes(_ lookup: (String) -> Operand) -> Bool { holds.evaluate(lookup) != 0 }
}

extension DataCheck {
    init?(_ definition: Definition, known names: Set<String>, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(["check", "label", "severity", "form", "holds", "message", "advice", "column", "examples"], log)
        guard let condition = body.formula("holds", known: names, log) else { return nil }
        id = definition.id
        label = body.localized("label", log)
        severity = body.requiredText("severity", log) == "error" ? .error : .warning
        form = body.requiredText("form", log)
        holds = condition
        message = body.requiredText("message", log)
        advice = body.requiredText("advice", log)
        column = body.requiredText("column", log)
        examples = (body["examples"]?.list ?? []).map { node in
            node.only(["given", "passes"], log)
            return (node["given"]?.operands ?? [:], node.flag("passes", default: true, log), node.place)
        }
        if !examples.contains(where: \.passes) || examples.allSatisfy(\.passes) {
            log.error("check.examples", at: body.place, "校验“\(definition.id)”要带一个通过的和一个不通过的算例")
        }
    }
}
