public import Vocabulary

/// A joint meeting (联席研判) on a plan, with what was decided.
public struct Meeting: Sendable, Identifiable {
    public var id: String
    public var plan: String
    /// Counts from 1 for every plan.
    public var number: Int
    public var title: String
    public var day: Day
    public var decisions: [Decision]
    public var by: PlanSignature
    public var version: Int

    public init(
        id: String, plan: String, number: Int, title: String, day: Day, decisions: [Decision] = [], by: PlanSignature, version: Int = 1
    ) {
        self.id = id
        self.plan = plan
        self.number = number
        self.title = title
        self.day = day
        self.decisions = decisions
        self.by = by
        self.version = version
    }
}

extension Meeting {
    /// Decisions of earlier meetings it begins with: those of the last one, and what is still open from before.
    public func carried(from all: [Meeting]) -> [(decision: Decision, meeting: Meeting)] {
        all.filter { $0.number < number }.flatMap { one in
            one.decisions.filter { $0.state == .open || one.number == number - 1 }.map { ($0, one) }
        }
    }
}

/// A decision of a meeting: a task with its office and day.
public struct Decision: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case open, done, dropped

        public var label: LocalizedText {
            switch self {
            case .open: LocalizedText(zh: "办理中", en: "Open")
            case .done: LocalizedText(zh: "已办结", en: "Done")
            case .dropped: LocalizedText(zh: "不再办理", en: "Dropped")
            }
        }
    }

    public var id: String
    public var meeting: String
    public var number: Int
    public var text: String
    /// The line of the plan it is about; empty for none.
    public var item: String
    /// The office as the plan calls it.
    public var owner: String
    public var due: Day
    public var state: State
    /// What was done, or why it is dropped.
    public var outcome: String
    public var ended: PlanSignature?

    public init(
        id: String, meeting: String, number: Int, text: String, item: String = "", owner: String, due: Day, state: State = .open,
        outcome: String = "", ended: PlanSignature? = nil
    ) {
        self.id = id
        self.meeting = meeting
        self.number = number
        self.text = text
        self.item = item
        self.owner = owner
        self.due = due
        self.state = state
        self.outcome = outcome
        self.ended = ended
    }

    /// By the same words as the lines of the plan: done, late once its day is over, else under way.
    public func light(_ today: Day, warnDays: Int) -> PlanLight {
        switch state {
        case .done, .dropped: .done
        case .open: today > due ? .late : today.days(until: due) <= min(warnDays, 7) ? .atRisk : .onTrack
        }
    }
}

/// Meetings and what came of them.
public protocol MeetingStore: Sendable {
    /// The next meeting of a plan. Its number is given by the store.
    func call(_ id: String, plan: String, title: String, day: Day, by: PlanSignature) async throws -> Meeting
    /// Newest first.
    func meetings(of plan: String) async throws -> [Meeting]
    func meeting(_ id: String) async throws -> Meeting?
    /// Throws `stale` when the meeting was written to since `seen`.
    func decide(_ decision: Decision, seen version: Int) async throws
    /// Ends a decision. Throws `state` where it is ended already.
    func end(_ decision: String, as state: Decision.State, outcome: String, by: PlanSignature) async throws
}
