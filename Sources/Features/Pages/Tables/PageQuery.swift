internal import Foundation

/// The query of a page's address, in order, with what it asks of one table: `t` names the table, `q` filters its rows,
/// `sort` orders them (`-key` falling), `cols` chooses columns, `export` asks for the workbook of exactly that.
public struct PageQuery: Sendable, Hashable {
    public struct Item: Sendable, Hashable {
        public var name: String
        public var value: String
    }

    public var items: [Item]
    private static let own: Set<String> = ["t", "q", "sort", "cols", "export"]

    /// Reads the part of an address after `?`.
    public init(_ text: String? = nil) {
        items = (text ?? "").split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let spaced = String(part.replacing("+", with: " "))
                return (spaced.removingPercentEncoding ?? spaced).replacing("\0", with: "")
            }
            return parts[0].isEmpty ? nil : Item(name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
    }

    /// The same, from names and values.
    public init(_ pairs: [(name: String, value: String)]) { items = pairs.map { Item(name: $0.name, value: $0.value) } }

    public subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

    /// What the rest of the page is about: everything but the table's own part.
    var others: [Item] { items.filter { !PageQuery.own.contains($0.name) } }

    /// The table whose workbook is asked for.
    public var exported: String? { self["export"] == nil ? nil : self["t"] }

    func filter(_ table: String) -> String { self["t"] == table ? self["q"]?.trimmingCharacters(in: .whitespaces) ?? "" : "" }

    func order(_ table: String) -> (key: String, isFalling: Bool)? {
        guard self["t"] == table, let sort = self["sort"], !sort.isEmpty else { return nil }
        return sort.hasPrefix("-") ? (String(sort.dropFirst()), true) : (sort, false)
    }

    func columns(_ table: String) -> Set<String>? {
        let chosen = items.filter { $0.name == "cols" }.map(\.value)
        return self["t"] == table && !chosen.isEmpty ? Set(chosen) : nil
    }

    /// An address that keeps the page and asks one table for another order.
    func link(_ table: String, sort: String) -> String {
        var changed = others + [Item(name: "t", value: table)]
        if self["t"] == table { changed += items.filter { ["q", "cols"].contains($0.name) } }
        changed.append(Item(name: "sort", value: sort))
        return "?" + changed.map { "\(PageQuery.encoded($0.name))=\(PageQuery.encoded($0.value))" }.joined(separator: "&") + "#t-\(table)"
    }

    private static let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")

    private static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
}
