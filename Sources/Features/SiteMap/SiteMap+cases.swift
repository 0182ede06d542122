/// Addresses of 办件, of what is published of them, and of the check of new forms. They are of no school year.
extension SiteMap {
    public static let cases = "/cases"
    public static let caseCalendar = "/cases/calendar"
    public static let caseFigures = "/cases/figures"
    public static let caseKinds = "/cases/kinds"
    public static func caseKind(_ id: String) -> String { "/cases/kinds/\(encoded(id))" }
    public static func openCase(_ kind: String) -> String { "/cases/open/\(encoded(kind))" }
    public static func oneCase(_ id: String) -> String { "/cases/\(encoded(id))" }
    public static func reportCase(_ kind: String) -> String { "/report/\(encoded(kind))" }
    /// What is published, without logging in.
    public static let publicLists = "/lists"
    public static func publicList(_ kind: String) -> String { "/lists/\(encoded(kind))" }
    public static let collectOnce = "/collect-once"
    public static let collectOnceApply = "/collect-once/apply"

    /// A path with a query.
    public static func query(_ path: String, _ items: [(String, String)]) -> String {
        items.isEmpty ? path : path + "?" + items.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }
}
