internal import CExpat
internal import Foundation

/// What listens to the tags of a streamed XML text. A class to inherit from and no protocol: the parser calls it millions of times.
class XmlListener {
    fileprivate var depth = 0
    fileprivate var events = 0
    /// Something no office program writes has been met; what was read since the last piece is not to be used.
    fileprivate var isRefused = false

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {}
    func close(_ name: UnsafePointer<CChar>) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
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
    private let listener: XmlListener
    private var silentBytes = 0
    /// Office programs nest a dozen deep.
    private static let depthLimit = 100
    /// A tag or comment longer than this is no office program's; the parser would go over it again with every piece.
    private static let tokenLimit = 1_000_000

    init?(_ listener: XmlListener) {
        guard let parser = XML_ParserCreate(nil) else { return nil }
        self.parser = parser
        self.listener = listener
        XML_SetUserData(parser, Unmanaged.passUnretained(listener).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name else { return }
                XmlStream.tell(data) {
                    $0.events += 1
                    $0.depth += 1
                    if $0.depth > XmlStream.depthLimit { $0.isRefused = true }
                    $0.open(name, XmlAttributes(list: attributes))
                }
            },
            { data, name in
                guard let name else { return }
                XmlStream.tell(data) {
                    $0.events += 1
                    $0.depth -= 1
                    $0.close(name)
                }
            })
        XML_SetCharacterDataHandler(parser) { data, text, length in
            guard let text else { return }
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(length)).bindMemory(to: UInt8.self)
            XmlStream.tell(data) {
                $0.events += 1
                $0.text(bytes)
            }
        }
        XML_SetCommentHandler(parser) { data, _ in XmlStream.tell(data) { $0.events += 1 } }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XmlStream.tell(data) { $0.isRefused = true } }
    }

    deinit { XML_ParserFree(parser) }

    private static func tell(_ data: UnsafeMutableRawPointer?, _ body: (XmlListener) -> Void) {
        // Expat calls only from within `feed` and `finish`, while the stream holds the listener.
        if let data { Unmanaged<XmlListener>.fromOpaque(data)._withUnsafeGuaranteedRef(body) }
    }

    /// False when the text is not well formed.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let before = listener.events
        guard XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 0) == XML_STATUS_OK else { return false }
        silentBytes = listener.events == before ? silentBytes + bytes.count : 0
        return silentBytes <= XmlStream.tokenLimit && !listener.isRefused
    }

    func finish() -> Bool { XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK && !listener.isRefused }
}
