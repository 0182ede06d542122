internal import Foundation
internal import Indicators

/// How the bytes of a text file are to be read.
struct TextEncoding: Sendable, Equatable {
    /// The name the C library's converter knows it by; nil for UTF-8, which needs none.
    var converter: String?
    /// Bytes of the byte order mark.
    var skipped = 0

    /// Looks through the whole file once, keeping nothing of it.
    static func of(_ url: URL, name: String) throws -> TextEncoding {
        let file = try FileHandle(forReadingFrom: url)
        defer { try? file.close() }
        let head = try file.read(upToCount: 3) ?? Data()
        if head.starts(with: [0xFF, 0xFE]) { return TextEncoding(converter: "UTF-16LE", skipped: 2) }
        if head.starts(with: [0xFE, 0xFF]) { return TextEncoding(converter: "UTF-16BE", skipped: 2) }
        let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
        try file.seek(toOffset: hasMark ? 3 : 0)
        var census = EncodingCensus()
        while let bytes = try file.read(upToCount: 1 << 18), !bytes.isEmpty {
            bytes.withUnsafeBytes { census.add($0) }
            if census.hasNull { break }
        }
        census.finish()
        if census.hasNull { throw unknown(name) }
        guard let broken = census.firstBroken else { return TextEncoding(converter: nil, skipped: hasMark ? 3 : 0) }
        if let certain = census.firstCertain {
            throw FileRefusal(
                "file.encoding", name, "文件里混了两种编码：第\(certain)行是 UTF-8，第\(broken)行不是。请用 Excel 或 WPS 另存为“CSV UTF-8”或 .xlsx 后再上传")
        }
        if hasMark { throw FileRefusal("file.encoding", name, "文件开头写明是 UTF-8，第\(broken)行却不是。请重新导出，或另存为 .xlsx 后再上传") }
        return TextEncoding(converter: "GB18030")
    }

    static func unknown(_ name: String) -> FileRefusal {
        FileRefusal("file.kind", name, "认不出这个文件。请上传 Excel 工作簿（.xlsx），或 UTF-8、GB18030 编码的 CSV")
    }
}

/// Which lines of a text are UTF-8.
struct EncodingCensus {
    private(set) var hasNull = false
    /// First line (from 1) that is not UTF-8.
    private(set) var firstBroken: Int?
    /// First line that is UTF-8 beyond doubt: valid, with as many three-byte characters as hardly come about by chance.
    private(set) var firstCertain: Int?
    private var line = 1
    private var isBroken = false
    private var wide = 0
    private var missing = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private static let certainty = 4

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if missing > 0 {
                if byte >= lowest, byte <= highest {
                    missing -= 1
                    lowest = 0x80
                    highest = 0xBF
                    continue
                }
                isBroken = true
                missing = 0
            }
            if byte < 0x80 {
                if byte == 0x0A { endLine() } else if byte == 0 { hasNull = true }
            } else {
                begin(byte)
            }
        }
    }

    /// The first byte of a character of several bytes: how many follow, and between which bounds the next one lies.
    private mutating func begin(_ byte: UInt8) {
        lowest = 0x80
        highest = 0xBF
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF:
            missing = 2
            wide += 1
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            missing = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: isBroken = true
        }
    }

    private mutating func endLine() {
        if isBroken {
            if firstBroken == nil { firstBroken = line }
        } else if wide >= EncodingCensus.certainty, firstCertain == nil {
            firstCertain = line
        }
        line += 1
        isBroken = false
        wide = 0
    }

    mutating func finish() {
        if missing > 0 { isBroken = true }
        endLine()
    }
}
