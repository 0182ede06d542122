public import Vocabulary

extension CaseDefinition {
    /// The deadline of a state entered on a day. A state whose day stands in a form has none until it is answered.
    func due(in id: String, from start: Day, _ answers: [String: FieldValue], _ calendar: WorkingCalendar) -> CaseDue {
        guard let deadline = state(id)?.deadline else { return CaseDue(day: nil) }
        var counted: WorkingCalendar.Counted
        switch deadline.span {
        case .workingDays(let count): counted = calendar.day(count, workingDaysAfter: start)
        case .days(let count):
            counted = WorkingCalendar.Counted(day: start.adding(days: count), isProvisional: false)
        case .field(let name):
            guard case .date(let day)? = answers[name] else { return CaseDue(day: nil) }
            counted = WorkingCalendar.Counted(day: day, isProvisional: false)
        }
        return CaseDue(
            day: counted.day, warning: calendar.day(deadline.warning, workingDaysBefore: counted.day),
            isProvisional: counted.isProvisional)
    }

    /// The days on which escalations of a case fall that have not been told: told when the day is over.
    public func escalations(of item: Case, _ calendar: WorkingCalendar) -> [CaseDeadline] {
        guard let state = state(item.state), !state.isEnd, let due = item.due.day else { return [] }
        return state.escalations.enumerated().dropFirst(item.escalated).map { place, step in
            CaseDeadline(id: item.id, definition: key, day: calendar.day(step.after, workingDaysAfter: due).day, step: place)
        }
    }
}
