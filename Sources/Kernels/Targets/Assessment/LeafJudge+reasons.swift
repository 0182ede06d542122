internal import Vocabulary

extension LeafJudge {
    /// Why the light is what it is: the number against the amount, the days, what is missing.
    func reasons(_ light: PlanLight, _ value: Double?, _ parts: [ItemAssessment.Part]) -> [String] {
        let amount = charge.item.required
        var list: [String] = []
        if charge.item.evidence.reach == .county {
            list.append(counties(amount, parts))
        } else if let part = parts.first {
            let reached = part.value.map { number($0, amount) } ?? "没有可用的数"
            list.append("\(reached)；\(part.source)")
        }
        list += days(light, value, amount)
        return list
    }

    private func number(_ value: Double, _ amount: PlannedAmount) -> String {
        if charge.item.amount == nil { return value >= 1 ? "已办结" : "已开展，尚未办结" }
        return "现为\(amount.text(value))，目标\(amount.words)"
    }

    private func counties(_ amount: PlannedAmount, _ parts: [ItemAssessment.Part]) -> String {
        guard !parts.isEmpty else { return "还没有任何县（市、区）的数据" }
        let unknown = parts.filter { $0.value == nil }.compactMap(\.county)
        let open = parts.filter { $0.value != nil && $0.light != .done }
        var text = "目标\(amount.words)，\(parts.count)个县（市、区）中\(parts.count { $0.light == .done })个已达到"
        if !open.isEmpty {
            let named = open.map { "\($0.county ?? "")（\($0.value.map { amount.text($0) } ?? "")）" }
            text += "；未达到：\(named.joined(separator: "、"))"
        }
        if !unknown.isEmpty { text += "；资料不足：\(unknown.joined(separator: "、"))" }
        return text
    }

    private func days(_ light: PlanLight, _ value: Double?, _ amount: PlannedAmount) -> [String] {
        guard light != .done else { return [] }
        var list: [String] = []
        if let passed = charge.item.milestones.last(where: { $0.day <= today }), let value, !amount.comparison.holds(value, passed.value) {
            let name = passed.label.isEmpty ? "" : "（\(passed.label)）"
            list.append("到\(passed.day.chinese)的节点\(name)，应达到\(amount.text(passed.value))，没有达到")
        } else if let coming = charge.item.milestones.first(where: { $0.day > today }), light == .atRisk {
            list.append("下一节点\(coming.day.chinese)应达到\(amount.text(coming.value))，还有\(today.days(until: coming.day))天")
        }
        if amount.isPaced, let value, let due = window.due, today <= due {
            let share = window.start.days(until: due)
            let passed = Double(max(0, window.start.days(until: today))) / Double(max(1, share))
            let pace = amount.value * min(1, passed)
            list.append("按序时进度应达到\(amount.text((pace * 100).rounded() / 100))，\(amount.comparison.holds(value, pace) ? "已跟上" : "落后")")
        }
        guard let due = window.due else { return list + ["没有定完成期限"] }
        let left = today.days(until: due)
        list.append(left < 0 ? "期限\(due.chinese)已过\(-left)天" : left == 0 ? "今天到期" : "期限\(due.chinese)，还有\(left)天")
        return list
    }
}
