/// Addresses of 教联体.
extension SiteMap {
    public var alliances: String { path(["alliances"]) }
    /// A county's alliances, with what may be done to them.
    public func alliances(_ county: String) -> String { path(["alliances", "counties", county]) }
    /// `groups`, `workbooks`, `plans`, `pairings`, `report.docx`.
    public func allianceStep(_ county: String, _ what: String) -> String { path(["alliances", "counties", county, what]) }
    public func alliance(_ id: String) -> String { path(["alliances", "groups", id]) }
    /// `members`, `leave`, `end`, `activities`, `strikes`.
    public func alliance(_ id: String, _ step: String) -> String { path(["alliances", "groups", id, step]) }
}
