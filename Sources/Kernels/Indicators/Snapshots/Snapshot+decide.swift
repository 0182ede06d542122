internal import Vocabulary

extension Snapshot {
    /// The step that `action` means now, or why it cannot be. `rows` is how many rows the county's data hold.
    /// Nothing else changes a snapshot; buttons ask the same function.
    public func decide(
        _ action: SnapshotAction, by signature: Signature, reason: String = "", rows: Int
    ) -> Result<SnapshotStep, StoreRefusal> {
        guard let target = Snapshot.target(action, from: state) else {
            return .failure(StoreRefusal(.state, "\(title)现在是“\(state.label.zh)”，不能\(action.label.zh)。\(advice)"))
        }
        if rows == 0, action == .submit || action == .freeze {
            return .failure(StoreRefusal(.empty, "\(title)还没有数据，不能\(action.label.zh)。请先导入学校数据"))
        }
        let reason = String(reason.drop { $0.isWhitespace })
        if action == .giveBack, reason.isEmpty {
            return .failure(StoreRefusal(.state, "退回要写明理由，让\(county)知道改什么"))
        }
        if let tooLong = Snapshot.complaint(reason) { return .failure(tooLong) }
        return .success(SnapshotStep(action, to: target, signature, reason: reason))
    }

    /// Most characters of a reason: it stands in headlines and reminders, which nobody reads past that.
    public static let reasonLimit = 500

    /// Why a reason is not taken; nil when it is.
    public static func complaint(_ reason: String) -> StoreRefusal? {
        reason.count <= reasonLimit ? nil : StoreRefusal(.state, "理由有\(reason.count)个字，最多\(reasonLimit)个字。请写要点，细节另附")
    }

    /// The actions that `decide` would not refuse for the state.
    public var availableActions: [SnapshotAction] { SnapshotAction.allCases.filter { Snapshot.target($0, from: state) != nil } }

    /// The snapshot after a step.
    public func taking(_ step: SnapshotStep) -> Snapshot {
        var next = self
        next.state = step.to
        next.steps.append(step)
        next.version += 1
        return next
    }

    /// Refuses a step on an older version of this snapshot.
    public func check(seen version: Int) throws(StoreRefusal) {
        guard self.version != version else { return }
        let who = steps.last.map { "\($0.signature.name)刚刚做了“\($0.action.label.zh)”" } ?? "刚有变动"
        throw StoreRefusal(.stale, "\(title)：\(who)，现在是“\(state.label.zh)”。请刷新页面后再决定")
    }

    /// The state an action leads to. There is no way out of `frozen`: a correction is a new version.
    private static func target(_ action: SnapshotAction, from state: State) -> State? {
        switch (action, state) {
        case (.submit, .draft), (.submit, .returned): .submitted
        case (.giveBack, .submitted), (.giveBack, .approved): .returned
        case (.approve, .submitted): .approved
        case (.freeze, .approved): .frozen
        default: nil
        }
    }

    private var advice: String {
        switch state {
        case .draft, .returned: "请先上报"
        case .submitted: "请等待审核，或请审核人退回"
        case .approved: "可以冻结，或退回修改"
        case .frozen: "冻结后不能改动，需要更正请另开新版"
        }
    }
}
