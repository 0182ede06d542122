import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Vocabulary

/// What the commands share: complaints on standard error, files written whole, the day of today.
enum Terminal {
    static func complain(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { FileHandle.standardError.write(Data("\(diagnostic)\n".utf8)) }
    }

    static func complain(_ words: String) { FileHandle.standardError.write(Data("\(words)\n".utf8)) }

    /// Compiles a catalogue; complaints end the command with exit code 2.
    static func compile(_ folder: () throws -> CatalogueFolder) throws -> IndicatorCatalogue { try compileSealed(folder).catalogue }

    /// The same with the digest of its files.
    static func compileSealed(_ folder: () throws -> CatalogueFolder) throws -> (catalogue: IndicatorCatalogue, digest: String) {
        do {
            let folder = try folder()
            let (catalogue, diagnostics) = folder.compile()
            complain(diagnostics)
            if diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
            return (catalogue, folder.digest)
        } catch let missing as CatalogueMissing {
            FileHandle.standardError.write(Data("\(missing)\n".utf8))
            throw ExitCode(2)
        }
    }

    /// The unit costs of the catalogue in force; nil, with the complaint told, where there are none that can be used.
    static func costs(_ settings: Settings, _ catalogue: IndicatorCatalogue) -> CostList? {
        do {
            return try PlanPath.costs(nil, CatalogueFolder(settings), catalogue)
        } catch {
            complain("\(error)")
            return nil
        }
    }

    /// Opens an installation; what stands in the way ends the command with exit code 2.
    static func open(_ installation: () async throws -> Installation) async throws -> Installation {
        do {
            return try await installation()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(2)
        }
    }

    /// The certificate the settings name, if any; one that cannot be used ends the command with exit code 2.
    static func certificate(_ settings: Settings) throws -> ServerCertificate? {
        do { return try ServerCertificate(settings) } catch {
            complain("\(error)")
            throw ExitCode(2)
        }
    }

    /// Writes a file whole or not at all.
    static func write(_ data: Data, to path: String) throws { try write(to: path) { try $0(data) } }

    /// The same for bytes that come piece by piece.
    static func write(to path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        let url = URL(fileURLWithPath: path)
        let draft = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
        do {
            try Data().write(to: draft)
            let file = try FileHandle(forWritingTo: draft)
            try body { try file.write(contentsOf: $0) }
            try file.close()
            guard rename(draft.path, url.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(at: draft)
            FileHandle.standardError.write(Data("\(path): 写不了这个文件，请核对文件夹是否存在、有没有写入权限\n".utf8))
            throw ExitCode(2)
        }
    }

    /// The Python that sets PDF pages: `JUNHENG_PYTHON`, else the one `make setup` prepares, else the one beside an installed package.
    static var python: String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["JUNHENG_PYTHON"], !named.isEmpty { return named }
        let cache = environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
        let places = [cache + "/junheng/venv/bin/python", "/opt/junheng/bin/python"]
        return places.first { FileManager.default.isExecutableFile(atPath: $0) } ?? places[0]
    }

    /// The day where this machine stands. Asked with every request, so without a calendar.
    static func today() -> Day {
        var (now, parts) = (time(nil), tm())
        localtime_r(&now, &parts)
        return Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    }
}
