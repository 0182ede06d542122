internal import Definitions
internal import Targets
internal import Vocabulary

/// Plans as texts, compiled.
enum PlanTexts {
    /// Throws `PlanRefusal` with every complaint.
    static func compile(_ body: String) throws -> [CityPlan] {
        let log = DiagnosticLog()
        let plans = CityPlan.list(DefinitionSet([DefinitionFile(path: "plan.yaml", text: body)], log), log)
        if log.hasErrors { throw PlanRefusal(.invalid, log.diagnostics.map(\.description).joined(separator: "\n")) }
        return plans
    }
}
