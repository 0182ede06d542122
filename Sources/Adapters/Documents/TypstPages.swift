internal import Foundation
internal import Reporting

/// Sets a document as PDF pages with typst, run in Python.
struct TypstPages {
    let python: String
    /// Seconds after which setting is given up.
    static let timeout = 60.0

    func pdf(_ document: OfficialDocument) throws -> Data {
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw DocumentFailure(description: "没有找到排版用的 Python（\(python)）。请先运行 make setup，或用 JUNHENG_PYTHON 指明；也可以改存 .docx")
        }
        guard let template = Bundle.module.url(forResource: "Typst", withExtension: nil)?.appendingPathComponent("official.typ") else {
            throw DocumentFailure(description: "缺少排版模板 official.typ，请重新安装")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: template, to: folder.appendingPathComponent("official.typ"))
        try JSONEncoder().encode(TypstDocument(document)).write(to: folder.appendingPathComponent("document.json"))
        try run(folder)
        return try Data(contentsOf: folder.appendingPathComponent("out.pdf"))
    }

    private func run(_ folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import typst; typst.compile('official.typ', output='out.pdf')"]
        process.currentDirectoryURL = folder
        let complaints = Pipe()
        process.standardError = complaints
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + TypstPages.timeout)
        timer.setEventHandler { process.terminate() }
        timer.resume()
        let said = complaints.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        timer.cancel()
        guard process.terminationStatus == 0 else {
            let reason = String(decoding: said, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
            throw DocumentFailure(description: "PDF 排版失败（\(reason)）。可以改存 .docx")
        }
    }
}

/// The document as the template reads it.
private struct TypstDocument: Encodable {
    struct Block: Encodable {
        var kind: String
        var level = 0
        var text = ""
        var headers: [String] = []
        var widths: [Double] = []
        var rows: [[String]] = []
        var numeric: [Bool] = []
    }
    let title: String
    let subtitle: String
    let signature: String
    let date: String
    let source: String
    let stamp: String
    let blocks: [Block]

    init(_ document: OfficialDocument) {
        title = document.title
        subtitle = document.subtitle
        signature = document.signature
        date = document.date
        source = document.source
        stamp = ExportStamp.current?.line ?? ""
        blocks = document.numbered.map { block in
            switch block {
            case .heading(let level, let text): Block(kind: "heading", level: level, text: text)
            case .paragraph(let text): Block(kind: "paragraph", text: text)
            case .table(let table):
                Block(
                    kind: "table", text: table.caption, headers: table.headers, widths: table.widths, rows: table.rows,
                    numeric: table.headers.indices.map(table.numeric.contains))
            }
        }
    }
}
