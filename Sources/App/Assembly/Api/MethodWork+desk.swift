internal import API
internal import Plans

extension MethodWork {
    /// As the pages of 达标方案 do it.
    init(_ desk: PlansDesk) {
        self.init(
            methods: { county in desk.methods.map { Method($0, $0.fields(county)) } },
            ask: { wish, visit in
                try await desk.ask(
                    MethodQuestion(
                        method: wish.method, standard: wish.standard, year: wish.year, county: wish.county, values: wish.values), visit)
            },
            one: { PlanWork.Opened(try await desk.methodPlan($0, $1)) },
            adopt: { PlanWork.Opened(try await desk.adoptMethodPlan($0, seen: $1, $2)) },
            carry: CarryWork(
                openCases: { try await desk.openCases($0, finishBy: $1, $2) },
                draftTargets: { try await desk.draftTargets($0, finishBy: $1, $2) }))
    }
}

extension PlanWork.Opened {
    fileprivate init(_ plan: OpenedMethodPlan) { self.init(record: plan.record, isCurrent: plan.isCurrent) }
}

extension MethodWork.Method {
    fileprivate init(_ method: any CountyMethod, _ fields: [MethodField]) {
        self.init(
            id: method.id, label: method.label, question: method.question, lead: method.lead,
            fields: fields.map { field in
                let (kind, choices): (String, [MethodField.Choice]) =
                    switch field.kind {
                    case .text: ("text", [])
                    case .number: ("number", [])
                    case .flag: ("flag", [])
                    case .choice(let all): ("choice", all)
                    }
                return MethodWork.Field(
                    name: field.name, label: field.label, kind: kind, unit: field.unit, note: field.note, usual: field.usual,
                    choices: choices.map { ($0.value, $0.label) })
            })
    }
}
