internal import Casework
internal import DemoCity
internal import Indicators
internal import Vocabulary

extension FillDemoCases {
    /// An activity that asks to come into schools: who, what, how long before today it begins, how long it lasts, how far it has got.
    private struct Activity {
        var organiser: String
        var kind: String
        var title: String
        var starts: Int
        var days: Int
        var hours: Double
        var depth: Int
        /// nil for every school of the county.
        var schools: Int?
    }

    /// Depth 1: applied, 2: reviewed, 3: on the list, 4: over and summed up, 5: refused.
    private static let activities = [
        Activity(organiser: "县消防救援大队", kind: "safety", title: "消防疏散演练进校园", starts: -6, days: 40, hours: 2, depth: 3, schools: nil),
        Activity(organiser: "县疾病预防控制中心", kind: "health", title: "近视防控讲座", starts: -20, days: 60, hours: 1, depth: 3, schools: 3),
        Activity(organiser: "县文化馆", kind: "arts", title: "戏曲进校园", starts: 15, days: 20, hours: 2, depth: 3, schools: 2),
        Activity(organiser: "县人民法院", kind: "law", title: "模拟法庭进校园", starts: -90, days: 10, hours: 2, depth: 4, schools: 2),
        Activity(organiser: "县科学技术协会", kind: "science", title: "科普大篷车", starts: 25, days: 5, hours: 3, depth: 2, schools: 4),
        Activity(organiser: "某研学旅行公司", kind: "other", title: "研学推介会", starts: 20, days: 1, hours: 2, depth: 5, schools: 1),
    ]

    func activities(_ table: ReturnTable, county: String, place: Int) async throws {
        let rows = (0..<table.count).filter { table.attribute("county", $0) == county }
        let director = CaseActor(
            id: "director-\(county)", name: "\(county)教育局局长", posts: [.init(role: "county.director", county: county)])
        for (number, activity) in FillDemoCases.activities.enumerated() where (number + place) % 3 != 0 || number < 2 {
            let begins = today.adding(days: activity.starts)
            let asked = Swift.min(today.adding(days: -5), begins.adding(days: -20))
            guard office.definitions.current("school-activity", on: asked) != nil else { continue }
            let chosen = rows.isEmpty ? [] : (0..<(activity.schools ?? 0)).map { rows[($0 * 7 + number * 3 + place) % rows.count] }
            var answers: [String: FieldValue] = [
                "organiser": .text(activity.organiser), "kind": .choice(activity.kind), "what": .text("\(activity.title)，由主办单位派员到校开展"),
                "legalBasis": .text("本县年度进校园活动计划"), "begins": .date(begins), "ends": .date(begins.adding(days: activity.days)),
                "grades": .text("四至六年级"), "pupils": .number(Double(200 + number * 60)), "hours": .number(activity.hours),
                "inLessons": .yesNo(false), "fee": .yesNo(activity.depth == 5),
            ]
            if activity.depth == 5 { (answers["feeAmount"], answers["feeBasis"]) = (.money(9_800), .text("未附")) }
            if !chosen.isEmpty {
                answers["schools"] = .table(
                    Set(chosen).sorted().map { row in
                        ["school": .reference(id: table.attribute("code", row), label: table.attribute("name", row))]
                    })
            }
            let beginning = CaseBeginning(title: activity.title, place: CasePlace(county: county, label: county), subject: county)
            let opened = try await office.open(
                "school-activity", beginning,
                CaseCommand(.note, by: officer(county), at: date(asked), today: asked, answers: answers))
            try await handle(activity, opened, director)
        }
    }

    private func handle(_ activity: Activity, _ opened: Case, _ director: CaseActor) async throws {
        let (officer, day) = (officer(opened.place.county ?? ""), opened.openedDay)
        if activity.depth == 5 {
            _ = try await step(opened, "refuse", officer, on: day.adding(days: 2), reason: "商业推介，且向家长收费，不得进校园")
            return
        }
        guard activity.depth > 1,
            let reviewed = try await step(opened, "review", officer, on: day.adding(days: 2), answers: ["opinion": .text("内容适宜，时长合理")]),
            activity.depth > 2, let listed = try await step(reviewed, "approve", director, on: day.adding(days: 3)), activity.depth > 3
        else { return }
        let summary: [String: FieldValue] = ["came": .number(231), "took": .number(activity.hours), "said": .text("按批准的内容开展")]
        _ = try await step(listed, "finish", officer, on: day.adding(days: 60), answers: summary)
    }
}
