public import Planning
internal import Vocabulary

/// The rules a pairing keeps, with the words in which conflicts are told.
extension PairingProblem {
    /// Rules in force that could be put aside. That every weak school has a lead cannot.
    public var rules: [PlanRule] {
        var found = [
            PlanRule("stage", LocalizedText(zh: "牵头学校与成员学校同一学段", en: "Lead and member teach the same stage"), "结对的常规"),
            PlanRule(
                "size", LocalizedText(zh: "每组不超过\(groupSize)所学校", en: "At most \(groupSize) schools in a group"), "本次设定的每组学校数"),
            PlanRule("capacity", LocalizedText(zh: "不超过牵头学校的带动能力", en: "No lead beyond its capacity"), "本次设定的带动能力"),
        ]
        if let reach {
            let distance = PairingProblem.kilometres(reach)
            found.append(
                PlanRule(
                    "distance", LocalizedText(zh: "两校相距不超过\(distance)公里", en: "At most \(distance) km apart"), "本次设定的最远距离"))
        }
        if !kept.isEmpty {
            found.append(
                PlanRule("kept", LocalizedText(zh: "\(kept.count)对已有的结对保持不变", en: "\(kept.count) pairs stay"), "本次设定的保留结对"))
        }
        if !barred.isEmpty {
            found.append(
                PlanRule("barred", LocalizedText(zh: "\(barred.count)对学校不得结对", en: "\(barred.count) pairs must not be"), "本次设定的回避"))
        }
        return found.filter { !waived.contains($0.id) }
    }

    /// What remains when nothing else is in the way: there is no school to lead.
    static let everyone = PlanRule(
        "everyone", LocalizedText(zh: "每所薄弱学校都有一所牵头学校", en: "Every weak school has a lead"), "没有可以牵头的学校")

    func holds(_ rule: String) -> Bool { waived.isEmpty || !waived.contains(rule) }

    /// Members one lead may have.
    var places: Int { holds("size") ? Swift.max(0, groupSize - 1) : members.count }

    /// The load a lead may carry; without the rule, everybody's.
    func capacity(_ lead: Lead) -> Int { holds("capacity") ? Swift.max(0, lead.capacity) : members.reduce(0) { $0 + $1.load } }

    /// The rules that keep these two apart.
    func bars(_ lead: Lead, _ member: Member) -> [String] {
        var found: [String] = []
        if holds("stage"), lead.stage != member.stage { found.append("stage") }
        if holds("distance"), let reach, let metres = metres(lead, member), metres > reach { found.append("distance") }
        guard !barred.isEmpty || !kept.isEmpty else { return found }
        let pair = Pair(lead: lead.id, member: member.id)
        if holds("barred"), barred.contains(pair) { found.append("barred") }
        if holds("kept"), !kept.contains(pair), kept.contains(where: { $0.member == member.id }) { found.append("kept") }
        return found
    }

    static func kilometres(_ metres: Int) -> String {
        let tenths = (metres + 50) / 100
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
