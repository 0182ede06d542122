/// What one county of the demo city is like. Figures are drawn around the thresholds of the catalogue; nothing here is real.
struct DemoCounty {
    var name: String
    var code: Int
    var primaries: Int
    var juniors: Int
    var points: Int
    /// How well off its schools are against the standard, and how far apart they lie.
    var level: Double
    var spread: Double
    /// How many schools lag behind the rest.
    var lagging: Int
    /// Items in which a few schools are far richer than the rest, by kind of school.
    var stretched: [String: String] = [:]
    /// Cells left blank in the newest year.
    var blanks: Int

    static let city = [
        DemoCounty(
            name: "城关区", code: 1, primaries: 46, juniors: 14, points: 2, level: 1.8, spread: 0.3, lagging: 0,
            blanks: 0),
        DemoCounty(
            name: "清河县", code: 2, primaries: 36, juniors: 11, points: 4, level: 1.7, spread: 0.3, lagging: 5,
            stretched: ["211": "L6", "311": "L2"], blanks: 0),
        DemoCounty(
            name: "东岭县", code: 3, primaries: 34, juniors: 10, points: 5, level: 1.6, spread: 0.32, lagging: 9,
            blanks: 0),
        DemoCounty(
            name: "云溪县", code: 4, primaries: 32, juniors: 9, points: 6, level: 1.05, spread: 0.3, lagging: 14,
            blanks: 0),
        DemoCounty(
            name: "石桥县", code: 5, primaries: 30, juniors: 9, points: 4, level: 1.75, spread: 0.3, lagging: 0,
            blanks: 4),
        DemoCounty(
            name: "临湖区", code: 6, primaries: 34, juniors: 10, points: 2, level: 1.7, spread: 0.28, lagging: 2,
            blanks: 0),
    ]

    static let places = [
        "实验", "北关", "东关", "城南", "西城", "文昌", "柳林", "孙家集中心", "黄坡", "白塔", "清溪", "大杨庄", "三里堡", "桃园", "双河", "梨园", "沙沟", "红旗", "新华", "育才",
        "光明", "河湾", "龙泉", "青山", "杏林", "马庄", "刘集中心", "王桥", "赵店", "高庙", "吴村", "郑家洼", "周营", "新村", "汇文", "崇德", "明德", "向阳", "朝阳", "滨河", "金河",
        "银杏",
        "春晖", "学府", "团结", "前进", "永安", "和平", "幸福", "胜利",
    ]
}
