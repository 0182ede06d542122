internal import Vocabulary

/// The school year a sheet says above its header: `清河县2025—2026学年学校基本情况`.
enum TitleYear {
    /// The only year named in the rows above the header; nil when none is, or when they name several.
    static func find(in rows: some Sequence<SheetRow>) -> SchoolYear? {
        var found: Set<SchoolYear> = []
        for row in rows {
            for case .text(let text) in row.cells { found.formUnion(years(in: PlainText.normal(text))) }
        }
        return found.count == 1 ? found.first : nil
    }

    private static func years(in text: String) -> [SchoolYear] {
        text.matches(of: /([12][0-9]{3}) ?[-—–~～至] ?([12][0-9]{3}) ?学年/).compactMap { match in
            guard let first = Int(match.1), let second = Int(match.2), second == first + 1 else { return nil }
            return SchoolYear(text: String(first))
        }
    }
}
