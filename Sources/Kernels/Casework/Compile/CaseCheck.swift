internal import Definitions
internal import Vocabulary

/// Looks a compiled definition over as a whole: can every state be reached and left, can everybody do what they are asked to.
struct CaseCheck {
    let definition: CaseDefinition
    let body: DefinitionNode
    let log: DiagnosticLog

    init(_ definition: CaseDefinition, _ body: DefinitionNode, _ log: DiagnosticLog) {
        self.definition = definition
        self.body = body
        self.log = log
    }

    func run() {
        checkOpening()
        checkWays()
        for action in definition.actions { check(action) }
        checkDeadlines()
        CaseFieldCheck(definition, body, log).run()
        CasePublicationCheck(definition: definition, body: body, log: log).run()
        checkNotices()
        checkForms()
    }

    private func place(_ section: String, _ name: String) -> Diagnostic.Place { body[section]?[name]?.place ?? body.place }

    private func checkOpening() {
        guard let opens = body["opens"] else { return }
        if definition.opening.by.isEmpty { log.error("case.nobody", at: opens.place, "没有人能立件，请在 opens 下写 by") }
        if definition.state(definition.opening.state) == nil {
            let near = DefinitionNode.nearest(definition.opening.state, among: definition.states.map(\.id)).map { "，是否想写“\($0)”？" } ?? ""
            log.error("case.state.unknown", at: opens["state"]?.place ?? opens.place, "没有状态“\(definition.opening.state)”\(near)")
        }
        if definition.state(definition.opening.state)?.isEnd == true {
            log.error("case.opening.end", at: opens.place, "一立件就是终结状态“\(definition.opening.state)”，无事可办")
        }
        checkHeld(definition.opening.by, opens.place)
        checkOffices([definition.opening.owner].compactMap { $0 }, opens.place)
    }

    /// Every state can be reached, and from every state an end can.
    private func checkWays() {
        let ends = definition.states.filter(\.isEnd)
        if ends.isEmpty { log.error("case.end", at: body["states"]?.place ?? body.place, "没有终结状态，件件都办不完；请给一个状态写 end: true") }
        let ways = definition.actions.flatMap { action in action.from.compactMap { from in action.to.map { (from, $0) } } }
        let reached = closure([definition.opening.state], ways)
        for state in definition.states where !reached.contains(state.id) {
            log.error("case.state.unreachable", at: place("states", state.id), "“\(state.label.zh)”（\(state.id)）从立件走不到，请核对各步的 from 和 to")
        }
        let finishing = closure(Set(ends.map(\.id)), ways.map { ($1, $0) })
        for state in definition.states where !ends.isEmpty && reached.contains(state.id) && !finishing.contains(state.id) {
            log.error("case.state.stuck", at: place("states", state.id), "到了“\(state.label.zh)”（\(state.id)）就走不到终结状态")
        }
    }

    private func closure(_ start: Set<String>, _ ways: [(String, String)]) -> Set<String> {
        var (reached, fresh) = (start, Array(start))
        while let state = fresh.popLast() {
            for (from, to) in ways where from == state && reached.insert(to).inserted { fresh.append(to) }
        }
        return reached
    }

    private func check(_ action: CaseAction) {
        let at = place("actions", action.id)
        if action.by.isEmpty { log.error("case.nobody", at: at, "“\(action.label.zh)”没有人能办，请写 by") }
        for state in action.from where definition.state(state)?.isEnd == true && !action.isAside {
            log.error("case.end.leaves", at: at, "“\(state)”是终结状态，“\(action.label.zh)”不能从它出发；重开、补记一类请写 aside: true")
        }
        for earlier in action.notAfter where earlier != CaseAction.opening && definition.action(earlier) == nil {
            let near = DefinitionNode.nearest(earlier, among: definition.actions.map(\.id)).map { "，是否想写“\($0)”？" } ?? ""
            log.error("case.action.unknown", at: at, "notAfter 里没有“\(earlier)”这一步\(near)")
        }
        if let joint = action.joint, case .posts(let names) = joint.signers, joint.need == .all, names.count < 2 {
            log.warning("case.joint.one", at: at, "只有一个单位会签，不用写 joint")
        }
        if let handOver = action.handOver, handOver.to.isEmpty { log.error("case.handOver", at: at, "转办要写明能转给哪些岗位") }
        checkOffices(action.by.filter { CaseParty(rawValue: $0) == nil }, at)
        let needsOwner = action.by.contains(CaseParty.owner.rawValue)
        if needsOwner, definition.opening.owner == nil, !definition.actions.contains(where: { $0.handOver != nil }) {
            log.error("case.owner", at: at, "“\(action.label.zh)”由责任单位（owner）办理，但立件和各步都没有定责任单位；请写 opens.owner 或一步 handOver")
        }
    }

    /// A post nobody holds can do nothing.
    private func checkHeld(_ names: [String], _ at: Diagnostic.Place) {
        for name in names {
            guard let role = definition.roles[name], role.held.isEmpty, role.level != .everyone else { continue }
            log.error("case.role.unheld", at: at, "岗位“\(name)”没有人担任，这一步没有人能办；请在 posts 里写 held")
        }
    }

    /// A school's post has no office in a county's case.
    private func checkOffices(_ names: [String], _ at: Diagnostic.Place) {
        checkHeld(names, at)
        for name in names {
            guard let role = definition.roles[name] else { continue }
            if role.level == .school, [.county, .city].contains(definition.subject) {
                log.error(
                    "case.role.place", at: at, "“\(definition.label.zh)”办的是\(definition.subject.label.zh)的事，没有学校，“\(role.label.zh)”无从办理")
            }
            if role.level == .county, definition.subject == .city {
                log.error("case.role.place", at: at, "“\(definition.label.zh)”办的是全市的事，没有县，“\(role.label.zh)”无从办理")
            }
        }
    }

    /// A day that stands in a form must have been asked for by every step that leads to the state.
    private func checkDeadlines() {
        for state in definition.states {
            guard case .field(let name)? = state.deadline?.span else { continue }
            let at = body["states"]?[state.id]?["until"]?.place ?? place("states", state.id)
            guard let field = definition.field(name) else {
                let near = DefinitionNode.nearest(name, among: definition.fields.map(\.id)).map { "，是否想写“form.\($0)”？" } ?? ""
                log.error("case.deadline.field", at: at, "没有栏目“\(name)”，期限无从算起\(near)")
                continue
            }
            if field.type != .date { log.error("case.deadline.field", at: at, "“\(field.label.zh)”不是日期，不能作期限") }
            if !field.isRequired || field.shown != nil {
                log.error("case.deadline.field", at: at, "“\(field.label.zh)”作期限就必须填写：请写 required: true，不要带 shown")
            }
            if !isAskedBefore(state.id, name) {
                log.error("case.deadline.field", at: at, "走到“\(state.label.zh)”之前不一定填过“\(field.label.zh)”，期限可能是空的")
            }
        }
    }

    /// Whether no way from the opening reaches the state without the field having been asked.
    private func isAskedBefore(_ state: String, _ field: String) -> Bool {
        func asks(_ form: String?) -> Bool { definition.form(form)?.field(field) != nil }
        if asks(definition.opening.form) { return true }
        let silent = definition.actions.filter { !asks($0.form) }
        let ways = silent.flatMap { action in action.from.compactMap { from in action.to.map { (from, $0) } } }
        return !closure([definition.opening.state], ways).contains(state)
    }

    private func checkNotices() {
        let wanted = definition.actions.map { ($0.notice, place("actions", $0.id)) } + [(definition.opening.notice, body.place)]
        for (name, at) in wanted {
            guard let name, definition.notice(name) == nil else { continue }
            let near = DefinitionNode.nearest(name, among: definition.notices.map(\.id)).map { "，是否想写“\($0)”？" } ?? ""
            log.error("case.notice", at: at, "没有文书“\(name)”\(near)")
        }
        for notice in definition.notices {
            for word in notice.placeholders where !definition.knows(placeholder: word) {
                log.error(
                    "case.notice.word", at: place("notices", notice.id),
                    "文书里的“{\(word)}”无从填写；可用 title、place、number、due、today、owner、reason、form.栏目")
            }
            for word in notice.placeholders where word.hasPrefix("form.") {
                if definition.field(String(word.dropFirst(5)))?.isPrivate == true {
                    log.error("case.notice.private", at: place("notices", notice.id), "“{\(word)}”是保密栏目，不能印在文书上")
                }
            }
        }
    }

    private func checkForms() {
        let used = Set(definition.actions.compactMap(\.form) + [definition.opening.form].compactMap { $0 })
        for form in definition.forms.values where !used.contains(form.id) {
            log.warning("case.form.unused", at: place("forms", form.id), "表单“\(form.label.zh)”没有一步用到")
        }
    }
}
