internal import Foundation

/// The styles of a workbook with coloured copies of those that marked cells wear.
final class StylePatch {
    /// Cell styles as they stand, from `<xf` to the end of the element.
    private var styles: [[UInt8]] = []
    private var fills = 0
    /// Numbers of fills in the colours of an earlier marking, and of the styles that wear them.
    private var oldFills: Set<Int> = []
    private var tokens: [(part: Part, bytes: [UInt8])] = []
    private enum Part { case other, fillsTag, fillsEnd, stylesTag, stylesEnd }
    private var made: [(base: Int, colour: String)] = []
    private var prefix = ""
    /// Inside a cell style that has children.
    private var isOpen = false

    init(_ archive: ZipArchive) throws {
        let entry = try ZipEntry(archive, "xl/styles.xml")
        let source = XmlTokens { try entry.next() }
        var isInFills = false
        var isInStyles = false
        while let token = try source.next() {
            switch token {
            case .text(let bytes): if isOpen { styles[styles.count - 1] += bytes } else { add(.other, bytes) }
            case .tag(let tag):
                if tag.isNamed("fills") {
                    isInFills = tag.opens && !tag.isEmpty
                    add(tag.opens ? .fillsTag : .fillsEnd, tag.bytes)
                } else if tag.isNamed("cellXfs") {
                    isInStyles = tag.opens && !tag.isEmpty
                    prefix = tag.prefix
                    add(tag.opens ? .stylesTag : .stylesEnd, tag.bytes)
                } else if isInStyles {
                    addStyle(tag)
                } else {
                    if isInFills { lookAtFill(tag) }
                    add(.other, tag.bytes)
                }
            }
        }
        findOldStyles()
    }

    private func add(_ part: Part, _ bytes: ArraySlice<UInt8>) {
        if part == .other, tokens.last?.part == .other {
            tokens[tokens.count - 1].bytes += bytes
        } else {
            tokens.append((part, Array(bytes)))
        }
    }

    private func addStyle(_ tag: XmlTag) {
        if tag.isNamed("xf"), tag.opens {
            styles.append(Array(tag.bytes))
            isOpen = !tag.isEmpty
        } else if !styles.isEmpty {
            styles[styles.count - 1] += tag.bytes
            if tag.isNamed("xf") { isOpen = false }
        }
    }

    private func lookAtFill(_ tag: XmlTag) {
        if tag.isNamed("fill"), tag.opens { fills += 1 }
        if tag.isNamed("fgColor"), let colour = tag["rgb"], MarkColour.all.contains(colour) { oldFills.insert(fills - 1) }
    }

    /// Styles of an earlier marking, with the style each was made from.
    private(set) var old: [Int: Int] = [:]

    private func findOldStyles() {
        guard !oldFills.isEmpty else { return }
        let bare = styles.map {
            StylePatch.tag($0).setting("fillId", "").setting("applyFill", "").bytes.map { $0 } + StylePatch.children($0)
        }
        let isOld = styles.map { StylePatch.tag($0).number("fillId").map(oldFills.contains) ?? false }
        for place in styles.indices where isOld[place] {
            old[place] = styles.indices.first { !isOld[$0] && bare[$0] == bare[place] } ?? 0
        }
    }

    private static func tag(_ style: [UInt8]) -> XmlTag { XmlTag(bytes: style[...((style.firstIndex(of: 0x3E)) ?? style.count - 1)]) }
    private static func children(_ style: [UInt8]) -> ArraySlice<UInt8> { style.firstIndex(of: 0x3E).map { style[($0 + 1)...] } ?? [] }

    /// The number of the style that looks like `base` on coloured ground.
    func coloured(_ base: Int, _ colour: String) -> Int {
        let base = old[base] ?? base
        if let place = made.firstIndex(where: { $0.base == base && $0.colour == colour }) { return styles.count + place }
        made.append((base, colour))
        return styles.count + made.count - 1
    }

    /// The whole part as it is to be written.
    func write() -> [UInt8] {
        var result: [UInt8] = []
        for (part, bytes) in tokens {
            let tag = XmlTag(bytes: bytes[...])
            switch part {
            case .other: result += bytes
            case .fillsTag:
                result += tag.setting("count", String(fills + MarkColour.all.count)).opened.bytes
                if tag.isEmpty { result += newFills + Array("</\(prefix)fills>".utf8) }
            case .fillsEnd: result += newFills + bytes
            case .stylesTag: result += tag.setting("count", String(styles.count + made.count)).bytes
            case .stylesEnd: result += styles.joined() + newStyles + bytes
            }
        }
        return result
    }

    private var newFills: [UInt8] {
        MarkColour.all.flatMap { colour in
            "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\"><\(prefix)fgColor rgb=\"\(colour)\"/><\(prefix)bgColor indexed=\"64\"/></\(prefix)patternFill></\(prefix)fill>"
                .utf8
        }
    }

    private var newStyles: [UInt8] {
        made.flatMap { base, colour -> [UInt8] in
            let style = styles.indices.contains(base) ? styles[base] : Array("<\(prefix)xf/>".utf8)
            let fill = fills + (MarkColour.all.firstIndex(of: colour) ?? 0)
            let tag = StylePatch.tag(style).setting("fillId", String(fill)).setting("applyFill", "1")
            return Array(tag.bytes + StylePatch.children(style))
        }
    }
}
