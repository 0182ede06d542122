internal import Foundation
public import Inspection
public import Pages
public import Registry
internal import Vocabulary

/// What can be done in planning inspections, whoever asks: pages draw the answers, the interface for programs writes them down.
extension SupervisionDesk {
    /// Every school the visitor sees, with who answers for it and how often it is visited in a year; this year's where none is named.
    public func charges(_ year: Int?, _ visit: Pages.Visit) async throws -> [SchoolCharge] {
        let year = year ?? visit.today.year
        let responsibilities = try await store.responsibilities(nil)
        let sight = InspectionSight(visit, responsibilities)
        let bySchool = Dictionary(responsibilities.map { ($0.school, $0) }) { first, _ in first }
        let lately = try await visitedLately(visit)
        return try await counts(year).filter { sight.sees($0.school, in: $0.county) }.map { charge in
            var own = charge
            own.responsibility = bySchool[charge.school]
            own.wasVisitedLately = lately.contains(charge.school)
            return own
        }
    }

    /// How often every school is visited in a year, for anybody to read: nobody's name.
    public func counts(_ year: Int) async throws -> [SchoolCharge] {
        let visits = Dictionary(grouping: try await store.visits(VisitFilter(year: year))) { $0.school }
        return try await schools().map { school in
            SchoolCharge(
                school: school.code, name: school.name, county: school.county, count: planner.count(visits[school.code] ?? []),
                most: catalogue.rules.visitsPerYear)
        }
    }

    /// Schools somebody went to within the last month.
    func visitedLately(_ visit: Pages.Visit) async throws -> Set<String> {
        let month = try await store.visits(VisitFilter(year: visit.today.year)).filter {
            $0.state == .done && $0.checkIn.map { $0.signed.at.timeIntervalSince(now()) > -31 * 86_400 } ?? false
        }
        return Set(month.map(\.school))
    }

    // MARK: Who answers for which school

    /// Everybody who is an inspector today.
    func inspectorsKnown(_ visit: Pages.Visit) async throws -> [Person] {
        try await people.people().filter { person in
            person.grants.contains { $0.role == .inspector && $0.holds(on: visit.today) }
        }
    }

    /// Those who may answer for schools of a county the visitor arranges.
    public func inspectors(in county: String, _ visit: Pages.Visit) async throws -> [Person] {
        try visit.require(.arrangeVisits, in: county)
        return try await inspectorsKnown(visit).filter { $0.may(.inspect, in: county, today: visit.today) }
    }

    private func school(_ code: String, in county: String) async throws -> SupervisedSchool {
        guard let school = try await schools().first(where: { $0.county == county && $0.code == code }) else {
            throw InspectionRefusal("请选择\(county)的一所学校", .unknown)
        }
        return school
    }

    /// Gives a school to an inspector, in place of whoever had it. Throws `InspectionRefusal`, `NotAllowed`.
    public func assign(
        _ code: String, in county: String, to inspector: PersonID, region: String, _ visit: Pages.Visit
    ) async throws -> Responsibility {
        try visit.require(.arrangeVisits, in: county)
        let school = try await school(code, in: county)
        guard let person = try await inspectorsKnown(visit).first(where: { $0.id == inspector }),
            person.reach(.inspect, today: visit.today).covers(school: school.code, in: county)
        else { throw InspectionRefusal("请选择在\(county)任职的责任督学；没有的请管理员先在“人员与权限”里设岗", .input) }
        let rules = catalogue.rules
        let one = Responsibility(
            county: county, region: region.trimmingCharacters(in: .whitespaces), school: school.code, schoolName: school.name,
            inspector: person.id, inspectorName: person.name)
        try await store.assign(one) { all in _ = try rules.take(one, in: all) }
        return one
    }

    /// Nobody answers for the school any more. Throws `InspectionRefusal`, `NotAllowed`.
    public func release(_ code: String, in county: String, _ visit: Pages.Visit) async throws {
        try visit.require(.arrangeVisits, in: county)
        try await store.release(school: try await school(code, in: county).code)
    }

    // MARK: The plan

    /// The rubrics a visit may be asked for by today.
    public func rubrics(_ visit: Pages.Visit) -> [Rubric] { catalogue.current(on: visit.today) }

    /// Visits of a year the visitor may see.
    public func visits(_ filter: VisitFilter, _ visit: Pages.Visit) async throws -> [OpenedVisit] {
        let sight = InspectionSight(visit, try await store.responsibilities(filter.county))
        return try await store.visits(filter).filter(sight.sees).map { opened($0, sight) }
    }

    func opened(_ one: SchoolVisit, _ sight: InspectionSight) -> OpenedVisit {
        OpenedVisit(
            one, catalogue.rubrics(of: one), mayInspect: sight.mayInspect(one),
            mayArrange: sight.visit.may(.arrangeVisits, in: one.county))
    }

    /// What to make of what was asked for, school by school.
    public func proposals(_ year: Int?, _ visit: Pages.Visit) async throws -> [VisitPlanner.Proposal] {
        let sight = InspectionSight(visit, try await store.responsibilities(nil))
        let seen = try await store.visits(VisitFilter(year: year ?? visit.today.year)).filter(sight.sees)
        return Dictionary(grouping: seen) { $0.school }.sorted { $0.key < $1.key }.flatMap { planner.proposals($0.value) }
    }

    /// Asks for a visit to each of some schools: `rubric`, `from`, `until`, `purpose`, and any number of `school`. All or none.
    /// Throws `InspectionRefusal`, `NotAllowed`.
    public func ask(_ parts: PostedParts, in county: String, _ visit: Pages.Visit) async throws -> [OpenedVisit] {
        try visit.require(.requestVisits, in: county)
        guard let from = Day(iso: parts["from"] ?? ""), let until = Day(iso: parts["until"] ?? ""), from <= until else {
            throw InspectionRefusal("请写明最早和最晚的入校日期，最晚不早于最早", .input)
        }
        guard from.year == until.year else { throw InspectionRefusal("检查按年度计划安排，最早和最晚日期要在同一年", .input) }
        guard until >= visit.today else { throw InspectionRefusal("最晚入校日期已经过去", .input) }
        guard let rubric = catalogue.rubric(parts["rubric"] ?? "", on: from) else {
            throw InspectionRefusal("请选择评价表；\(from)时已施行的才能选", .input)
        }
        let purpose = parts["purpose"] ?? ""
        guard !purpose.isEmpty, purpose.count <= 200 else { throw InspectionRefusal("请写明检查事由，最多200字", .input) }
        let chosen = Set(parts.all("school"))
        let all = try await schools().filter { $0.county == county && chosen.contains($0.code) }
        guard !all.isEmpty, all.count == chosen.count else { throw InspectionRefusal("请从\(county)的学校里选择至少一所", .input) }
        let posts = try await store.responsibilities(county)
        let post = visit.person.grants.first { $0.role.duties.contains(.requestVisits) && $0.holds(on: visit.today) }
        let wanted = SchoolVisit.Request(
            office: post?.title ?? visit.person.name, rubric: rubric.id, version: rubric.version, from: from, until: until,
            purpose: purpose, signed: signed(visit))
        let added = all.map { school in
            let post = posts.first { $0.school == school.code }
            return SchoolVisit(
                id: newID(), year: from.year, county: county, school: school.code, schoolName: school.name, request: wanted,
                inspector: post?.inspector ?? "", inspectorName: post?.inspectorName ?? "")
        }
        try await store.add(added)
        let sight = InspectionSight(visit, posts)
        var kept: [OpenedVisit] = []
        for one in added { kept.append(opened(try await store.visit(one.id) ?? one, sight)) }
        return kept
    }

    /// Takes a visit into the plan, with others that become part of it; `exception` is why a school should bear one more, which
    /// only the city's office may say. Throws `InspectionRefusal`, `NotAllowed`.
    public func approve(
        _ id: String, joining others: [String], exception: String, seen: Int? = nil, _ visit: Pages.Visit
    ) async throws -> OpenedVisit {
        let (one, sight) = try await sighted(id, visit)
        try visit.require(.arrangeVisits, in: one.county)
        let exception = visit.may(.supervise, in: one.county) ? String(exception.prefix(200)) : ""
        let (planner, signed) = (planner, signed(visit))
        return opened(
            try await change(one, seen: seen) { all in
                try planner.approve(one.id, joining: others, in: all, exception: exception, signed)
            }, sight)
    }

    /// Says no to a visit that was asked for. Throws `InspectionRefusal`, `NotAllowed`.
    public func decline(_ id: String, reason: String, seen: Int? = nil, _ visit: Pages.Visit) async throws -> OpenedVisit {
        let (one, sight) = try await sighted(id, visit)
        try visit.require(.arrangeVisits, in: one.county)
        let (planner, signed, reason) = (planner, signed(visit), String(reason.prefix(200)))
        return opened(
            try await change(one, seen: seen) { all in try planner.decline(one.id, in: all, reason: reason, signed) }, sight)
    }
}
