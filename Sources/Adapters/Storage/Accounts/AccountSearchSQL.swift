internal import Registry

/// A search for accounts as SQL, but for its text: names lie sealed.
struct AccountSearchSQL {
    let condition: String
    let values: [SQLValue]

    init(_ search: AccountSearch) {
        var (parts, values): ([String], [SQLValue]) = (["1 = 1"], [])
        func add(_ part: (String) -> String, _ value: SQLValue) {
            values.append(value)
            parts.append(part("$\(values.count)"))
        }
        if let state = search.state { add({ "a.is_disabled = \($0)" }, .integer(state == .disabled ? 1 : 0)) }
        if let role = search.role {
            add({ "EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND g.role = \($0))" }, .text(role.rawValue))
        }
        if !search.county.isEmpty {
            add({ "EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND g.county = \($0))" }, .text(search.county))
        }
        condition = parts.joined(separator: " AND ")
        self.values = values
    }
}
