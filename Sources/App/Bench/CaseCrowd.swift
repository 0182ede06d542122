import Casework
import Foundation
import Storage
import Vocabulary

/// Very many invented rectifications. A few histories are decided by the kernel itself; each case is one of them, moved to another
/// school and another day.
struct CaseCrowd {
    private static let counties = 20
    private static let schoolsPerCounty = 100

    private let definition: CaseDefinition
    private let all: CaseDefinitions
    private let today: Day
    private let start: Day

    init(_ definition: CaseDefinition, _ all: CaseDefinitions, today: Day) {
        self.definition = definition
        self.all = all
        self.today = today
        start = definition.from
    }

    static func id(_ number: Int) -> String {
        String(format: "%08x", (number &* 2_654_435_761) & 0xFFFF_FFFF) + String(format: "%08d", number)
    }

    /// Seven of ten are written off; of the rest some wait, some are late.
    func history(_ number: Int) throws -> StoredCases.History {
        let schools = CaseCrowd.counties * CaseCrowd.schoolsPerCounty
        // The round is added, or each school would have cases of one depth only.
        let turn = (number + number / schools) % 10
        let depth = turn < 7 ? 4 : turn - 7
        let school = "s\(number % schools)"
        let county = "county\(number % schools / CaseCrowd.schoolsPerCounty)"
        let day = depth == 4 ? start.adding(days: number / 7 % 200) : today.adding(days: -(number / 13 % 120))
        let place = CasePlace(county: county, school: school, label: "第\(school)学校")
        return StoredCases.History(
            id: CaseCrowd.id(number), definition: definition, events: try events(depth, number, place, day))
    }

    private func events(_ depth: Int, _ number: Int, _ place: CasePlace, _ day: Day) throws -> [CaseEvent] {
        let head = CaseActor(
            id: "head-\(place.school ?? "")", name: "校长", posts: [.init(role: "school.head", county: place.county, school: place.school)])
        let officer = CaseActor(
            id: "officer-\(place.county ?? "")", name: "县督导室", posts: [.init(role: "county.supervisor", county: place.county)])
        var item: Case?
        var story: [CaseEvent] = []
        func take(_ verb: CaseCommand.Verb, _ by: CaseActor, after days: Int, _ answers: [String: FieldValue] = [:], proof: Bool = false)
            throws
        {
            let date = day.adding(days: days)
            let at = Date(timeIntervalSince1970: Double(date.ordinal) * 86_400 + Double(story.count) * 60 + 30_000)
            let photos = (0..<(proof ? 2 : 0)).map { place in
                Evidence(
                    kind: .photo,
                    file: CaseFile(name: "\(place).jpg", digest: "\(number)-\(place)", size: 80_000, type: "image/jpeg"), takenAt: at)
            }
            let links = item == nil ? [CaseLink(kind: "shortfall", target: "bench/\(number)", label: "短板")] : []
            let command = CaseCommand(
                verb, by: by, at: at, today: date, answers: answers, evidence: photos, reason: verb == .note ? "已与学校联系，按进度推进" : "",
                links: links)
            let facts = CaseFacts(["verdict.now": .verdict(.met, value: 4.6, sentence: "现值4.6，标准4.5")])
            let event = try definition.decide(command, on: item, with: all.surroundings(facts)).get()
            item =
                item.map {
                    var next = $0; next.apply(event); return next
                } ?? Case("bench", events: [event])
            story.append(event)
        }
        let beginning = CaseBeginning(
            number: "整改〔\(day.year)〕\(number)号", title: "L1 生均教学及辅助用房面积缺\(number % 900)㎡（小学）", place: place,
            subject: "\(place.school ?? "")/primary")
        try take(
            .open(beginning), officer, after: 0,
            ["demand": .text("按标准补齐"), "finishBy": .date(day.adding(days: 120)), "money": .money(500_000)])
        for days in 0..<(depth == 4 ? 4 : 3) { try take(.note, officer, after: days) }
        guard depth > 0 else { return story }
        try take(.act("accept"), head, after: 3, ["promisedDate": .date(day.adding(days: 60))])
        for days in 4..<8 { try take(.note, head, after: days) }
        guard depth > 1 else { return story }
        try take(.act("report"), head, after: 40, ["done": .text("已按要求完成"), "complete": .yesNo(true)], proof: true)
        try take(.act("sign"), head, after: 41)
        guard depth == 4 else { return story }
        try take(.act("confirm"), officer, after: 45)
        return story
    }
}
