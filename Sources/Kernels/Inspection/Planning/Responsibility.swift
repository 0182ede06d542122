internal import Vocabulary

/// Who answers for a school: 责任督学挂牌. Several schools make a region, 督学责任区.
public struct Responsibility: Hashable, Sendable {
    public var county: String
    /// The region of inspection, as the county calls it: `第一责任区`.
    public var region: String
    public var school: String
    public var schoolName: String
    /// The person's id and name in the register of people.
    public var inspector: String
    public var inspectorName: String

    public init(county: String, region: String, school: String, schoolName: String, inspector: String, inspectorName: String) {
        self.county = county
        self.region = region
        self.school = school
        self.schoolName = schoolName
        self.inspector = inspector
        self.inspectorName = inspectorName
    }
}

extension InspectionRules {
    /// Whether a school may come to a region and to an inspector. A sentence where the inspector has more than usual; refuses a
    /// region beyond the most, and an inspector who would have more schools than a whole region may.
    public func take(_ one: Responsibility, in all: [Responsibility]) throws(InspectionRefusal) -> String? {
        guard !one.region.isEmpty, one.region.count <= 30 else { throw InspectionRefusal("请写明责任区名称，最多30字，例如“第一责任区”", .input) }
        let others = all.filter { $0.school != one.school }
        let region = others.count { $0.county == one.county && $0.region == one.region }
        guard region < mostSchools else {
            throw InspectionRefusal("\(one.county)\(one.region)已有\(region)所学校，一个责任区最多\(mostSchools)所。请另设一个责任区，或先调整")
        }
        let own = others.count { $0.inspector == one.inspector }
        guard own < mostSchools else {
            throw InspectionRefusal("一名责任督学最多负责\(mostSchools)所学校，已负责\(own)所。请先调整，或请另一名责任督学负责")
        }
        return own + 1 > usualSchools ? "\(one.inspectorName)已负责\(own + 1)所，一般约\(usualSchools)所" : nil
    }
}
