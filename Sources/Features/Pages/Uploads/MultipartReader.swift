internal import Foundation

/// Takes a `multipart/form-data` body (RFC 7578) apart as it arrives: small fields into memory, files onto the disk.
struct MultipartReader {
    /// Most bytes of all fields together, and of one part's headers.
    static let fieldLimit = 64 * 1024

    /// In the order sent; a name may come more than once.
    private(set) var values: [(name: String, value: String)] = []
    /// The last value of each name.
    var fields: [String: String] { Dictionary(values.map { ($0.name, $0.value) }) { _, last in last } }
    /// What the person called the first file; nil while there is none.
    private(set) var fileName: String?
    /// Bytes of all files together.
    private(set) var fileSize = 0
    private(set) var isComplete = false

    private let delimiter: [UInt8]
    private let sizeLimit: Int
    private let open: (_ field: String, _ fileName: String) throws -> (([UInt8]) throws -> Void)?
    private var write: ([UInt8]) throws -> Void = { _ in }
    // The first boundary stands at the very start; with a line end before it, it looks like all the others.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var part: Part = .preamble
    private var field: [UInt8] = []
    private var fieldBytes = 0

    private enum Part {
        case preamble
        case headers
        case field(String)
        case file
        case ignored
    }

    /// `open` hears of every file and answers what gets its bytes one piece after the other; nil passes over it.
    init(
        boundary: String, sizeLimit: Int, open: @escaping (_ field: String, _ fileName: String) throws -> (([UInt8]) throws -> Void)?
    ) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.sizeLimit = sizeLimit
        self.open = open
    }

    /// The boundary a content type names; nil when it is no form upload.
    static func boundary(_ contentType: String?) -> String? {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        let value = contentType.split(separator: ";").lazy.map { $0.drop { $0 == " " } }.first { $0.lowercased().hasPrefix("boundary=") }
        let boundary = value.map { $0.dropFirst(9).trimmingCharacters(in: CharacterSet(charactersIn: "\"")) } ?? ""
        return boundary.isEmpty || boundary.utf8.count > 70 ? nil : boundary
    }

    /// Throws `UploadRefusal` for what is too large or no upload, and what `write` throws.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        while !isComplete, try step() {}
    }

    /// One boundary, one block of headers or the known start of a content; false when more bytes are needed.
    private mutating func step() throws -> Bool {
        if case .headers = part { return try takeHeaders() }
        guard let place = find(delimiter) else {
            // The last bytes may be the beginning of a boundary.
            let safe = buffer.count - delimiter.count + 1
            if safe > 0 { try content(safe) }
            return false
        }
        guard buffer.count >= place + delimiter.count + 2 else { return false }
        try content(place)
        try endPart()
        let after = (buffer[delimiter.count], buffer[delimiter.count + 1])
        buffer.removeFirst(delimiter.count + 2)
        if after == (0x2D, 0x2D) { isComplete = true } else { part = .headers }
        return true
    }

    private mutating func content(_ count: Int) throws {
        guard count > 0 else { return }
        let bytes = Array(buffer[..<count])
        buffer.removeFirst(count)
        switch part {
        case .field:
            fieldBytes += count
            if fieldBytes > MultipartReader.fieldLimit { throw UploadRefusal("表单里的文字太长") }
            field += bytes
        case .file:
            fileSize += count
            if fileSize > sizeLimit { throw UploadRefusal("文件超过 \(sizeLimit / 1_000_000) MB 的上限。请只保留要上报的工作表，另存后再上传") }
            try write(bytes)
        case .preamble, .headers, .ignored: break
        }
    }

    private mutating func endPart() throws {
        if case .field(let name) = part { values.append((name, String(decoding: field, as: UTF8.self))) }
        field = []
    }

    private mutating func takeHeaders() throws -> Bool {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let place = find(end) else {
            if buffer.count > MultipartReader.fieldLimit { throw UploadRefusal("上传的内容不完整，请重新选择文件上传") }
            return false
        }
        let headers = String(decoding: buffer[..<place], as: UTF8.self)
        buffer.removeFirst(place + end.count)
        // The content's own delimiter search expects a line end before the boundary, also for an empty content.
        if buffer.starts(with: delimiter.dropFirst(2)) { buffer = [0x0D, 0x0A] + buffer }
        let disposition = headers.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        let name = MultipartReader.parameter("name", of: disposition) ?? ""
        if let file = MultipartReader.parameter("filename", of: disposition) {
            if fileName == nil { fileName = file }
            let sink = try open(name, file.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "")
            part = sink == nil ? .ignored : .file
            write = sink ?? { _ in }
        } else {
            part = name.isEmpty ? .ignored : .field(name)
        }
        return true
    }

    private static func parameter(_ name: String, of disposition: Substring) -> String? {
        guard let start = disposition.range(of: "; \(name)=\"") ?? disposition.range(of: ";\(name)=\"") else { return nil }
        let rest = disposition[start.upperBound...]
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        // Browsers write quotes and line ends inside names as percent codes.
        return String(rest[..<end]).replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: "")
    }

    /// Where a needle that begins with a carriage return, as all of ours do, stands in the buffer.
    private func find(_ needle: [UInt8]) -> Int? {
        buffer.withUnsafeBytes { hay in
            guard let base = hay.baseAddress else { return nil }
            var place = 0
            while place + needle.count <= hay.count, let found = memchr(base + place, 0x0D, hay.count - place) {
                place = UnsafeRawPointer(found) - base
                if place + needle.count <= hay.count, memcmp(base + place, needle, needle.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}

/// An upload that is not taken, with what to do.
public struct UploadRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }
}
