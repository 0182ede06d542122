internal import Casework
internal import DemoCity
internal import Foundation
internal import Indicators
internal import Inspection
internal import Registry
internal import Storage
internal import Supervision
internal import Vault
internal import Vocabulary

/// The demo city's inspections: regions and who answers for which school, a plan with merged visits, visits made with scores and
/// findings, one to be made today.
struct FillDemoInspection {
    let cases: FillDemoCases
    let catalogue: InspectionCatalogue

    private var today: Day { cases.today }
    private var store: any InspectionStore { cases.installation.storage.inspection }

    init?(_ cases: FillDemoCases) {
        guard let catalogue = (try? CatalogueFolder())?.compileInspection() else { return nil }
        (self.cases, self.catalogue) = (cases, catalogue)
    }

    /// Nothing happens where there are visits.
    func run() async throws {
        guard try await store.visits(VisitFilter()).isEmpty else { return }
        let all = try await RegisteredSchools(evaluations: cases.evaluations).supervised()
        let own = DemoCity.people.flatMap(\.grants).first { $0.role == .schoolHead }?.school
        for county in cases.city.counties {
            // The demo's own head is visited, too.
            let schools = all.filter { $0.county == county }.sorted {
                ($0.code != own ? 1 : 0, $0.code) < ($1.code != own ? 1 : 0, $1.code)
            }
            try await appoint(schools, county)
            for (number, school) in schools.prefix(8).enumerated() { try await plan(school, number) }
        }
    }

    // MARK: People

    private func inspector(_ county: String) -> Person? {
        DemoCity.people.first { $0.grants.contains { $0.role == .inspector && $0.county == county } }
    }

    private func appoint(_ schools: [SupervisedSchool], _ county: String) async throws {
        // A county without a demo inspector has its officer answer for a few schools.
        let person = inspector(county) ?? DemoCity.officer(of: county)
        for school in schools.prefix(catalogue.rules.usualSchools) {
            let one = Responsibility(
                county: county, region: "第一责任区", school: school.code, schoolName: school.name, inspector: person.id,
                inspectorName: person.name)
            try await store.assign(one) { all in _ = try catalogue.rules.take(one, in: all) }
        }
    }

    private func signed(_ person: Person, _ day: Day, hour: Int = 9) -> Inspection.Visit.Signature {
        .init(by: person.id, name: person.name, at: cases.date(day, hour: hour))
    }

    // MARK: Visits

    private func request(_ rubric: String, _ from: Day, _ until: Day, _ purpose: String, _ person: Person) -> Inspection.Visit.Request? {
        catalogue.rubric(rubric, on: from).map { rubric in
            .init(
                office: person.grants.first?.title ?? person.name, rubric: rubric.id, version: rubric.version, from: from, until: until,
                purpose: purpose, signed: signed(person, from.adding(days: -20)))
        }
    }

    /// What a school has this year: visits made and to be made, asked for and merged, each school another step.
    private func plan(_ school: SupervisedSchool, _ number: Int) async throws {
        let officer = DemoCity.officer(of: school.county)
        let posts = try await store.responsibilities(school.county)
        let post = posts.first { $0.school == school.code }
        // Five weeks ago, but in this year.
        let past = Swift.max(Day(year: today.year, month: 1, day: 1), today.adding(days: -35 - number))
        let ends = Day(year: today.year, month: 12, day: 31)
        func make(_ request: Inspection.Visit.Request?) -> Inspection.Visit? {
            request.map {
                Inspection.Visit(
                    id: RandomID.make(), year: today.year, county: school.county, school: school.code, schoolName: school.name,
                    request: $0, inspector: post?.inspector ?? "", inspectorName: post?.inspectorName ?? "")
            }
        }
        let quality = make(request("school-quality", past, Swift.min(ends, past.adding(days: 10)), "年度质量评价", officer))
        let routine = make(request("routine", past, Swift.min(ends, past.adding(days: 20)), "秋季学期检查", DemoCity.people[0]))
        let now = make(request("routine", today, Swift.min(ends, today.adding(days: 7)), "每月随访", officer))
        switch number % 4 {
        case 0:
            try await merged(school, quality, routine, officer, findings: number == 0 ? 2 : 1)
            try await approved(now, officer)
        case 1: try await merged(school, quality, nil, officer, findings: 1)
        case 2:
            let next = Swift.min(ends, today.adding(days: 5))
            let asked = [
                request("school-quality", next, Swift.min(ends, next.adding(days: 10)), "年度质量评价", officer),
                request("routine", next, Swift.min(ends, next.adding(days: 20)), "冬季安全检查", DemoCity.people[0]),
            ]
            try await store.add(asked.compactMap(make))
        default: if let now { try await store.add([now]) }
        }
    }

    private func approved(_ visit: Inspection.Visit?, joining other: Inspection.Visit? = nil, _ officer: Person) async throws {
        guard let visit else { return }
        try await store.add([visit] + (other.map { [$0] } ?? []))
        let (planner, by) = (VisitPlanner(catalogue), signed(officer, today))
        _ = try await store.change(school: visit.school, year: visit.year) { all in
            try planner.approve(visit.id, joining: other.map { [$0.id] } ?? [], in: all, exception: "", by)
        }
    }

    private func merged(
        _ school: SupervisedSchool, _ visit: Inspection.Visit?, _ other: Inspection.Visit?, _ officer: Person, findings: Int
    ) async throws {
        guard let visit, let day = visit.window?.from else { return }
        try await approved(visit, joining: other, officer)
        let person = inspector(visit.county) ?? officer
        let by = signed(person, day, hour: 10)
        let position = school.position.map {
            VisitPosition(longitude: $0.longitude + 0.0008, latitude: $0.latitude - 0.0005, accuracy: 25)
        }
        let arrival = CheckIn(
            signed: by, position: position, reason: position == nil ? "手机取不到位置" : "", school: school.position, rules: catalogue.rules)
        let seed = visit.school.utf8.reduce(UInt64(7)) { $0 &* 131 &+ UInt64($1) }
        let kept = try await cases.installation.files.keep(DemoPicture(seed).png, name: "现场.png")
        let due = Swift.max(today.adding(days: 20), day.adding(days: 40))
        let (catalogue, texts) = (catalogue, FillDemoInspection.problems)
        let changed = try await store.change(school: visit.school, year: visit.year) { all in
            guard var one = all.first(where: { $0.id == visit.id }) else { return [] }
            try one.arrive(arrival)
            var left = findings
            for rubric in catalogue.rubrics(of: one) {
                for (place, item) in rubric.items.enumerated() {
                    let level = rubric.levels[(place * 5 + Int(seed % 7)) % 6 < 4 ? 0 : 1]
                    try one.judge(item.id, of: rubric, VisitMark(level: level.id, note: "", signed: by))
                    guard level.points < rubric.full, left > 0 else { continue }
                    left -= 1
                    try one.add(
                        VisitPhoto(
                            digest: kept.digest, name: kept.name, size: kept.size, type: "image/png", rubric: rubric.id, item: item.id,
                            position: position, takenAt: by.at))
                    try one.add(
                        VisitFinding(
                            id: "\(one.id)-\(left)", rubric: rubric.id, item: item.id, text: texts[left % texts.count], finishBy: due,
                            signed: by))
                }
            }
            try one.finish(catalogue.rubrics(of: one), by)
            return [one]
        }
        for one in changed { try await open(one, person, on: day) }
    }

    private static let problems = ["整改台账记录不全，有三项没有写明责任人", "值班记录有两天没有签名", "作业公示没有按周更新"]

    /// Findings become cases, through the same office.
    private func open(_ visit: Inspection.Visit, _ person: Person, on day: Day) async throws {
        guard cases.office.definitions.current("inspection-finding", on: day) != nil else { return }
        for finding in visit.findings {
            guard let beginning = FindingCase(visit, finding, catalogue) else { continue }
            let command = CaseCommand(
                .note, by: cases.installation.caseActor(person, today: day), at: cases.date(day, hour: 15), today: day,
                answers: beginning.answers, links: [beginning.link])
            let opened = try await cases.office.open(FindingCase.kind, beginning.beginning, command)
            // Heads accept what they are told of, but for the last of several.
            if finding.id == visit.findings.first?.id {
                _ = try await cases.step(opened, "accept", cases.head(opened.place), on: day.adding(days: 2))
            }
            _ = try await store.change(school: visit.school, year: visit.year) { all in
                guard var one = all.first(where: { $0.id == visit.id }) else { return [] }
                try one.link(finding.id, case: opened.id, number: opened.number)
                return [one]
            }
        }
    }
}
