public import Alliances
public import Foundation
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
public import Vocabulary

/// What makes new alliances: somebody's wish, a workbook, a pairing. Each throws `AllianceRefusal`, `NotAllowed`.
extension AlliancesDesk {
    public func found(_ wish: AllianceWish, in county: String, _ visit: Visit) async throws -> ToldAlliance {
        try visit.require(.keepAlliances, in: county)
        let alliance = try await alliance(wish, county, visit)
        try await store.change(of: alliance.id) { try $0.found([alliance], rules: rules, today: visit.today) }
        return try await group(alliance.id, nil, visit)
    }

    private func alliance(_ wish: AllianceWish, _ county: String, _ visit: Visit) async throws -> Alliance {
        let book = try await schools()
        var complaints: [String] = []
        func school(_ text: String) -> AllianceSchool? {
            let school = book.find(text)
            if school == nil { complaints.append(book.missing(text)) }
            return school
        }
        let lead = school(wish.lead)
        let founded = wish.founded
        if founded == nil { complaints.append("成立日期请写成 2026-03-01") }
        let members = wish.members.compactMap { member in
            school(member.school).map { Alliance.Member($0, member.role, stage: member.stage, from: founded ?? visit.today) }
        }
        guard complaints.isEmpty, let lead, let founded else { throw AllianceRefusal(messages: complaints) }
        try requireSchools([lead] + members.map(\.school), county, visit)
        return Alliance(
            id: newID(), name: String(wish.name.trimmingCharacters(in: .whitespaces).prefix(60)), county: county, form: wish.form,
            lead: lead, founded: founded, members: members, madeBy: visit.person.name, madeAt: now(), version: 1)
    }

    // MARK: A workbook

    /// Both sheets or neither; every sentence names its cell. Throws `FileRefusal`, `NotAllowed`.
    public func takeIn(
        _ file: URL, named name: String, in county: String, _ visit: Visit
    ) async throws -> TakenIn<(alliances: Int, activities: Int)> {
        try visit.require(.keepAlliances, in: county)
        let register = try readForm(file, name, AlliancesDesk.registerForm, visit.today.schoolYear)
        let activities = try readForm(file, name, AlliancesDesk.activityForm, visit.today.schoolYear)
        guard register != nil || activities != nil else { return .refused(["工作簿里没有“教联体名册”或“教联体活动”这张表"]) }
        var complaints = [register, activities].compactMap { $0?.complaints }.flatMap { $0 }.filter { $0.severity == .error }
            .map(\.description)
        var reading = AllianceReading(county: county, try await schools(), rules, by: visit.person.name, at: now(), newID: newID)
        if let register { reading.readRegister(register.table) }
        if let activities { reading.readActivities(activities.table, known: try await store.alliances()) }
        complaints += reading.complaints
        if complaints.isEmpty, reading.founded.isEmpty, reading.activities.isEmpty { complaints = ["表里没有填任何一行"] }
        guard complaints.isEmpty else { return .refused(Upload.first(of: complaints)) }
        do {
            try requireSchools(reading.founded.flatMap(\.schools), county, visit)
            try await write(reading, visit.today)
        } catch let refusal as AllianceRefusal where refusal.ground != .stale {
            return .refused(Upload.first(of: refusal.messages))
        }
        return .taken((reading.founded.count, reading.activities.count))
    }

    private func write(_ reading: AllianceReading, _ today: Day) async throws {
        let (founded, activities) = (reading.founded, reading.activities)
        try await store.change(of: nil) { register in
            do {
                try register.found(founded, rules: rules, today: today)
            } catch let refusal as AllianceRefusal {
                throw AllianceRefusal(messages: reading.placed(refusal, ofActivities: false))
            }
            do {
                try register.record(activities, rules: rules, today: today)
            } catch let refusal as AllianceRefusal {
                throw AllianceRefusal(messages: reading.placed(refusal, ofActivities: true))
            }
        }
    }

    // MARK: Pairings

    /// The county's adopted plans with what each would make today, or what speaks against it. Throws `NotAllowed`.
    public func pairings(of county: String, _ visit: Visit) async throws -> [OfferedPairing] {
        try visit.require(.look, in: county)
        let plans = try await adoptedPairings(county)
        guard !plans.isEmpty else { return [] }
        let (book, known) = (try await schools(), try await store.alliances())
        let founding = PairingIntake.Founding(county: county, founded: visit.today, name: visit.person.name, at: now())
        return plans.map { plan in
            do {
                try AlliancesDesk.check(plan)
                let new = try PairingIntake(
                    problem: plan.problem, plan.pairs, book, known: known, rules: rules, founding, newID: newID
                ).alliances
                var register = AllianceRegister(alliances: known)
                try register.found(new, rules: rules, today: visit.today)
                return OfferedPairing(plan, alliances: new, obstacles: [])
            } catch {
                let messages = (error as? AllianceRefusal)?.messages ?? ["\(error)"]
                return OfferedPairing(plan, alliances: [], obstacles: Upload.first(of: messages))
            }
        }
    }

    /// Founds what an adopted plan says, all or none.
    public func adopt(plan id: String, in county: String, founded: Day, _ visit: Visit) async throws -> [ToldAlliance] {
        try visit.require(.keepAlliances, in: county)
        guard let plan = try await adoptedPairings(county).first(where: { $0.id == id }) else {
            throw AllianceRefusal("\(county)没有采用这份结对方案，可能已换成别的。请在“达标方案”里看现在采用的是哪一份", .unknown)
        }
        try AlliancesDesk.check(plan)
        return try await adopt(problem: plan.problem, plan.pairs, in: county, founded: founded, visit)
    }

    /// Founds what a file of `junheng plan pairing` says, all or none.
    public func adopt(file data: Data, in county: String, founded: Day, _ visit: Visit) async throws -> [ToldAlliance] {
        try visit.require(.keepAlliances, in: county)
        let (problem, pairs) = try PairingIntake.read(data, county: county)
        return try await adopt(problem: problem, pairs, in: county, founded: founded, visit)
    }

    private func adopt(
        problem: String, _ pairs: [AdoptedPairing.Pair], in county: String, founded: Day, _ visit: Visit
    ) async throws -> [ToldAlliance] {
        let (book, known) = (try await schools(), try await store.alliances())
        let new = try PairingIntake(
            problem: problem, pairs, book, known: known, rules: rules,
            .init(county: county, founded: founded, name: visit.person.name, at: now()), newID: newID
        ).alliances
        let mark = PairingIntake.mark(problem)
        try await store.change(of: nil) { register in
            if PairingIntake.taken(mark, county, register.alliances) != nil {
                throw AllianceRefusal("这份方案刚刚被采用过，不再重复登记", .stale)
            }
            try register.found(new, rules: rules, today: visit.today)
        }
        let ids = Set(new.map(\.id))
        return try await groups(of: county, nil, visit).filter { ids.contains($0.alliance.id) }
    }

    private static func check(_ plan: AdoptedPairing) throws {
        guard !plan.pairs.isEmpty else {
            throw AllianceRefusal("“\(plan.title)”存下的结对读不出来，可能被改动过。请在“达标方案”里重新算一份并采用")
        }
        guard plan.standard == Scope.usualStandard else {
            throw AllianceRefusal("“\(plan.title)”不是按优质均衡标准算的，教联体按优质均衡的结论核对。请按这个标准重新算一份")
        }
    }
}
