public import Foundation
public import Vocabulary

/// An action somebody may take now.
public struct AvailableAction: Hashable, Sendable, Identifiable {
    public var action: CaseAction
    /// Why it cannot succeed yet, apart from what the form will ask; empty mostly.
    public var obstacle: String
    public var id: String { action.id }
}

extension CaseDefinition {
    /// `decide`, asked of every action with an empty command: no button appears that state, post or an earlier step would refuse.
    public func availableActions(
        on item: Case, for actor: CaseActor, at now: Date, today: Day, with around: CaseSurroundings
    ) -> [AvailableAction] {
        actions.compactMap { action in
            let probe = CaseCommand(.act(action.id), by: actor, at: now, today: today)
            switch decide(probe, on: item, with: around) {
            case .success: return AvailableAction(action: action, obstacle: "")
            case .failure(let refusal):
                guard refusal.asksForMore else { return nil }
                return AvailableAction(action: action, obstacle: [.rule, .limit].contains(refusal.code) ? refusal.message : "")
            }
        }
    }

    /// Whether somebody may see a case: holds one of the posts the definition names at its place, opened it, or is in charge.
    /// Where the definition names no readers, whoever may look at the county may too; that is not asked here.
    public func mayRead(_ actor: CaseActor, _ item: Case) -> Bool {
        if !actor.id.isEmpty, [item.openedBy.person, item.assignee?.person].contains(actor.id) { return true }
        if ([item.owner].compactMap { $0 } + item.coOwners).contains(where: actor.sits) { return true }
        let names = readers.isEmpty ? roles.filter { $0.value.level != .everyone }.map(\.key) : readers
        return units(names, on: item).contains(where: actor.sits)
    }

    /// The offices that are to act: those of the actions that do not stand aside, of a joint action those that have not signed;
    /// and those that were told that it is late.
    func waiting(_ item: Case) -> [CaseUnit] {
        guard state(item.state)?.isEnd == false else { return [] }
        var units: [CaseUnit] = []
        for action in actions where action.from.contains(item.state) && !action.isAside {
            if let joint = action.joint {
                units += signers(joint, item).filter { !item.signed.contains($0) }
            } else {
                units += self.units(action.by, on: item)
            }
        }
        let told = item.escalated == 0 ? [] : item.history.filter { $0.kind == .escalated }.suffix(item.escalated).compactMap(\.unit)
        var seen: Set<CaseUnit> = []
        return (units + told).filter { seen.insert($0).inserted }
    }

    /// A case as lists show it.
    public func summary(_ item: Case) -> CaseSummary {
        let state = state(item.state)
        return CaseSummary(
            id: item.id, definition: item.definition, number: item.number, title: item.title, place: item.place, subject: item.subject,
            parent: item.parent, state: item.state, isOpen: state?.isEnd != true, isAbandoned: state?.isAbandoned ?? false,
            owner: item.owner, assignee: item.assignee, openedBy: item.openedBy.person, openedDay: item.openedDay,
            closedDay: state?.isEnd == true ? item.sinceDay : nil,
            due: state?.isEnd == true ? CaseDue(day: nil) : item.due, revision: item.revision, waiting: waiting(item))
    }
}
