/// What the demo city's schools and offices are busy with: which, how long ago, and how far it has come. Nothing here is real.
public struct DemoWork: Sendable {
    /// One hazard somebody found.
    public struct Hazard: Sendable {
        public var what: String
        public var place: String
        public var kind: String
        public var isMajor: Bool
        /// Which of the chosen schools.
        public var school: Int
        public var daysAgo: Int
        /// 0 reported only … 3 removed, 4 closed, 5 found untrue.
        public var depth: Int
        /// Reported by somebody not logged in.
        public var isPublic: Bool
        public var picture: UInt64
    }

    /// One visit of a teacher to a family; the pupil is a number.
    public struct Visit: Sendable {
        public var school: Int
        public var pupil: String
        public var grade: String
        public var reason: String
        public var daysAgo: Int
        /// 0 planned … 1 visited, 2 followed, 3 closed.
        public var depth: Int
    }

    private static let hazards: [(what: String, place: String, kind: String)] = [
        ("护栏固定件松动", "教学楼二楼走廊", "building"), ("外墙瓷砖空鼓", "实验楼北侧", "building"), ("屋面漏水，吊顶受潮", "综合楼三楼", "building"),
        ("灭火器过期", "图书室", "fire"), ("疏散通道堆放桌椅", "教学楼一楼东侧", "fire"), ("应急照明不亮", "宿舍楼楼梯间", "fire"),
        ("电线绝缘层破损", "食堂操作间", "electricity"), ("配电箱没有上锁", "操场看台下", "electricity"), ("留样不足规定的量", "食堂", "food"),
        ("冷藏柜温度偏高", "食堂库房", "food"), ("校门口上下学时段车辆占道", "学校正门", "traffic"), ("校车停靠点没有标志", "校门西侧", "traffic"),
        ("池塘边没有警示牌", "学校后墙外", "water"), ("篮球架底座锈蚀", "运动场", "other"), ("监控有两路没有图像", "门卫室", "other"),
    ]

    private let seed: UInt64

    public init(seed: UInt64 = 20_260_902) { self.seed = seed }

    /// So many hazards over so many schools, the newest last.
    public func hazards(_ count: Int, schools: Int) -> [Hazard] {
        var chance = SeededChance(seed: seed)
        guard schools > 0 else { return [] }
        return (0..<count).map { number in
            let text = DemoWork.hazards[Int(chance.between(0, Double(DemoWork.hazards.count)))]
            let daysAgo = Int(chance.between(0, 70))
            let reach = chance.share()
            // What is old has mostly come to its end; a part of it is late.
            let depth = daysAgo < 2 ? 0 : daysAgo < 8 ? 1 + Int(reach * 2) : reach < 0.12 ? 1 : reach < 0.2 ? 2 : reach < 0.27 ? 5 : 4
            return Hazard(
                what: text.what, place: text.place, kind: text.kind, isMajor: chance.share() < 0.15,
                school: Int(chance.between(0, Double(schools))), daysAgo: daysAgo, depth: depth, isPublic: chance.share() < 0.5,
                picture: UInt64(number % 40))
        }.sorted { $0.daysAgo > $1.daysAgo }
    }

    public func visits(_ count: Int, schools: Int) -> [Visit] {
        var chance = SeededChance(seed: seed &+ 1)
        guard schools > 0 else { return [] }
        let reasons = ["study", "absence", "mind", "family", "leftBehind", "praise", "routine"]
        return (0..<count).map { number in
            let daysAgo = Int(chance.between(0, 60))
            return Visit(
                school: Int(chance.between(0, Double(schools))), pupil: "学生\(1_001 + number)", grade: "p\(1 + Int(chance.between(0, 6)))",
                reason: reasons[Int(chance.between(0, 7))], daysAgo: daysAgo,
                depth: daysAgo < 5 ? 0 : daysAgo < 12 ? 1 : chance.share() < 0.25 ? 2 : 3)
        }.sorted { $0.daysAgo > $1.daysAgo }
    }

    /// How long the steps of a rectification took, in days after it was ordered: accepted, reported, signed, written off.
    /// `number` is the case's place in its county.
    public func pace(_ number: Int) -> (accepted: Int, reported: Int, signed: Int, closed: Int) {
        var chance = SeededChance(seed: seed &+ 17 &* UInt64(number + 1))
        let accepted = 1 + Int(chance.between(0, 5))
        let reported = accepted + 18 + Int(chance.between(0, 30))
        let signed = reported + 1 + Int(chance.between(0, 3))
        return (accepted, reported, signed, signed + 2 + Int(chance.between(0, 9)))
    }
}
