internal import Foundation
internal import Indicators

/// A text file as UTF-8, a piece at a time.
final class TextStream {
    private let file: FileHandle
    private let name: String
    private let size: Int
    private var done: Int
    private let converter: iconv_t?
    /// Bytes of a character cut in two by the end of the last piece.
    private var rest: [CChar] = []
    private var isAtEnd = false

    init(_ url: URL, _ encoding: TextEncoding, name: String) throws {
        file = try FileHandle(forReadingFrom: url)
        self.name = name
        size = Int(try file.seekToEnd())
        done = encoding.skipped
        try file.seek(toOffset: UInt64(encoding.skipped))
        if let from = encoding.converter {
            guard let opened = iconv_open("UTF-8", from), Int(bitPattern: opened) != -1 else { throw TextEncoding.unknown(name) }
            converter = opened
        } else {
            converter = nil
        }
    }

    deinit {
        if let converter { iconv_close(converter) }
        try? file.close()
    }

    var fraction: Double { min(1, Double(done) / Double(max(size, 1))) }

    /// The next piece as UTF-8; nil at the end. Throws `FileRefusal` at bytes the encoding does not know.
    func next() throws -> [UInt8]? {
        guard let bytes = try file.read(upToCount: 1 << 16), !bytes.isEmpty else {
            if !rest.isEmpty { throw broken() }
            return nil
        }
        done += bytes.count
        return try converter.map { try convert(bytes, $0) } ?? Array(bytes)
    }

    private func convert(_ bytes: Data, _ converter: iconv_t) throws -> [UInt8] {
        var input = rest + bytes.map { CChar(bitPattern: $0) }
        var output = [UInt8](repeating: 0, count: input.count * 3 + 16)
        var left = input.count
        var room = output.count
        let failed = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress
                var to = target.bindMemory(to: CChar.self).baseAddress
                return iconv(converter, &from, &left, &to, &room) == -1 && errno != EINVAL
            }
        }
        // Four bytes are the longest character of these encodings.
        if failed || left > 4 { throw broken() }
        rest = Array(input.suffix(left))
        output.removeLast(room)
        return output
    }

    private func broken() -> FileRefusal {
        FileRefusal("file.encoding", name, "文件里有认不出的字节（约在 \(Int(fraction * 100))% 处）。请用 Excel 或 WPS 另存为“CSV UTF-8”或 .xlsx 后再上传")
    }
}
