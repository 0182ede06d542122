import Exchanges
import Planning
import TeacherRotation
import Vocabulary

/// A region with uneven schools and their teachers, the same for the same seed: strong schools in the middle have most of the backbone
/// teachers, small ones at the edge few.
struct InventedRegion {
    private var luck: Chance

    init(seed: UInt64) { luck = Chance(seed &* 2_654_435_769 &+ 77) }

    private static let posts: [(name: String, part: Double)] = [
        ("语文", 0.24), ("数学", 0.2), ("英语", 0.12), ("道德与法治", 0.06), ("科学", 0.06), ("体育与健康", 0.07), ("音乐", 0.06), ("美术", 0.06),
        ("信息科技", 0.04), ("劳动", 0.03), ("综合实践", 0.03), ("心理健康", 0.03),
    ]

    /// `rate` in ten-thousandths of the full-time teachers.
    static func problem(schools: Int, rate: Int, rules: RotationRules, seed: UInt64) -> RotationProblem {
        var region = InventedRegion(seed: seed)
        var rules = rules
        (rules.rate, rules.basis) = (Share(basis: rate), .fullTime)
        let side = 36_000 * Double(schools).squareRoot()
        var (units, teachers): ([RotationProblem.Unit], [RotationProblem.Teacher]) = ([], [])
        for number in 0..<schools {
            let (x, y, size, quality) = (region.luck.next(), region.luck.next(), region.luck.next(), region.luck.next())
            let pupils = Int(180 + 1_900 * size * size.squareRoot())
            let place = RotationProblem.Place(latitude: 37_000_000 + Int(x * side), longitude: 118_000_000 + Int(y * side))
            let code = String(2_137_000_000 + number)
            units.append(
                .init(
                    id: "\(code)/primary", school: code, title: "第\(number + 1)小学", stage: .primary, pupils: pupils, place: place,
                    alliance: number % 5 == 0 ? "" : "第\(number / 5)教联体"))
            for _ in 0..<Swift.max(6, pupils / 15) { teachers.append(region.teacher(number, teachers.count, quality)) }
        }
        return RotationProblem(region: "示例县", year: SchoolYear(2025), units: units, teachers: teachers, rules: rules)
    }

    private mutating func teacher(_ unit: Int, _ number: Int, _ quality: Double) -> RotationProblem.Teacher {
        var (draw, post) = (luck.next(), InventedRegion.posts[0].name)
        for (name, part) in InventedRegion.posts {
            post = name
            draw -= part
            if draw < 0 { break }
        }
        var teacher = RotationProblem.Teacher(
            id: "T\(1_000_000 + number)", unit: unit, post: post, isBackbone: luck.next() < 0.02 + 0.3 * quality * quality,
            isQualified: luck.next() < 0.45 + 0.5 * quality)
        teacher.years = Int(luck.next() * 14)
        teacher.age = 25 + Int(luck.next() * 34)
        teacher.sex = luck.next() < 0.7 ? "女" : "男"
        teacher.tenure = luck.next() < 0.95 ? "在编" : "非在编"
        if luck.next() < 0.02 { teacher.exempt = "孕期" }
        return teacher
    }
}
