internal import Foundation
public import Vocabulary

/// What the returns know, as the files of 1EdTech OneRoster 1.2 (CSV binding, bulk): organisations and school years. Classes,
/// people and enrolments are not held here, and the manifest says so.
public struct OneRosterExport: Sendable {
    private let organisation: String
    private let schools: ReturnTable
    private let years: [SchoolYear]

    /// `schools` are the rows of one school year; `years` all years with data; `organisation` the bureau above the counties.
    public init(organisation: String, schools: ReturnTable, years: [SchoolYear]) {
        self.organisation = organisation
        self.schools = schools
        self.years = years
    }

    /// The files of the archive, by name, as UTF-8 CSV (RFC 4180).
    public var files: [(name: String, text: String)] {
        [("manifest.csv", manifest), ("academicSessions.csv", sessions), ("orgs.csv", organisations)]
    }

    /// Every file the binding knows.
    private static let known = [
        "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments",
        "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results",
        "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users",
    ]

    private var manifest: String {
        let files = OneRosterExport.known.map { ["file.\($0)", ["academicSessions", "orgs"].contains($0) ? "bulk" : "absent"] }
        return OneRosterExport.csv(
            [["propertyName", "value"], ["manifest.version", "1.0"], ["oneroster.version", "1.2"]] + files
                + [["source.systemName", "Junheng"], ["source.systemCode", "junheng"]])
    }

    /// A school year runs from 1 September to 31 August; the days of terms are the province's and not held here.
    private var sessions: String {
        let head = ["sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"]
        return OneRosterExport.csv(
            [head]
                + years.sorted().map { year in
                    [
                        "year-\(year.start)", "", "", year.label.zh, "schoolYear", "\(year.start)-09-01", "\(year.start + 1)-08-31", "",
                        "\(year.start + 1)",
                    ]
                })
    }

    private var organisations: String {
        let head = ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"]
        let counties = Set((0..<schools.count).map { schools.attribute("county", $0) }).sorted()
        var rows = [head, ["city", "", "", organisation, "local", "", ""]]
        rows += counties.map { [OneRosterExport.id(of: $0), "", "", $0, "district", "", "city"] }
        for row in 0..<schools.count {
            let code = schools.attribute("code", row)
            rows.append(
                [
                    "school-\(code)", "", "", schools.attribute("name", row), "school", code,
                    OneRosterExport.id(of: schools.attribute("county", row)),
                ])
        }
        return OneRosterExport.csv(rows)
    }

    /// Ids are plain ASCII: receivers differ in what else they take.
    private static func id(of county: String) -> String {
        "county-"
            + (county.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(CharacterSet(charactersIn: "!"..."~"))) ?? "")
    }

    private static func csv(_ rows: [[String]]) -> String {
        rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
