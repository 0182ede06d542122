/// Some numbers before (hollow) and after (solid) a plan, one row each.
public struct BeforeAfterChart: Sendable {
    public struct Row: Sendable {
        public var label: String
        public var before: Double
        public var after: Double
        /// Written beside the solid dot.
        public var text: String

        public init(_ label: String, before: Double, after: Double, text: String) {
            (self.label, self.before, self.after, self.text) = (label, before, after, text)
        }
    }

    private let title: String
    private let rows: [Row]
    private let width = 420.0
    private let left = 16.0
    private let step = 46.0

    public init(_ title: String, _ rows: [Row]) { (self.title, self.rows) = (title, rows) }

    /// Empty without rows.
    public var svg: String {
        guard !rows.isEmpty else { return "" }
        let largest = rows.map { Swift.max($0.before, $0.after) }.max() ?? 1
        let scale = (width - left - 110) / Swift.max(largest, 1e-9)
        var shapes = ""
        for (place, row) in rows.enumerated() {
            let y = 34 + Double(place) * step
            let (old, new) = (left + row.before * scale, left + row.after * scale)
            let words = "\(row.label)：\(row.text)"
            shapes += Svg.text(left, y - 12, row.label)
            shapes += Svg.line("rule", left, y, width - 6, y) + Svg.line("link", old, y, new, y)
            shapes += Svg.circle("before", old, y, 5, title: words) + Svg.circle("met", new, y, 6, title: words)
            shapes += Svg.text(Swift.max(old, new) + 12, y + 5, row.text, style: "met")
        }
        return Svg.chart(width, 34 + Double(rows.count) * step - 20, title, shapes)
    }
}
