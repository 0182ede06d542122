public import Casework
public import Inspection
internal import Vocabulary

/// A finding of a visit as the beginning of a case.
public struct FindingCase: Sendable {
    /// The kind of case.
    public static let kind = "inspection-finding"

    public var beginning: CaseBeginning
    public var answers: [String: FieldValue]
    /// Back to the finding: `visit/finding`.
    public var link: CaseLink

    /// Nil where the finding has no day to be put right by.
    public init?(_ visit: Inspection.Visit, _ finding: VisitFinding, _ catalogue: InspectionCatalogue) {
        guard let day = Day(iso: finding.finishBy) else { return nil }
        let rubric = catalogue.rubric(finding.rubric, of: visit)
        let item = rubric?.item(finding.item)
        answers = ["problem": .text(finding.text), "finishBy": .date(day)]
        if let item {
            answers["item"] = .text(String(item.label.prefix(200)))
            answers["clause"] = .text(String("\(rubric?.document ?? "") \(item.clause)".prefix(200)))
        }
        let window = visit.window.map { $0.from == $0.until ? "\($0.from)" : "\($0.from)至\($0.until)" } ?? "\(visit.year)年"
        link = CaseLink(
            kind: SupervisionDesk.link, target: "\(visit.id)/\(finding.id)", label: "\(visit.schoolName)入校督导（\(window)）")
        beginning = CaseBeginning(
            title: FindingCase.title(visit, finding, catalogue),
            place: CasePlace(county: visit.county, school: visit.school, label: visit.schoolName), subject: visit.school)
    }

    /// A finding in a few words.
    static func title(_ visit: Inspection.Visit, _ finding: VisitFinding, _ catalogue: InspectionCatalogue) -> String {
        let item = catalogue.rubric(finding.rubric, of: visit)?.item(finding.item)?.label ?? finding.item
        return String("\(item)：\(finding.text)".prefix(100))
    }
}
