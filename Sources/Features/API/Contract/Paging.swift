internal import Foundation

/// A page of a list: where it begins, how long it is, and how the next one is asked for.
struct Paging: Sendable {
    let limit: Int
    /// What the cursor says: the key of the last item seen, and its place.
    private let after: (key: String, place: Int)?
    private let listing: String

    /// Throws `cursor.invalid` for a cursor of another list or of other filters.
    init(_ call: Call) throws(Problem) {
        limit = call.integer("limit") ?? 100
        listing = call.listing
        guard let text = call.text("cursor") else {
            after = nil
            return
        }
        let parts = Paging.opened(text).map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) } ?? []
        guard parts.count == 3, parts[0] == Paging.mark(call.listing), let place = Int(parts[1]), place >= 0 else {
            throw Problem(
                .cursor, "这个翻页标记不是这个列表的，或筛选条件变了。请从第一页重新开始", "The cursor belongs to another list or other filters. Begin with the first page"
            )
        }
        after = (parts[2], place)
    }

    /// The place after the last item seen, for lists the store counts itself.
    var from: Int { after.map { $0.place + 1 } ?? 0 }
    /// The key of the last item seen.
    var lastKey: String? { after?.key }

    func page<Item>(_ items: [Item], key: (Item) -> String) -> (items: [Item], count: Int, next: String?) {
        var start = 0
        if let after {
            // Where the item is gone, its old place is the best there is.
            start = items.firstIndex { key($0) == after.key }.map { $0 + 1 } ?? Swift.min(after.place, items.count)
        }
        let end = Swift.min(items.count, start + limit)
        let next = end < items.count && end > start ? cursor(key: key(items[end - 1]), place: end - 1) : nil
        return (Array(items[start..<end]), items.count, next)
    }

    func cursor(key: String, place: Int) -> String {
        let text = "\(Paging.mark(listing))\n\(place)\n\(key)"
        return Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func opened(_ cursor: String) -> String? {
        let plain = cursor.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
        return Data(base64Encoded: padded).flatMap { String(data: $0, encoding: .utf8) }
    }

    /// FNV-1a over the list and its filters: tells lists apart, guards nothing.
    private static func mark(_ listing: String) -> String {
        String(listing.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 36)
    }

    static func schema(_ item: Schema) -> Schema {
        .object([
            Property("items", .list(item)), Property("count", .count, "不分页共有几条；由库里逐页读出的列表没有", isRequired: false),
            Property("next", .text(1...600), "下一页的翻页标记；最后一页没有", isRequired: false),
        ])
    }

    static func json(_ items: [JSON], count: Int?, next: String?) -> JSON {
        var members: [JSON.Member] = [.init("items", .list(items))]
        if let count { members.append(.init("count", .integer(count))) }
        if let next { members.append(.init("next", .text(next))) }
        return .object(members)
    }
}
