import Foundation
import PostgresDriver
import SQLiteDriver
import Storage
import Vault

/// The databases the contract holds on. Every folder stands for a database of its own: a file in it, or a schema named after it.
enum Engine: String, CaseIterable, Sendable {
    case sqlite, postgres

    func open(_ folder: URL) throws -> any SQLDriver {
        switch self {
        case .sqlite: try SQLiteDriver(path: folder.appendingPathComponent("junheng.sqlite").path)
        case .postgres: PostgresDriver(try PostgresAddress(try Engine.address(folder)))
        }
    }

    /// Makes what `open` opens.
    func prepare(_ folder: URL) async throws {
        guard self == .postgres else { return }
        let schema = Engine.schema(folder)
        try await PostgresDriver(PostgresAddress(TestPostgres.address())).write { try $0.run(script: "CREATE SCHEMA \(schema)") }
    }

    static func address(_ folder: URL) throws -> String {
        try TestPostgres.address() + "&options=-csearch_path%3D" + schema(folder)
    }

    private static func schema(_ folder: URL) -> String { folder.lastPathComponent.replacing("-", with: "_").lowercased() }
}

/// Folders of this test process, gone when it ends.
enum TestFolder {
    private static let all: URL = {
        atexit { try? FileManager.default.removeItem(at: TestFolder.all) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("junheng-tests-\(ProcessInfo.processInfo.processIdentifier)")
    }()

    /// An empty one, and a database of its own on every engine.
    static func make(_ engine: Engine) async throws -> URL {
        let folder = all.appendingPathComponent("place-\(RandomID.make())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await engine.prepare(folder)
        return folder
    }
}

/// The server of this test process: the one `JUNHENG_TEST_POSTGRES` names, else one started now that ends with the process.
enum TestPostgres {
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    static func address() throws -> String { try started.get() }

    private static let started = Result { try start() }

    private static func start() throws -> String {
        if let given = ProcessInfo.processInfo.environment["JUNHENG_TEST_POSTGRES"], !given.isEmpty { return given }
        let tests = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let (script, answer, complaint) = (Process(), Pipe(), Pipe())
        script.executableURL = tests.appendingPathComponent("postgres")
        script.arguments = ["start", "\(ProcessInfo.processInfo.processIdentifier)"]
        script.standardOutput = answer
        script.standardError = complaint
        try script.run()
        let address = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard address.hasPrefix("postgres://") else { throw Missing(description: words) }
        return address.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
