internal import Vocabulary

/// A school as a plan finds it and as it leaves it.
struct SchoolOfPlan: Sendable, Decodable {
    struct Unit: Sendable, Decodable {
        var title: String
        var before: Verdict
        var after: Verdict
        var metBefore: Int
        var metAfter: Int
        var measured: Int
        var lowBefore: Int
        var lowAfter: Int
    }

    var code: String
    var name: String
    var pupils: Int?
    var units: [Unit]
    var works: [String]
    var cost: Int

    static let note = "每所学校现在怎样、方案之后怎样、在那里做什么；早先算的方案没有"

    private static let unit = Shape<Unit>.object(
        "PlanSchoolUnit",
        [
            Field("title", .text, "学校，或它的一个学段") { $0.title }, Field("before", Shape<Verdict>.word, "现在") { $0.before },
            Field("after", Shape<Verdict>.word, "方案之后") { $0.after }, Field("metBefore", .count, "现在达标几项") { $0.metBefore },
            Field("metAfter", .count) { $0.metAfter }, Field("measured", .count, "一共几项") { $0.measured },
            Field("lowBefore", .count, "现在低于底线的几项") { $0.lowBefore }, Field("lowAfter", .count) { $0.lowAfter },
        ])

    static let shape = Shape<SchoolOfPlan>.object(
        "PlanSchool",
        [
            Field("code", .text, "学校标识码") { $0.code }, Field("name", .text) { $0.name }, .maybe("pupils", .count) { $0.pupils },
            Field("units", unit.list) { $0.units }, Field("works", Shape.text.list, "做什么；空的就是方案在这里不做事") { $0.works },
            Field("cost", .count, "元") { $0.cost },
        ])
}
