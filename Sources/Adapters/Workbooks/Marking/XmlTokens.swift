internal import Foundation

/// Cuts XML into tags and what stands between them, byte for byte, so that all that is not changed can be written as it was.
/// The text has been found well formed before.
final class XmlTokens {
    private let more: () throws -> UnsafeRawBufferPointer?
    private var bytes: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    enum Token {
        case text(ArraySlice<UInt8>)
        case tag(XmlTag)
    }

    init(_ more: @escaping () throws -> UnsafeRawBufferPointer?) { self.more = more }

    func next() throws -> Token? {
        if start == bytes.count, try !refill() { return nil }
        guard bytes[start] == 0x3C else {
            let end = bytes[start...].firstIndex(of: 0x3C) ?? bytes.count
            defer { start = end }
            return .text(bytes[start..<end])
        }
        while bytes.count - start < 9, try refill() {}
        for (opening, ending) in XmlTokens.other where bytes[start...].starts(with: opening) {
            let end = try find(Array(ending.utf8), from: start + opening.count)
            defer { start = end }
            return .text(bytes[start..<end])
        }
        let end = try tagEnd()
        defer { start = end }
        return .tag(XmlTag(bytes: bytes[start..<end]))
    }

    private static let other = [(Array("<!--".utf8), "-->"), (Array("<![CDATA[".utf8), "]]>"), (Array("<?".utf8), "?>")]

    /// Reads on; false at the end. Forgets what has been handed over.
    private func refill() throws -> Bool {
        guard !isAtEnd, let piece = try more() else {
            isAtEnd = true
            return false
        }
        bytes.removeSubrange(..<start)
        start = 0
        bytes.append(contentsOf: piece)
        return true
    }

    private func find(_ ending: [UInt8], from: Int) throws -> Int {
        var offset = from - start
        while true {
            while start + offset + ending.count <= bytes.count {
                if bytes[(start + offset)...].starts(with: ending) { return start + offset + ending.count }
                offset += 1
            }
            guard try refill() else { return bytes.count }
        }
    }

    private func tagEnd() throws -> Int {
        var offset = 1
        var quote: UInt8 = 0
        while true {
            while start + offset < bytes.count {
                let byte = bytes[start + offset]
                offset += 1
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == 0x22 || byte == 0x27 {
                    quote = byte
                } else if byte == 0x3E {
                    return start + offset
                }
            }
            guard try refill() else { return bytes.count }
        }
    }
}

/// A tag as it stands in the text, from `<` to `>`.
struct XmlTag {
    var bytes: ArraySlice<UInt8>

    var isClosing: Bool { bytes.count > 1 && bytes[bytes.startIndex + 1] == 0x2F }
    var isEmpty: Bool { bytes.count > 2 && bytes[bytes.endIndex - 2] == 0x2F }
    /// Opens an element, whether or not it closes it at once.
    var opens: Bool { !isClosing }

    private var fullName: ArraySlice<UInt8> {
        bytes.dropFirst(isClosing ? 2 : 1).prefix { $0 > 0x20 && $0 != 0x2F && $0 != 0x3E }
    }
    /// `x:` of `<x:row>`; empty where there is none.
    var prefix: String {
        fullName.firstIndex(of: 0x3A).map { String(decoding: bytes[fullName.startIndex...$0], as: UTF8.self) } ?? ""
    }
    func isNamed(_ name: StaticString) -> Bool {
        let full = fullName
        let local = full.firstIndex(of: 0x3A).map { full[($0 + 1)...] } ?? full
        return local.count == name.utf8CodeUnitCount
            && name.withUTF8Buffer { wanted in local.elementsEqual(wanted) }
    }

    /// Where an attribute's value stands between its quotes. Names are compared whole.
    private func value(_ name: String) -> Range<Int>? {
        var next = bytes.startIndex + 1 + fullName.count
        while next < bytes.endIndex {
            while next < bytes.endIndex, bytes[next] <= 0x20 { next += 1 }
            let start = next
            while next < bytes.endIndex, bytes[next] > 0x20, bytes[next] != 0x3D { next += 1 }
            let key = bytes[start..<next]
            while next < bytes.endIndex, bytes[next] != 0x22, bytes[next] != 0x27 { next += 1 }
            guard next < bytes.endIndex, let end = bytes[(next + 1)...].firstIndex(of: bytes[next]) else { return nil }
            if key.elementsEqual(name.utf8) { return next + 1..<end }
            next = end + 1
        }
        return nil
    }

    subscript(name: String) -> String? { value(name).map { String(decoding: bytes[$0], as: UTF8.self) } }
    func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// The tag with an attribute set, added where it has none.
    func setting(_ name: String, _ text: String) -> XmlTag {
        var changed = Array(bytes)
        if let place = value(name) {
            changed.replaceSubrange(place.lowerBound - bytes.startIndex..<place.upperBound - bytes.startIndex, with: text.utf8)
        } else {
            changed.insert(contentsOf: " \(name)=\"\(text)\"".utf8, at: 1 + fullName.count)
        }
        return XmlTag(bytes: changed[...])
    }

    /// The same tag standing open.
    var opened: XmlTag {
        guard isEmpty else { return self }
        var changed = Array(bytes)
        changed.remove(at: changed.count - 2)
        return XmlTag(bytes: changed[...])
    }

    /// A text as XML, without the control characters XML has no way to write.
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default: if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
