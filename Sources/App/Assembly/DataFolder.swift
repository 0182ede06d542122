public import DemoCity
public import Foundation
internal import Imports
public import Indicators
internal import Storage
internal import Vault
public import Vocabulary
internal import Workbooks

/// A folder with one sub-folder per school year holding the workbooks of that year.
public struct DataFolder: Sendable {
    public let url: URL

    public init(_ url: URL) { self.url = url }

    public var schoolYears: [SchoolYear] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.compactMap { SchoolYear(text: $0) }.filter { !files($0).isEmpty }.sorted(by: >)
    }

    /// Workbooks of a year in order of name.
    public func files(_ year: SchoolYear) -> [URL] {
        let folder = url.appendingPathComponent(String(year.start))
        let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return found.filter { ["xlsx", "csv"].contains($0.pathExtension.lowercased()) && !$0.lastPathComponent.hasPrefix("~") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Takes every workbook that was not taken before into an installation, oldest year first.
    /// Answers the names of those taken. Throws `DataFolderRefusal` with every complaint at the first that cannot be.
    public func takeIn(_ installation: Installation, by: Signature) async throws -> [String] {
        let imports = installation.storage.imports
        let known = Set(try await imports.records(ImportFilter(states: [.applied, .undone], limit: .max)).map(\.start.file.digest))
        var taken: [String] = []
        for year in schoolYears.reversed() {
            for file in files(year) {
                let kept = try await installation.files.keep(contentsOf: file, name: file.lastPathComponent)
                if known.contains(kept.digest) { continue }
                try await take(file, year, installation, by)
                taken.append(file.lastPathComponent)
            }
        }
        return taken
    }

    private func take(_ file: URL, _ year: SchoolYear, _ installation: Installation, _ by: Signature) async throws {
        let imports = installation.storage.imports
        let takeIn = installation.takeIn()
        let name = file.lastPathComponent
        do {
            for begun in try await takeIn.begin(file, name: name, year: year, county: nil, by: by) {
                let record = try await takeIn.read(begun)
                let complaints = try await imports.diagnostics(of: record.id, from: 0, limit: 1_000).filter { $0.severity == .error }
                guard record.state == .preview, record.tally.refused == 0 else {
                    // Nobody is there to look at the preview, and the next start reads the file again.
                    if record.state == .preview { _ = try await imports.discard(record.id, seen: record.version, by: by) }
                    throw DataFolderRefusal(file: name, diagnostics: complaints)
                }
                _ = try await imports.apply(record.id, ImportChoice(), seen: record.version, by: by)
            }
        } catch let refusal as FileRefusal {
            throw DataFolderRefusal(file: name, diagnostics: [refusal.diagnostic])
        } catch let refusal as StoreRefusal {
            throw DataFolderRefusal(file: name, diagnostics: [Diagnostic(.error, "import.store", at: .file(name), refusal.message)])
        }
    }

    /// Writes the demo city, a workbook for every county and year, where the folder holds nothing yet.
    public func fill(with city: DemoCity, catalogue: IndicatorCatalogue) throws {
        guard schoolYears.isEmpty else { return }
        // Only beside data that are the demo's own.
        try FileBoundaries(folder: url).fill(with: city)
        for year in city.schoolYears {
            let folder = url.appendingPathComponent(String(year.start))
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let returns = DemoYear(city, year, catalogue: catalogue)
            for county in city.counties {
                let book = returns.workbook(of: county)
                try XlsxWriter().write(book).write(to: folder.appendingPathComponent("\(county)\(year.start).xlsx"), options: .atomic)
                guard let more = returns.monitoringWorkbook(of: county) else { continue }
                try XlsxWriter().write(more).write(to: folder.appendingPathComponent("\(county)\(year.start)监测.xlsx"), options: .atomic)
            }
        }
    }
}

/// A workbook of the folder is not taken.
public struct DataFolderRefusal: Error, CustomStringConvertible {
    public var file: String
    public var diagnostics: [Diagnostic]
    public var description: String { diagnostics.prefix(20).map { "\(file) \($0)" }.joined(separator: "\n") }
}
