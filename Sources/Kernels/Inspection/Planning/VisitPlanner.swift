public import Vocabulary

/// Which visits to make of what was asked for: as few as the windows allow, and no more than a school has to bear.
public struct VisitPlanner: Sendable {
    public let catalogue: InspectionCatalogue

    public init(_ catalogue: InspectionCatalogue) { self.catalogue = catalogue }

    /// Visits that could be one, and whether the school has room for it.
    public struct Proposal: Sendable, Hashable {
        /// The visit the others would join: one already planned, else the first asked for.
        public var base: Visit
        public var joining: [Visit]
        /// Visits the school would bear besides: 0 or 1.
        public var cost: Int
        /// The school has no visits left.
        public var exceeds: Bool

        public var all: [Visit] { [base] + joining }
        public var window: (from: Day, until: Day)? { VisitPlanner.merged(base, joining).window }
    }

    /// How often a school was or will be visited.
    public struct Count: Sendable, Hashable {
        /// Of the yearly plan.
        public var counted: Int
        public var routine: Int
        public var exceptions: Int
        public var asked: Int
        /// Visits that merging spared the school: what was asked for and is done in a visit with something else.
        public var saved: Int

        public init(counted: Int = 0, routine: Int = 0, exceptions: Int = 0, asked: Int = 0, saved: Int = 0) {
            self.counted = counted
            self.routine = routine
            self.exceptions = exceptions
            self.asked = asked
            self.saved = saved
        }
    }

    /// Whether a visit is one of the yearly plan: anything asked for that is not routine makes it so.
    public func isCounted(_ visit: Visit) -> Bool {
        visit.rubrics.contains { !(catalogue.rubric($0, of: visit)?.isRoutine ?? false) }
    }

    /// Of the visits of one school in one year.
    public func count(_ visits: [Visit]) -> Count {
        let borne = visits.filter(\.state.counts)
        let counted = borne.count { isCounted($0) }
        return Count(
            counted: counted, routine: borne.count - counted, exceptions: borne.count { $0.decision?.isException ?? false },
            asked: visits.count { $0.state == .requested }, saved: borne.reduce(0) { $0 + $1.requests.count - 1 })
    }

    /// Why two visits may not be one; nil where they may.
    public func obstacle(_ one: Visit, _ other: Visit) -> String? {
        guard one.school == other.school, one.year == other.year else { return "不是同一所学校同一年度的检查" }
        for rubric in catalogue.rubrics(of: one) + catalogue.rubrics(of: other) where !rubric.mayMerge {
            return "“\(rubric.label.zh)”不与别的检查合并"
        }
        // Marks are kept by rubric: two versions of one cannot share a visit.
        for request in one.requests
        where other.requests.contains(where: { $0.rubric == request.rubric && $0.version != request.version }) {
            return "两次检查用的评价表版本不同"
        }
        if one.checkIn != nil || other.checkIn != nil { return "已经入校签到，不能再合并" }
        guard let window = VisitPlanner.merged(one, [other]).window,
            window.until.ordinal - window.from.ordinal + 1 >= catalogue.rules.overlap
        else { return "时间窗口没有重合\(catalogue.rules.overlap)天" }
        return nil
    }

    /// What to make of the visits of one school in one year: each asked-for visit joins a planned one where it can; the rest are
    /// grouped by the earliest end, which gives the fewest groups that share a window.
    public func proposals(_ visits: [Visit]) -> [Proposal] {
        var planned = visits.filter { $0.state == .approved }.map { Proposal(base: $0, joining: [], cost: 0, exceeds: false) }
        let asked = visits.filter { $0.state == .requested }.sorted {
            ($0.window?.until ?? $0.lastDay, $0.id) < ($1.window?.until ?? $1.lastDay, $1.id)
        }
        var fresh: [Proposal] = []
        for visit in asked {
            if let place = planned.firstIndex(where: { joins(visit, $0) }) {
                planned[place].joining.append(visit)
            } else if let place = fresh.firstIndex(where: { joins(visit, $0) }) {
                fresh[place].joining.append(visit)
            } else {
                fresh.append(Proposal(base: visit, joining: [], cost: 0, exceeds: false))
            }
        }
        var left = catalogue.rules.visitsPerYear - count(visits).counted
        return (planned.filter { !$0.joining.isEmpty } + fresh).map { proposal in
            var proposal = proposal
            proposal.cost = cost(proposal)
            proposal.exceeds = proposal.cost > left
            if !proposal.exceeds { left -= proposal.cost }
            return proposal
        }
    }

    private func joins(_ visit: Visit, _ proposal: Proposal) -> Bool {
        obstacle(VisitPlanner.merged(proposal.base, proposal.joining), visit) == nil
    }

    private func cost(_ proposal: Proposal) -> Int {
        let before = proposal.base.state.counts && isCounted(proposal.base)
        return !before && isCounted(VisitPlanner.merged(proposal.base, proposal.joining)) ? 1 : 0
    }

    /// The base with everything asked for in the others.
    static func merged(_ base: Visit, _ joining: [Visit]) -> Visit {
        var one = base
        one.requests += joining.flatMap(\.requests)
        if one.inspector.isEmpty, let named = joining.first(where: { !$0.inspector.isEmpty }) {
            (one.inspector, one.inspectorName) = (named.inspector, named.inspectorName)
        }
        return one
    }

    /// Takes a visit into the plan, with others that become part of it. `all` are the school's visits of the year as they stand now.
    /// Answers those that change. Where the school has no visits left it refuses, unless somebody gives a reason for the exception.
    public func approve(
        _ id: String, joining ids: [String], in all: [Visit], exception: String, _ signed: Visit.Signature
    ) throws(InspectionRefusal) -> [Visit] {
        guard let base = all.first(where: { $0.id == id }), base.state == .requested || (base.state == .approved && !ids.isEmpty) else {
            throw InspectionRefusal("这次检查已经办过，或已不在了。请刷新页面")
        }
        var joining: [Visit] = []
        for other in ids {
            guard let visit = all.first(where: { $0.id == other && $0.state == .requested && $0.id != id }) else {
                throw InspectionRefusal("要合并的检查已经办过，或已不在了。请刷新页面")
            }
            if let obstacle = obstacle(VisitPlanner.merged(base, joining), visit) { throw InspectionRefusal("不能合并：\(obstacle)") }
            joining.append(visit)
        }
        let (used, most) = (count(all).counted, catalogue.rules.visitsPerYear)
        let proposal = Proposal(base: base, joining: joining, cost: 0, exceeds: false)
        let isOver = used + cost(proposal) > most && cost(proposal) > 0
        if isOver, exception.isEmpty {
            throw InspectionRefusal("\(base.schoolName)\(base.year)年已列入计划\(used)次，最多\(most)次，不能再列入。请合并到已有的一次，或下一年再查")
        }
        var one = VisitPlanner.merged(base, joining)
        one.state = .approved
        one.decision = Visit.Decision(
            signed: signed, reason: isOver ? exception : base.decision?.reason ?? "",
            isException: isOver || base.decision?.isException ?? false)
        return [one]
            + joining.map { visit in
                var part = visit
                (part.state, part.into) = (.merged, id)
                return part
            }
    }

    /// Says no to a visit that was asked for.
    public func decline(_ id: String, in all: [Visit], reason: String, _ signed: Visit.Signature) throws(InspectionRefusal) -> [Visit] {
        guard var visit = all.first(where: { $0.id == id }), visit.state == .requested else {
            throw InspectionRefusal("这次检查已经办过，或已不在了。请刷新页面")
        }
        guard !reason.isEmpty else { throw InspectionRefusal("不批准要写理由，申请的部门看得到", .input) }
        visit.state = .declined
        visit.decision = Visit.Decision(signed: signed, reason: reason)
        return [visit]
    }
}

extension Visit {
    /// The last day of what was asked for first, for sorting.
    var lastDay: Day { requests.first.flatMap { Day(iso: $0.until) } ?? Day(year: year, month: 12, day: 31) }
}
