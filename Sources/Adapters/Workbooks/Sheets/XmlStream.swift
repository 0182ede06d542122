internal import CExpat
internal import Foundation

/// What listens to the tags of a streamed XML text. Names come without namespace prefix.
protocol XmlListener: AnyObject {
    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes)
    func close(_ name: UnsafePointer<CChar>)
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// Attributes of the tag being opened.
struct XmlAttributes {
    let list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

    /// Value of an attribute whose name, with or without prefix, is `name`.
    subscript(name: StaticString) -> UnsafePointer<CChar>? {
        guard var next = list else { return nil }
        while let key = next[0] {
            if XmlName.equals(key, name) { return next[1] }
            next += 2
        }
        return nil
    }

    func string(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }
    func integer(_ name: StaticString) -> Int? { string(name).flatMap { Int($0) } }
}

enum XmlName {
    /// Compares the local part of a tag name without making a string of it.
    static func equals(_ name: UnsafePointer<CChar>, _ wanted: StaticString) -> Bool {
        if same(name, wanted) { return true }
        guard let colon = strrchr(name, 58) else { return false }
        return same(UnsafePointer(colon) + 1, wanted)
    }

    private static func same(_ name: UnsafePointer<CChar>, _ wanted: StaticString) -> Bool {
        let count = wanted.utf8CodeUnitCount
        guard UInt8(bitPattern: name[0]) == wanted.utf8Start[0] else { return false }
        return strncmp(name, UnsafeRawPointer(wanted.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0 && name[count] == 0
    }
}

/// Expat behind a small interface. Document types are refused, and with them all entities: office programs write none.
final class XmlStream {
    private let parser: XML_Parser
    private let listener: any XmlListener
    private var depth = 0
    private var events = 0
    private var silentBytes = 0
    /// Office programs nest a dozen deep.
    private static let depthLimit = 100
    /// A tag or comment longer than this is no office program's; the parser would go over it again with every piece.
    private static let tokenLimit = 1_000_000

    init?(_ listener: any XmlListener) {
        guard let parser = XML_ParserCreate(nil) else { return nil }
        self.parser = parser
        self.listener = listener
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name, let stream = XmlStream.from(data) else { return }
                stream.enter()
                stream.listener.open(name, XmlAttributes(list: attributes))
            },
            { data, name in
                guard let name, let stream = XmlStream.from(data) else { return }
                stream.depth -= 1
                stream.events += 1
                stream.listener.close(name)
            })
        XML_SetCharacterDataHandler(parser) { data, text, length in
            guard let text, let stream = XmlStream.from(data) else { return }
            stream.events += 1
            text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
                stream.listener.text(UnsafeBufferPointer(start: $0, count: Int(length)))
            }
        }
        XML_SetCommentHandler(parser) { data, _ in XmlStream.from(data)?.events += 1 }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XmlStream.from(data)?.stop() }
    }

    deinit { XML_ParserFree(parser) }

    private static func from(_ data: UnsafeMutableRawPointer?) -> XmlStream? {
        data.map { Unmanaged<XmlStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private func enter() {
        events += 1
        depth += 1
        if depth > XmlStream.depthLimit { stop() }
    }

    private func stop() { XML_StopParser(parser, 0) }

    /// False when the text is not well formed.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let before = events
        guard XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 0) == XML_STATUS_OK else { return false }
        silentBytes = events == before ? silentBytes + bytes.count : 0
        return silentBytes <= XmlStream.tokenLimit
    }

    func finish() -> Bool { XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK }
}
