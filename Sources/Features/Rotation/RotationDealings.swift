public import Exchanges
public import Foundation
internal import Indicators
public import Jobs
public import Pages
internal import Planning
internal import Registry
internal import TeacherRotation
public import Vocabulary

/// What can be done in teachers' exchange, whoever asks: pages draw the answers, the interface for programs writes them down.
extension RotationDesk {
    /// What rules exchange here.
    public var ruling: RotationRules { rules }

    /// The year asked for, else the newest with data, else today's.
    func year(_ asked: SchoolYear?, _ visit: Visit) async throws -> SchoolYear {
        if let asked { return asked }
        return try await returns.schoolYears(form: RotationDesk.schoolForm).first ?? visit.today.schoolYear
    }

    /// Every county's rates that the visitor may see.
    public func rates(_ asked: SchoolYear?, _ visit: Visit) async throws -> [CountyExchange] {
        let year = try await year(asked, visit)
        let turns = try await store.exchanges(ExchangeFilter(year: year))
        let names = try await returns.counties(form: RotationDesk.schoolForm, year)
        return rates(names, turns, try await store.bases(year), year, visit)
    }

    func rates(
        _ names: [String], _ turns: [Exchange], _ bases: [ExchangeBase], _ year: SchoolYear, _ visit: Visit
    ) -> [CountyExchange] {
        let known = Set(names).union(turns.map(\.county)).union(bases.map(\.county)).sorted().filter { visit.may(.look, in: $0) }
        let base = Dictionary(bases.map { ($0.county, $0) }) { first, _ in first }
        let byCounty = Dictionary(grouping: turns) { $0.county }
        return known.map {
            CountyExchange(county: $0, year: year, rates: ExchangeRates(byCounty[$0] ?? [], year, base: base[$0], rules: rules))
        }
    }

    /// One county's rates; of a county nobody knows there are none, and no verdict. Throws `NotAllowed`.
    public func rates(of county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> CountyExchange {
        try visit.require(.look, in: county)
        let year = try await year(asked, visit)
        let turns = try await store.exchanges(ExchangeFilter(county: county, year: year))
        return CountyExchange(
            county: county, year: year, rates: ExchangeRates(turns, year, base: try await store.base(county, year), rules: rules))
    }

    // MARK: The register

    /// A county's turns that begin in a school year. Throws `NotAllowed`.
    public func register(of county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> [ToldExchange] {
        try visit.require(.look, in: county)
        let year = try await year(asked, visit)
        return try await store.exchanges(ExchangeFilter(county: county, year: year)).map { told($0, visit) }
    }

    /// One turn. Throws `NotAllowed`, `ExchangeRefusal`.
    public func turn(_ id: String, in county: String, _ visit: Visit) async throws -> ToldExchange {
        try visit.require(.look, in: county)
        return told(try await turn(id, of: county), visit)
    }

    private func turn(_ id: String, of county: String) async throws -> Exchange {
        guard let turn = try await store.exchanges(ExchangeFilter(county: county)).first(where: { $0.id == id }) else {
            throw ExchangeRefusal("\(county)的登记册里没有这条记录", .unknown)
        }
        return turn
    }

    /// Names and whole codes are for whoever arranges exchange there.
    func told(_ turn: Exchange, _ visit: Visit) -> ToldExchange {
        var shown = turn
        if !visit.may(.arrangeStaff, in: turn.county) {
            shown.teacher = PublishedList.masked(code: turn.teacher)
            shown.name = ""
        }
        let last = visit.today.schoolYear.previous
        return ToldExchange(
            shown, form: rules.form(turn.form)?.label ?? turn.form, served: turn.served(by: last),
            earned: turn.earned(rules, by: last).map(\.label))
    }

    /// A filled-in register form, all of it or nothing: how many turns it holds and what writing them came to. Throws `FileRefusal`,
    /// `ExchangeRefusal`, `NotAllowed`.
    public func takeIn(
        _ file: URL, name: String, _ asked: SchoolYear?, in county: String, _ visit: Visit
    ) async throws -> (year: SchoolYear, TakenIn<(count: Int, tally: ExchangeTally)>) {
        try visit.require(.arrangeStaff, in: county)
        let year = asked ?? visit.today.schoolYear
        let read = try readForm(file, name, "exchange-register", year)
        let errors = read.complaints.filter { $0.severity == .error }.map(\.description)
        let reading = RegisterReading(read.table, county: county, year: read.table.schoolYear, rules: rules, newID: newID)
        let complaints = errors + reading.complaints
        guard complaints.isEmpty else { return (year, .refused(Upload.first(of: complaints))) }
        let tally = try await store.write(reading.exchanges)
        return (read.table.schoolYear, .taken((reading.exchanges.count, tally)))
    }

    /// A turn begins, ends or is called off; on the newest version where none is named. Throws `ExchangeRefusal`, `NotAllowed`.
    public func step(
        _ id: String, in county: String, to state: Exchange.State, seen: Int?, _ visit: Visit
    ) async throws -> ToldExchange {
        try visit.require(.arrangeStaff, in: county)
        let turn = try await turn(id, of: county)
        let last = state == .finished ? Swift.max(turn.year, visit.today.schoolYear.previous) : nil
        return told(try await store.step(id, to: state, ended: last, seen: seen ?? turn.version), visit)
    }

    /// Everybody planned for the year has arrived: how many. Throws `ExchangeRefusal`, `NotAllowed`.
    public func arrive(_ asked: SchoolYear?, in county: String, _ visit: Visit) async throws -> (year: SchoolYear, count: Int) {
        try visit.require(.arrangeStaff, in: county)
        let year = asked ?? visit.today.schoolYear
        let waiting = try await store.exchanges(ExchangeFilter(county: county, year: year)).filter { $0.state == .planned }
        for turn in waiting { _ = try await store.step(turn.id, to: .serving, ended: nil, seen: turn.version) }
        return (year, waiting.count)
    }

    // MARK: Plans

    /// A county's plans of a school year, newest first. Throws `NotAllowed`.
    public func plans(of county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> [ExchangePlan] {
        try visit.require(.look, in: county)
        return try await store.plans(county, try await year(asked, visit)).compactMap { kept in
            RotationRecord(text: kept.body).map { told(kept, $0, visit) }
        }
    }

    /// Throws `PageMissing`, `NotAllowed`.
    public func plan(_ id: String, _ visit: Visit) async throws -> ExchangePlan {
        let (kept, record) = try await found(id, visit, .look)
        return told(kept, record, visit)
    }

    func found(_ id: String, _ visit: Visit, _ duty: Duty) async throws -> (RosterPlan, RotationRecord) {
        guard let kept = try await store.plan(id), let record = RotationRecord(text: kept.body) else {
            throw PageMissing("没有这份方案，可能链接有误。请回到“交流轮岗”重新选择")
        }
        try visit.require(duty, in: kept.county)
        return (kept, record)
    }

    /// Has a plan of a county's exchange worked out of its roster, which is read at once; what the plan needs of it is kept sealed until
    /// the job ends. Throws `NotAllowed`, `ExchangeRefusal`.
    public func ask(
        _ file: URL, _ asked: SchoolYear?, _ wish: RotationWish, in county: String, _ visit: Visit
    ) async throws -> TakenIn<Job> {
        try visit.require(.arrangeStaff, in: county)
        switch try await roster(file, county, asked ?? visit.today.schoolYear, try wish.applied(to: rules)) {
        case .refused(let sentences): return .refused(Upload.first(of: sentences))
        case .read(let problem):
            return .taken(
                try await order(
                    JobOrder(
                        id: newID(), kind: RotationSearch.kind, title: "做\(county)轮岗方案（\(problem.year.label.zh)）",
                        input: RotationOrder(wish, problem.year).text, duty: Duty.arrangeStaff.rawValue, county: county,
                        person: visit.person.id, name: visit.person.name, at: now()),
                    try RotationRoster(problem).bytes))
        }
    }

    /// Adopts a plan and writes its turns into the register, both or neither. Throws `ExchangeRefusal`, `PageMissing`, `NotAllowed`.
    public func adopt(_ id: String, form: String?, _ visit: Visit) async throws -> ExchangePlan {
        let (kept, record) = try await found(id, visit, .arrangeStaff)
        let asked = form.flatMap { $0.isEmpty ? nil : $0 }
        guard asked == nil || rules.form(asked ?? "") != nil else {
            throw ExchangeRefusal("没有这种交流形式。可用：\(rules.forms.map { "\($0.id)（\($0.label)）" }.joined(separator: "、"))", .input)
        }
        let form = asked.flatMap { rules.form($0) } ?? rules.forms.first
        _ = try await store.adopt(
            kept.id, by: visit.person.name, at: now(), record.exchanges(plan: kept.id, form: form?.id ?? "", newID: newID))
        return try await plan(id, visit)
    }

    private func told(_ kept: RosterPlan, _ record: RotationRecord, _ visit: Visit) -> ExchangePlan {
        record.told(kept, seesPersons: visit.may(.arrangeStaff, in: kept.county))
    }
}

extension RotationRecord {
    /// Codes are for whoever arranges exchange there.
    func told(_ kept: RosterPlan, seesPersons: Bool) -> ExchangePlan {
        var plan = ExchangePlan(kept)
        (plan.rules, plan.document, plan.basis, plan.base) = (rules, document, basisLabel, base)
        (plan.rate, plan.backboneShare) = (rate, backboneShare)
        (plan.teachers, plan.eligible, plan.backbones, plan.metres) = (teachers, eligible, backbones, metres)
        (plan.proof, plan.solver) = (proof, certificate.solver)
        plan.schools = schools.map { school in
            ExchangePlan.School(
                code: school.code, title: school.title, out: school.out, into: school.into, backbones: (school.before[0], school.after[0]),
                qualified: (school.before[1], school.after[1]))
        }
        plan.moves = moves.map { move in
            let (from, to) = (schools[move.from], schools[move.to])
            return ExchangePlan.Move(
                teacher: seesPersons ? move.teacher : PublishedList.masked(code: move.teacher), stage: move.stage, post: move.post,
                isBackbone: move.isBackbone, from: .init(code: from.code, name: from.title, setting: from.setting),
                to: .init(code: to.code, name: to.title, setting: to.setting))
        }
        plan.spreads = spreads.map { ExchangePlan.Spread(label: $0.label, before: $0.before, after: $0.after) }
        plan.task = kept.job
        plan.rates = (rates ?? []).map { rate in
            ExchangePlan.Rate(
                rate: rate.rate, moved: rate.moved, isImpossible: rate.isImpossible, gap: rate.gap, metres: rate.metres,
                spreads: rate.spreads.map { ExchangePlan.Spread(label: $0.label, before: $0.before, after: $0.after) })
        }
        plan.spared = reasons.map { ExchangePlan.Spared(reason: $0.words, count: $0.count) }
        return plan
    }
}
