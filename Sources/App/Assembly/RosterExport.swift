internal import Documents
public import Foundation
public import Indicators
internal import Storage
public import Vocabulary

/// The register of schools of an installation as a OneRoster archive.
public struct RosterExport: Sendable {
    let folder: URL
    let database: DatabaseAddress?
    let catalogue: IndicatorCatalogue

    public init(_ folder: URL, database: DatabaseAddress?, catalogue: IndicatorCatalogue) {
        self.folder = folder
        self.database = database
        self.catalogue = catalogue
    }

    /// The archive of a year, the newest with data where none is named, and how many schools it holds; nil where there are no data.
    /// May be run beside a server: it only reads.
    public func archive(_ year: SchoolYear?, organisation: String) async throws -> (data: Data, year: SchoolYear, schools: Int)? {
        let address = database ?? .sqlite(folder.appendingPathComponent("junheng.sqlite").path)
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) { return nil }
        let returns = try await Storage(address.open()).returns
        let years = try await returns.schoolYears(form: "school-return")
        guard let form = catalogue.forms["school-return"], let chosen = year ?? years.first, years.contains(chosen) else { return nil }
        let schools = try await returns.table(form, chosen)
        let export = OneRosterExport(organisation: organisation, schools: schools, years: years)
        return (try TextArchive.data(export.files), chosen, schools.count)
    }
}
