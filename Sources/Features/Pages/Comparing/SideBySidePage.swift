/// Plans of one kind side by side: conditions and results, then school by school. The template `side-by-side` draws it.
public struct SideBySidePage: Sendable, Tabled {
    /// One plan's column.
    public struct Column: Sendable {
        public var link: PageFrame.Link
        /// Label and cell, in order; a label another plan has and this one has not shows a dash.
        public var lines: [(label: String, cell: DataTable.Cell)]
        /// The same by school.
        public var schools: [(label: String, cell: DataTable.Cell)]
        /// Drawn under its number.
        public var map: String

        public init(
            link: PageFrame.Link, lines: [(label: String, cell: DataTable.Cell)], schools: [(label: String, cell: DataTable.Cell)],
            map: String = ""
        ) {
            (self.link, self.lines, self.schools, self.map) = (link, lines, schools, map)
        }
    }
    struct Drawn: Sendable {
        var title: String
        var svg: String
    }

    public let page: PageFrame
    let links: [PageFrame.Link]
    let summary: [ShownTable]
    let schools: [ShownTable]
    let schoolsTitle: String
    let maps: [Drawn]
    let hasMaps: Bool
    public var tables: [ShownTable] { summary + schools }

    /// With fewer than two columns there is nothing to compare, and no tables.
    public init(_ page: PageFrame, _ columns: [Column], schoolsTitle: String, _ query: PageQuery) {
        self.page = page
        self.schoolsTitle = schoolsTitle
        links = columns.enumerated().map { PageFrame.Link("方案\($0 + 1)：\($1.link.label)", $1.link.url) }
        let isThere = columns.count > 1
        summary = isThere ? [SideBySidePage.table("summary", "条件和结果", "项目", columns.map(\.lines)).shown(query)] : []
        schools = isThere ? [SideBySidePage.table("schools", schoolsTitle, "学校", columns.map(\.schools)).shown(query)] : []
        maps =
            isThere
            ? columns.enumerated().filter { !$0.element.map.isEmpty }.map { Drawn(title: "方案\($0.offset + 1)", svg: $0.element.map) } : []
        hasMaps = !maps.isEmpty
    }

    private static func table(
        _ id: String, _ caption: String, _ first: String, _ columns: [[(label: String, cell: DataTable.Cell)]]
    ) -> DataTable {
        var labels: [String] = []
        var seen: Set<String> = []
        for line in columns.joined() where seen.insert(line.label).inserted { labels.append(line.label) }
        let cells = columns.map { lines in Dictionary(lines.map { ($0.label, $0.cell) }) { first, _ in first } }
        return DataTable(
            id, caption,
            columns: [.init("what", first)] + columns.indices.map { .init("p\($0 + 1)", "方案\($0 + 1)") },
            rows: labels.map { label in [.init(label)] + cells.map { $0[label] ?? .init("—") } })
    }
}
