extension Day {
    /// A day as people write it (`2026-3-1`, `2026年3月1日`), or as a workbook counts it; nil for what is no day, such as the 31st of February.
    public init?(written text: String) {
        if let serial = Int(text), (20_000...80_000).contains(serial) {
            self.init(ordinal: serial - 25_569)
            return
        }
        let date = text.split(separator: " ").first ?? ""
        let parts = date.split { "-/.年月日".contains($0) }.map { String($0) }
        guard parts.count == 3 else { return nil }
        let padded = parts.map { $0.count == 1 ? "0\($0)" : $0 }.joined(separator: "-")
        guard let day = Day(iso: padded), day.year > 1999, Day(ordinal: day.ordinal) == day else { return nil }
        self = day
    }
}
