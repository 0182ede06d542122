/// Addresses of 督导.
extension SiteMap {
    /// How often schools are visited, for anybody.
    public static let publicVisits = "/lists/visit-counts"
    public var inspection: String { path(["inspection"]) }
    public var visitPlan: String { path(["inspection", "plan"]) }
    public var inspectors: String { path(["inspection", "inspectors"]) }
    public func inspection(_ county: String) -> String { path(["inspection", "counties", county]) }
    /// `requests`, `inspectors`, `score`, `report.docx`, `report.pdf`.
    public func inspection(_ county: String, _ part: String) -> String { path(["inspection", "counties", county, part]) }
    public func schoolCheck(_ county: String, _ school: String) -> String { path(["inspection", "counties", county, "schools", school]) }
    public func inspectionVisit(_ id: String) -> String { path(["inspection", "visits", id]) }
    /// `approve`, `decline`, `arrive`, `finish`, `report.docx`, `report.pdf`.
    public func inspectionVisit(_ id: String, _ step: String) -> String { path(["inspection", "visits", id, step]) }
    public func visitItem(_ id: String, _ rubric: String, _ item: String) -> String {
        path(["inspection", "visits", id, "items", rubric, item])
    }
    public func visitPhoto(_ id: String, _ digest: String) -> String { path(["inspection", "visits", id, "photos", digest]) }
    public func visitCase(_ id: String, _ finding: String) -> String { path(["inspection", "visits", id, "findings", finding, "case"]) }
}
