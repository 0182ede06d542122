public import Vocabulary

/// All alliances as they stand, and what may be done to them.
public struct AllianceRegister: Hashable, Sendable {
    public private(set) var alliances: [Alliance]
    public internal(set) var activities: [AllianceActivity]

    public init(alliances: [Alliance] = [], activities: [AllianceActivity] = []) {
        self.alliances = alliances
        self.activities = activities
    }

    public func alliance(_ id: String) -> Alliance? { alliances.first { $0.id == id } }

    /// Founds alliances, all or none.
    public mutating func found(_ new: [Alliance], rules: AllianceRules, today: Day) throws {
        var complaints: [AllianceRefusal.Complaint] = []
        for (place, alliance) in new.enumerated() {
            let found = faults(alliance, rules, today) + alliance.members.flatMap { faults($0, joining: alliance, rules) }
            complaints += found.map { AllianceRefusal.Complaint(place: place, message: $0) }
            alliances.append(alliance)
        }
        guard complaints.isEmpty else { throw AllianceRefusal(complaints) }
    }

    /// Adds schools to an alliance, all or none.
    public mutating func join(_ id: String, seen: Int, _ members: [Alliance.Member], rules: AllianceRules, today: Day) throws {
        try change(id, seen: seen) { register, alliance in
            var faults: [String] = []
            for member in members {
                if member.from > today { faults.append("“\(member.title)”的加入日期\(member.from)还没有到") }
                alliance.members.append(member)
                faults += register.faults(member, joining: alliance, rules)
            }
            guard faults.isEmpty else { throw AllianceRefusal(messages: faults, .rule) }
        }
    }

    /// A member's last day.
    public mutating func leave(_ id: String, seen: Int, member place: Int, on day: Day, reason: String, today: Day) throws {
        try change(id, seen: seen) { register, alliance in
            guard alliance.members.indices.contains(place) else { throw AllianceRefusal("没有这个成员，请刷新后再试", .stale) }
            var member = alliance.members[place]
            if let until = member.until { throw AllianceRefusal("“\(member.title)”已经在\(until)退出") }
            try AllianceRegister.checkEnd(day, since: member.from, reason, "“\(member.title)”加入", today)
            (member.until, member.reason) = (day, reason)
            alliance.members[place] = member
            try register.checkLate(alliance, "“\(member.title)”退出")
        }
    }

    /// The alliance's last day; whoever is still in leaves with it.
    public mutating func end(_ id: String, seen: Int, on day: Day, reason: String, today: Day) throws {
        try change(id, seen: seen) { register, alliance in
            try AllianceRegister.checkEnd(day, since: alliance.founded, reason, "“\(alliance.name)”成立", today)
            if let late = alliance.members.first(where: { $0.from > day || $0.until.map { $0 > day } ?? false }) {
                throw AllianceRefusal("“\(late.title)”到\(late.until ?? late.from)还在，结束日期不能早于它")
            }
            (alliance.ended, alliance.reason) = (day, reason)
            for place in alliance.members.indices where alliance.members[place].until == nil {
                (alliance.members[place].until, alliance.members[place].reason) = (day, reason)
            }
            try register.checkLate(alliance, "结束")
        }
    }

    /// Puts a change in place of what somebody saw. Nothing is changed where `decide` refuses.
    mutating func change(_ id: String, seen: Int, _ decide: (inout AllianceRegister, inout Alliance) throws -> Void) throws {
        guard let place = alliances.firstIndex(where: { $0.id == id }) else { throw AllianceRefusal("没有这个教联体，可能链接有误", .unknown) }
        var alliance = alliances[place]
        guard alliance.version == seen else {
            throw AllianceRefusal("别人刚改动过“\(alliance.name)”，没有保存您的改动。下面是现在的情况，请看过再提交", .stale)
        }
        if let ended = alliance.ended { throw AllianceRefusal("“\(alliance.name)”已在\(ended)结束，不能再改") }
        var copy = self
        try decide(&copy, &alliance)
        alliance.version += 1
        copy.alliances[place] = alliance
        self = copy
    }

    mutating func raise(_ id: String) {
        for place in alliances.indices where alliances[place].id == id { alliances[place].version += 1 }
    }

    // MARK: What speaks against it

    private func faults(_ alliance: Alliance, _ rules: AllianceRules, _ today: Day) -> [String] {
        var faults: [String] = []
        if alliance.name.isEmpty { faults.append("请填写名称") }
        if alliances.contains(where: { $0.county == alliance.county && $0.name == alliance.name && $0.ended == nil }) {
            faults.append("\(alliance.county)已经有“\(alliance.name)”，请换一个名称")
        }
        if let form = rules.form(alliance.form) {
            if !form.isOpen(on: today) { faults.append("形式“\(form.label.zh)”现在不能选用（目录里写的起止日期）") }
        } else {
            faults.append("形式请选：\(rules.open(on: today).map(\.label.zh).joined(separator: "、"))")
        }
        if alliance.founded > today { faults.append("成立日期\(alliance.founded)还没有到") }
        if let ended = alliance.ended {
            if ended > today { faults.append("结束日期\(ended)还没有到") }
            if ended < alliance.founded { faults.append("结束日期\(ended)早于成立日期\(alliance.founded)") }
            for member in alliance.members where member.until.map({ $0 > ended }) ?? true {
                faults.append("“\(alliance.name)”在\(ended)结束，“\(member.title)”却没有在那以前退出")
            }
        }
        if alliance.members.isEmpty { faults.append("“\(alliance.name)”除牵头学校外至少要有一所学校") }
        for member in alliance.members where member.from > today { faults.append("“\(member.title)”的加入日期\(member.from)还没有到") }
        for member in alliance.members {
            if let until = member.until, until > today { faults.append("“\(member.title)”的退出日期\(until)还没有到") }
        }
        return faults
    }

    /// `alliance` holds the member already.
    private func faults(_ member: Alliance.Member, joining alliance: Alliance, _ rules: AllianceRules) -> [String] {
        var faults: [String] = []
        if member.from < alliance.founded { faults.append("“\(member.title)”的加入日期\(member.from)早于成立日期\(alliance.founded)") }
        if let until = member.until, until < member.from { faults.append("“\(member.title)”的退出日期\(until)早于加入日期\(member.from)") }
        if member.school.code == alliance.lead.code { faults.append("“\(member.school.name)”是牵头学校，不能又作成员") }
        if alliance.members.filter({ $0.overlaps(member) }).count > 1 { faults.append("“\(member.title)”在“\(alliance.name)”里重复") }
        if member.role == .supported {
            for other in alliances where other.id != alliance.id {
                if other.members.contains(where: { $0.role == .supported && $0.overlaps(member) }) {
                    faults.append("“\(member.title)”已是“\(other.name)”的成员校；一所学校同一时间只能由一个教联体带动，请先在那里退出")
                }
            }
        }
        // Somebody written in for an earlier day makes the later days fuller, too.
        let days = [member.from] + alliance.members.map(\.from).filter { member.isIn(on: $0) }
        let size = days.map { alliance.size(on: $0) }.max() ?? 0
        let most = rules.most(alliance.form)
        if size > most { faults.append("“\(alliance.name)”有\(size)所学校，超过上限\(most)所（含牵头学校）：“\(member.title)”加不进来") }
        return faults
    }

    private static func checkEnd(_ day: Day, since: Day, _ reason: String, _ begun: String, _ today: Day) throws {
        if day > today { throw AllianceRefusal("日期\(day)还没有到", .input) }
        if day < since { throw AllianceRefusal("日期\(day)早于\(begun)的\(since)", .input) }
        if reason.isEmpty { throw AllianceRefusal("请写明理由", .input) }
    }

    /// What was written in for days on which a school would no longer be in.
    private func checkLate(_ alliance: Alliance, _ words: String) throws {
        let late = activities.filter { activity in
            activity.alliance == alliance.id && activity.struck == nil
                && [activity.from, activity.to].contains { !$0.isEmpty && !alliance.isIn($0, on: activity.day) }
        }
        guard let first = late.map(\.day).max() else { return }
        throw AllianceRefusal("\(words)之后还登记有\(late.count)项活动（最晚\(first)），请先撤销它们或改日期")
    }
}
