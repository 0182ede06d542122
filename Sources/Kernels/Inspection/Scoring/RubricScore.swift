/// What a visit gave under one rubric. An item nobody judged makes its area and the whole unknown; 不适用 leaves an item out.
public struct RubricScore: Sendable, Hashable {
    public struct Area: Sendable, Hashable {
        public var label: String
        public var value: Double?
        public var judged: Int
        public var of: Int
    }

    public var areas: [Area]
    /// Of 100; nil while an item is open, or where nothing applies.
    public var value: Double?
    public var judged: Int
    public var of: Int

    public init(_ rubric: Rubric, _ marks: [String: VisitMark]) {
        areas = rubric.areas.map { area in
            Area(
                label: area.label, value: RubricScore.value(area.items, rubric, marks),
                judged: RubricScore.judged(area.items, rubric, marks), of: area.items.count)
        }
        value = RubricScore.value(rubric.items, rubric, marks)
        judged = RubricScore.judged(rubric.items, rubric, marks)
        of = rubric.items.count
    }

    private static func judged(_ items: [Rubric.Item], _ rubric: Rubric, _ marks: [String: VisitMark]) -> Int {
        items.count { item in marks[item.id].map { $0.isNotApplicable || rubric.level($0.level) != nil } ?? false }
    }

    private static func value(_ items: [Rubric.Item], _ rubric: Rubric, _ marks: [String: VisitMark]) -> Double? {
        var (points, most) = (0, 0)
        for item in items {
            guard let mark = marks[item.id] else { return nil }
            if mark.isNotApplicable { continue }
            guard let level = rubric.level(mark.level) else { return nil }
            points += level.points * item.weight
            most += rubric.full * item.weight
        }
        return most > 0 ? Double(points) / Double(most) * 100 : nil
    }
}
