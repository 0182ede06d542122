internal import Casework
internal import DemoCity
internal import Foundation
internal import Indicators
internal import Registry
internal import Shortfalls
internal import Storage
internal import Vocabulary

/// Fills the demo city with work in every state, through the same office real work goes through. What was missing a year ago and is
/// there now is written off; what is missing now is under way; some of it is late.
struct FillDemoCases {
    static let standard = "balance-2017"

    let installation: Installation
    let city: DemoCity
    let today: Day
    let office: CaseOffice
    let evaluations: StoreEvaluations
    let work = DemoWork()

    init(_ installation: Installation, city: DemoCity, today: Day) {
        self.installation = installation
        self.city = city
        self.today = today
        evaluations = StoreEvaluations(
            returns: installation.storage.returns, snapshots: installation.storage.snapshots, catalogue: installation.catalogue)
        office = installation.caseOffice(evaluations)
    }

    /// Nothing happens where there are cases, or no definitions.
    func run() async throws {
        guard office.definitions.current("rectification", on: today) != nil,
            try await office.query.count(CaseFilter(isOpen: nil), most: 1, today: today) == 0, let newest = city.schoolYears.last,
            let now = try await evaluations.evaluated(FillDemoCases.standard, newest, .live),
            let before = try await evaluations.evaluated(FillDemoCases.standard, newest.previous, .official)
        else { return }
        for (place, county) in city.counties.enumerated() {
            try await writtenOff(county, before, now, first: place * 8)
            try await underWay(county, now, first: place * 10)
            try await activities(now.evaluation.schools, county: county, place: place)
        }
        try await hazards(now.evaluation.schools)
        try await visits(now.evaluation.schools)
        _ = try await office.escalate(at: date(today), today: today)
    }

    // MARK: Days and people

    func date(_ day: Day, hour: Int = 9) -> Date { Date(timeIntervalSince1970: Double(day.ordinal) * 86_400 + Double(hour - 8) * 3_600) }

    func officer(_ county: String) -> CaseActor { installation.caseActor(DemoCity.officer(of: county), today: today) }

    func head(_ place: CasePlace) -> CaseActor {
        let known = DemoCity.people.first { $0.grants.contains { $0.role == .schoolHead && $0.school == place.school } }
        if let known { return installation.caseActor(known, today: today) }
        return CaseActor(
            id: "school-head-\(place.school ?? "")", name: "\(place.label)校长",
            posts: [
                .init(role: "school.head", county: place.county, school: place.school),
                .init(role: "school.teacher", county: place.county, school: place.school),
            ])
    }

    // MARK: Steps

    /// One step on a day, as long as the day has come. Answers the case as it is then; nil ends the story.
    func step(
        _ item: Case, _ action: String, _ by: CaseActor, on day: Day, answers: [String: FieldValue] = [:], evidence: [Evidence] = [],
        reason: String = "", target: CaseUnit? = nil
    ) async throws -> Case? {
        guard day <= today else { return nil }
        let command = CaseCommand(
            .act(action), by: by, at: date(day, hour: 10 + item.revision % 6), today: day, answers: answers, evidence: evidence,
            reason: reason, target: target)
        return try await office.act(item.id, seen: item.revision, command)
    }

    func photos(_ count: Int, _ seed: Int, _ item: Case, on day: Day, _ table: ReturnTable) async throws -> [Evidence] {
        let row = (0..<table.count).first { table.attribute("code", $0) == item.place.school }
        let position = row.flatMap { row -> CasePosition? in
            guard let longitude = Double(table.attribute("longitude", row)), let latitude = Double(table.attribute("latitude", row)) else {
                return nil
            }
            return CasePosition(longitude: longitude + 0.0004, latitude: latitude - 0.0003, accuracy: 20)
        }
        var pieces: [Evidence] = []
        for number in 0..<count {
            // No two are the same: a photo that proves two cases is told of.
            let drawing = "\(item.number)/\(item.revision)/\(seed + number)".utf8.reduce(UInt64(1_000)) { $0 &* 131 &+ UInt64($1) }
            let kept = try await installation.files.keep(DemoPicture(drawing).png, name: "现场\(number + 1).png")
            pieces.append(
                Evidence(
                    kind: .photo, file: CaseFile(name: kept.name, digest: kept.digest, size: kept.size, type: "image/png"),
                    takenAt: date(day), position: position, note: "示意图"))
        }
        return pieces
    }
}
