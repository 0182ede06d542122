internal import Foundation
internal import Indicators

/// A CSV file: rows of texts in UTF-8, UTF-16 or GB18030, separated by comma, tab or semicolon.
struct DelimitedText: Sendable {
    let text: [UInt8]
    let separator: UInt8

    init(_ data: Data, name: String) throws {
        guard let text = DelimitedText.decode(data), !text.contains(0) else {
            throw FileRefusal("file.kind", name, "认不出这个文件。请上传 Excel 工作簿（.xlsx），或 UTF-8、GB18030 编码的 CSV")
        }
        self.text = text
        let head = text.prefix { $0 != 0x0A }
        separator = [0x2C, 0x09, 0x3B].max { a, b in head.count { $0 == a } < head.count { $0 == b } } ?? 0x2C
    }

    /// The bytes as UTF-8; nil when they are in none of the encodings.
    private static func decode(_ data: Data) -> [UInt8]? {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(data.dropFirst(3)) }
        if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
            return String(data: data, encoding: .utf16).map { Array($0.utf8) }
        }
        return utf8(data) ?? convert(data, from: "GB18030")
    }

    private static func utf8(_ data: Data) -> [UInt8]? {
        let bytes = Array(data)
        return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }

    private static func convert(_ data: Data, from encoding: String) -> [UInt8]? {
        let converter = iconv_open("UTF-8", encoding)
        guard let converter, Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var input = data.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 3 + 16)
        var left = input.count
        var room = output.count
        let failed = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return iconv(converter, &from, &left, &to, &room) == -1
            }
        }
        return failed ? nil : output.prefix(output.count - room).map { UInt8(bitPattern: $0) }
    }

    func rows(_ body: (SheetRow) throws -> Void) throws {
        var row = SheetRow(number: 1, cells: [])
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var i = 0
        func endField() {
            row.cells.append(field.isEmpty ? .empty : .text(String(decoding: field, as: UTF8.self)))
            field.removeAll(keepingCapacity: true)
            wasQuoted = false
        }
        while i < text.count {
            let byte = text[i]
            if isQuoted {
                if byte == 0x22 {
                    if i + 1 < text.count, text[i + 1] == 0x22 {
                        field.append(byte)
                        i += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    field.append(byte)
                }
            } else if byte == 0x22, field.isEmpty, !wasQuoted {
                isQuoted = true
                wasQuoted = true
            } else if byte == separator {
                endField()
            } else if byte == 0x0A {
                if field.last == 0x0D { field.removeLast() }
                endField()
                try body(row)
                row = SheetRow(number: row.number + 1, cells: [])
            } else {
                field.append(byte)
            }
            i += 1
        }
        if !field.isEmpty || !row.cells.isEmpty {
            if field.last == 0x0D { field.removeLast() }
            endField()
            try body(row)
        }
    }
}
