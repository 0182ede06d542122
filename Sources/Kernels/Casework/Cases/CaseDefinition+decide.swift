internal import Foundation
public import Vocabulary

/// What a decision rests on besides the case and the command.
public struct CaseSurroundings: Sendable {
    public var calendar: WorkingCalendar
    public var rules: [String: CaseRule]
    public var facts: CaseFacts
    /// Files of the command that are evidence in other cases, by digest.
    public var used: [String: EvidenceUse]

    public init(
        calendar: WorkingCalendar, rules: [String: CaseRule] = [:], facts: CaseFacts = CaseFacts(), used: [String: EvidenceUse] = [:]
    ) {
        self.calendar = calendar
        self.rules = rules
        self.facts = facts
        self.used = used
    }
}

extension CaseDefinition {
    /// What a command makes of a case, or why not. Nothing else makes events. `item` is nil for openings only.
    ///
    /// Questions come in an order: is it possible at all (state), is it for this person (post, place, other steps), is everything
    /// there (reason, form, evidence), does the rule agree. So a probe with an empty command tells whether a button is to be shown.
    public func decide(
        _ command: CaseCommand, on item: Case?, with around: CaseSurroundings
    ) -> Result<CaseEvent, CaseRefusal> {
        do {
            switch command.verb {
            case .open(let beginning): return .success(try opened(beginning, command, around))
            case .act(let id): return .success(try acted(id, command, try existing(item), around))
            case .escalate: return .success(try escalated(command, try existing(item), around))
            case .note: return .success(try noted(command, try existing(item)))
            }
        } catch {
            return .failure(error)
        }
    }

    private func existing(_ item: Case?) throws(CaseRefusal) -> Case {
        guard let item else { throw CaseRefusal(.unknown, "没有这件，可能链接有误。请从列表里重新选择") }
        return item
    }

    // MARK: Opening

    private func opened(
        _ beginning: CaseBeginning, _ command: CaseCommand, _ around: CaseSurroundings
    ) throws(CaseRefusal) -> CaseEvent {
        guard from <= command.today, until.map({ command.today <= $0 }) ?? true else {
            throw CaseRefusal(.definition, "“\(label.zh)”\(version)版自\(from.chinese)起\(until.map { "至\($0.chinese)" } ?? "")适用，今天不能用它立件")
        }
        let role = try opener(command.by, beginning)
        if !opening.from.isEmpty, !command.links.contains(where: { opening.from.contains($0.kind) }) {
            throw CaseRefusal(.link, "“\(label.zh)”要从它的来由立件（如短板清单），不能凭空立件")
        }
        guard !beginning.title.allSatisfy(\.isWhitespace) else {
            throw CaseRefusal(.form, "请写明事由", complaints: [FieldComplaint("title", "请写明事由")])
        }
        var event = CaseEvent(
            .opened, action: "", label: "立件", from: nil, to: opening.state, by: command.by, role: role, at: command.at, day: command.today)
        event.answers = try checked(form(opening.form), [:], command)
        event.evidence = command.evidence
        event.findings = try proven(opening.evidence, command, openedAt: command.at, held: [], around)
        event.opening = CaseEvent.Opening(
            definition: key, number: beginning.number, title: beginning.title.trimmed, place: beginning.place,
            subject: beginning.subject, parent: beginning.parent)
        event.links = command.links
        event.owner = beginning.owner ?? opening.owner.flatMap { roles[$0] }.flatMap { beginning.place.unit(of: $0) }
        event.coOwners = command.coOwners
        event.notice = opening.notice
        event.due = due(in: opening.state, from: command.today, event.answers, around.calendar)
        return event
    }

    /// The posts that open such cases, in words.
    public var openers: String { opening.by.map(title).joined(separator: "、") }

    /// Whether somebody holds one of these posts for a county: what a page offers; whether a case may be opened is decided with the case.
    public func mayOpen(_ actor: CaseActor, in county: String) -> Bool {
        opening.by.contains { name in actor.posts.contains { $0.role == name && ($0.county == nil || $0.county == county) } }
    }

    private func opener(_ actor: CaseActor, _ beginning: CaseBeginning) throws(CaseRefusal) -> String {
        // A sub-case is opened by whoever might act on the case it comes from; that has been decided there.
        if beginning.parent != nil { return actor.posts.first?.role ?? "" }
        for name in opening.by {
            guard let role = roles[name] else { continue }
            if role.level == .everyone { return name }
            if let unit = beginning.place.unit(of: role) {
                if actor.sits(in: unit) { return name }
            } else if actor.posts.contains(where: { $0.role == name && $0.reaches(beginning.place) }) {
                // A school's post asks something of its county, a county's of the city.
                return name
            }
        }
        if opening.by.contains(where: actor.holds) {
            throw CaseRefusal(.place, "\(actor.name)不能为\(beginning.place.label)立件，不在其管辖范围内")
        }
        throw CaseRefusal(.role, "“\(label.zh)”由\(openers)立件，\(actor.name)没有这个岗位")
    }

    // MARK: Acting

    private func acted(
        _ id: String, _ command: CaseCommand, _ item: Case, _ around: CaseSurroundings
    ) throws(CaseRefusal) -> CaseEvent {
        guard let action = action(id) else { throw CaseRefusal(.action, "“\(label.zh)”没有“\(id)”这一步") }
        try checkState(action, item)
        let role = try capacity(command.by, among: action.by, on: item).get()
        let signing = try signature(action, command, item)
        try checkPermission(action, command, item)
        try checkReason(action, command)
        var event = CaseEvent(
            signing.isLast ? .acted : .signed, action: id, label: action.label.zh, from: item.state,
            to: signing.isLast ? action.to ?? item.state : item.state, by: command.by, role: role, at: command.at, day: command.today)
        event.reason = action.reason == .none ? "" : command.reason.trimmed
        event.answers = try checked(form(action.form), item.answers, command)
        event.evidence = command.evidence
        event.findings = try proven(action.evidence, command, openedAt: item.openedAt, held: item.evidence, around)
        event.unit = signing.unit
        event.links = command.links
        if let handOver = action.handOver {
            event.owner = try target(handOver, command)
            event.assignee = CaseEvent.Assignee(person: "", name: "")
            event.coOwners = command.coOwners
        }
        if let finding = try ruled(action, command, item, event.answers, around) { event.findings.append(finding) }
        if let finding = try limited(action, item, around.facts) { event.findings.append(finding) }
        guard signing.isLast else { return event }
        if action.takes { event.assignee = CaseEvent.Assignee(person: command.by.id, name: command.by.name) }
        if action.subCase != nil { event.subCase = command.subCase }
        event.notice = action.notice
        if let to = action.to {
            event.due = due(in: to, from: command.today, item.answers.merging(event.answers) { $1 }, around.calendar)
        }
        return event
    }

    private func checkState(_ action: CaseAction, _ item: Case) throws(CaseRefusal) {
        guard !action.from.contains(item.state) else { return }
        let state = state(item.state)
        let code: CaseRefusal.Code = state?.isEnd == true ? .ended : .state
        let able = action.from.compactMap { self.state($0)?.label.zh }.joined(separator: "、")
        throw CaseRefusal(code, "这件现在是“\(state?.label.zh ?? item.state)”，“\(action.label.zh)”只在“\(able)”时办理")
    }

    private func checkPermission(_ action: CaseAction, _ command: CaseCommand, _ item: Case) throws(CaseRefusal) {
        if let when = action.when, !when.holds(item.answers) {
            throw CaseRefusal(.condition, "“\(action.label.zh)”不适用于这件（须 \(when)）")
        }
        for earlier in action.notAfter {
            let before = earlier == CaseAction.opening ? item.history.first : item.events(of: earlier).last
            guard let last = before, !command.by.id.isEmpty, last.person == command.by.id else { continue }
            throw CaseRefusal(.samePerson, "“\(last.label)”就是\(command.by.name)办的，“\(action.label.zh)”要由另一人办理")
        }
        if action.waitsForSubCases, item.openSubCases > 0 {
            throw CaseRefusal(.subCases, "还有\(item.openSubCases)件子事项没有办结，办结后才能“\(action.label.zh)”")
        }
    }

    private func checkReason(_ action: CaseAction, _ command: CaseCommand) throws(CaseRefusal) {
        guard action.reason == .required, command.reason.allSatisfy(\.isWhitespace) else { return }
        throw CaseRefusal(
            .reason, "“\(action.label.zh)”要写明理由", complaints: [FieldComplaint("reason", "请写明理由，对方会看到")])
    }

    /// Whether this act moves the case on, and for which office it signs.
    private func signature(
        _ action: CaseAction, _ command: CaseCommand, _ item: Case
    ) throws(CaseRefusal) -> (isLast: Bool, unit: CaseUnit?) {
        guard let joint = action.joint else { return (true, nil) }
        let signers = signers(joint, item)
        guard let unit = signers.first(where: { command.by.sits(in: $0) && !item.signed.contains($0) }) else {
            if signers.contains(where: { command.by.sits(in: $0) }) {
                throw CaseRefusal(.signed, "本单位已经会签，还在等其他单位")
            }
            throw CaseRefusal(.role, "\(command.by.name)不在会签单位之中")
        }
        let left = signers.filter { $0 != unit && !item.signed.contains($0) }
        return (joint.need == .any || left.isEmpty, unit)
    }

    func signers(_ joint: CaseAction.Joint, _ item: Case) -> [CaseUnit] {
        switch joint.signers {
        case .posts(let names): units(names, on: item)
        case .owners: units([CaseParty.owner.rawValue, CaseParty.coOwner.rawValue], on: item)
        case .coOwners: units([CaseParty.coOwner.rawValue], on: item)
        }
    }

    private func target(_ handOver: CaseAction.HandOver, _ command: CaseCommand) throws(CaseRefusal) -> CaseUnit {
        let able = handOver.to.map(title).joined(separator: "、")
        guard let target = command.target else {
            throw CaseRefusal(.target, "请选择转给哪个单位（\(able)）", complaints: [FieldComplaint("target", "请选择单位")])
        }
        guard handOver.to.contains(target.role) else {
            throw CaseRefusal(
                .target, "不能转给\(title(target))，只能转给\(able)", complaints: [FieldComplaint("target", "只能选\(able)")])
        }
        return target
    }

    private func ruled(
        _ action: CaseAction, _ command: CaseCommand, _ item: Case, _ answers: [String: FieldValue], _ around: CaseSurroundings
    ) throws(CaseRefusal) -> Finding? {
        guard let name = action.rule else { return nil }
        guard let rule = around.rules[name] else { throw CaseRefusal(.rule, "程序里没有规则“\(name)”，请管理员核对版本") }
        var after = item
        after.answers.merge(answers) { $1 }
        guard let finding = rule.check(after, command, around.facts) else { return nil }
        if finding.refuses { throw CaseRefusal(.rule, finding.message) }
        return finding
    }

    // MARK: The clock, remarks

    private func escalated(_ command: CaseCommand, _ item: Case, _ around: CaseSurroundings) throws(CaseRefusal) -> CaseEvent {
        guard let state = state(item.state), state.escalations.indices.contains(item.escalated), let due = item.due.day else {
            throw CaseRefusal(.notDue, "这件没有要升级提醒的期限")
        }
        let step = state.escalations[item.escalated]
        let day = around.calendar.day(step.after, workingDaysAfter: due).day
        guard command.today > day else { throw CaseRefusal(.notDue, "\(day.chinese)之后才升级提醒") }
        var event = CaseEvent(
            .escalated, action: "", label: step.label.zh, from: item.state, to: item.state, by: command.by, role: "", at: command.at,
            day: command.today)
        event.unit = roles[step.to].flatMap { item.place.unit(of: $0) }
        return event
    }

    private func noted(_ command: CaseCommand, _ item: Case) throws(CaseRefusal) -> CaseEvent {
        guard mayRead(command.by, item) else { throw CaseRefusal(.role, "\(command.by.name)不能在这件上留言") }
        guard !command.reason.allSatisfy(\.isWhitespace) else {
            throw CaseRefusal(.reason, "请写下要说的话", complaints: [FieldComplaint("reason", "请写下要说的话")])
        }
        var event = CaseEvent(
            .noted, action: "", label: "留言", from: item.state, to: item.state, by: command.by, role: "", at: command.at, day: command.today)
        event.reason = command.reason.trimmed
        event.links = command.links
        return event
    }
}
