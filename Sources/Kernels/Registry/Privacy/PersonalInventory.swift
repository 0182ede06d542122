internal import Definitions
public import Vocabulary

/// What happens to a table's personal columns when a person's data are erased.
public enum ErasureRule: String, Hashable, Sendable, CaseIterable {
    /// The rows go.
    case delete
    /// The personal columns become empty.
    case clear
    /// Only the account itself: it stays without a name, so that what refers to it still has an end.
    case pseudonym
    /// A law asks for it, or it names nobody; the reason stands beside.
    case keep
}

/// How long rows are kept.
public struct RetentionRule: Hashable, Sendable {
    public enum Condition: String, Hashable, Sendable, CaseIterable {
        case always
        /// Only of people whose account is disabled.
        case disabled
    }
    /// The column with the moment from which the days count; nil where rows are kept for good.
    public var since: String?
    public var days: Int
    public var condition: Condition
    /// Whether the rows go or only their personal columns.
    public var does: ErasureRule
    public var reason: String
}

/// A personal column.
public struct PersonalColumn: Hashable, Sendable {
    public var name: String
    public var label: LocalizedText
    public var kind: PersonalKind
    public var isSealed: Bool
    /// The column of its keyed index.
    public var index: String?
    public var purpose: String
}

/// A table as the inventory declares it.
public struct PersonalRegister: Hashable, Sendable, Identifiable {
    public var id: String
    public var label: LocalizedText
    /// The column that tells one row from the others, and the one that names the person.
    public var row: String
    public var person: String?
    public var personal: [PersonalColumn]
    /// All other columns.
    public var other: [String]
    public var purpose: String
    public var basis: String
    public var retention: RetentionRule
    public var erasure: ErasureRule
    public var erasureReason: String

    public var isPersonal: Bool { !personal.isEmpty }
    public var columns: Set<String> { Set(personal.map(\.name) + other) }
}

/// A text people are asked to agree to.
public struct PersonalNotice: Hashable, Sendable, Identifiable {
    public var id: String
    public var version: String
    public var label: LocalizedText
    public var text: String
}

/// What is kept of people, why, on what basis and for how long: the one place that says so.
public struct PersonalInventory: Sendable {
    /// In the order of the files.
    public var registers: [PersonalRegister] = []
    public var notices: [PersonalNotice] = []

    public init() {}

    public subscript(table: String) -> PersonalRegister? { registers.first { $0.id == table } }

    /// The tables that hold something about people.
    public var personal: [PersonalRegister] { registers.filter(\.isPersonal) }

    /// Columns declared for tables that are not there, and tables or columns nobody declared, in the user's words.
    public func complaints(schema: [(table: String, columns: [String])]) -> [String] {
        var complaints: [String] = []
        let tables = Dictionary(schema.map { ($0.table, Set($0.columns)) }) { first, _ in first }
        for (table, columns) in schema {
            guard let register = self[table] else {
                complaints.append("数据库的表 \(table) 没有写进个人信息清单（Catalogue/national/personal）")
                continue
            }
            for column in columns where !register.columns.contains(column) { complaints.append("\(table).\(column) 没有写进个人信息清单") }
        }
        for register in registers {
            guard let columns = tables[register.id] else {
                complaints.append("个人信息清单里的表 \(register.id) 在数据库里没有")
                continue
            }
            let asked = register.columns.union([register.row, register.person, register.retention.since].compactMap { $0 })
                .union(register.personal.compactMap(\.index))
            for column in asked.sorted() where !columns.contains(column) { complaints.append("\(register.id).\(column) 在数据库里没有") }
        }
        return complaints
    }
}
