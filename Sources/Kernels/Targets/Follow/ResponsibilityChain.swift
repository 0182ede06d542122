internal import Vocabulary

/// Who answers for a leaf, from the city's leader down to the schools.
public struct ResponsibilityChain: Sendable {
    public struct Link: Sendable {
        public var level: PlanOffice.Level
        public var office: String
        /// What stands with this office: nil where it only leads.
        public var light: PlanLight?
        public var detail: String
    }

    public var links: [Link] = []

    public init(_ charge: PlanCharge, plan: CityPlan, assessment: ItemAssessment) {
        let above = ResponsibilityChain.above(charge.owner, plan)
        for office in above { links.append(Link(level: office.level, office: office.label.zh, light: nil, detail: "")) }
        if let owner = charge.owner.flatMap({ plan.office($0) }) {
            links.append(Link(level: owner.level, office: owner.label.zh, light: assessment.light, detail: "牵头"))
        }
        for id in charge.coOwners {
            guard let office = plan.office(id) else { continue }
            links.append(Link(level: office.level, office: office.label.zh, light: nil, detail: "配合"))
        }
        for part in assessment.parts {
            guard let county = part.county else { continue }
            let value = part.value.map { charge.item.required.text($0) } ?? "资料不足"
            links.append(Link(level: .county, office: "\(county)教育局", light: part.light, detail: value))
        }
        for part in assessment.parts where part.light != .done && !part.schools.isEmpty {
            let named = part.schools.prefix(5).joined(separator: "、")
            let more = part.schools.count > 5 ? "等\(part.schools.count)所" : ""
            links.append(Link(level: .school, office: named + more, light: part.light, detail: part.county ?? ""))
        }
    }

    /// The offices over one, highest first. A circle ends where it begins.
    private static func above(_ id: String?, _ plan: CityPlan) -> [PlanOffice] {
        var list: [PlanOffice] = []
        var next = id.flatMap { plan.office($0)?.under }
        while let office = next.flatMap({ plan.office($0) }), !list.contains(office) {
            list.insert(office, at: 0)
            next = office.under
        }
        return list
    }
}
