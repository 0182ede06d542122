public import Foundation
public import Vocabulary

extension AllianceRegister {
    /// Writes in what was done, all or none. `seen` are the versions somebody saw; an alliance without one is not held against any.
    public mutating func record(_ new: [AllianceActivity], seen: [String: Int] = [:], rules: AllianceRules, today: Day) throws {
        var complaints: [AllianceRefusal.Complaint] = []
        for (place, activity) in new.enumerated() {
            guard let alliance = alliance(activity.alliance) else {
                throw AllianceRefusal("没有这个教联体，可能链接有误", .unknown)
            }
            complaints += faults(activity, alliance, rules, today).map { AllianceRefusal.Complaint(place: place, message: $0) }
            activities.append(activity)
        }
        guard complaints.isEmpty else { throw AllianceRefusal(complaints) }
        for id in Set(new.map(\.alliance)).sorted() {
            guard let alliance = alliance(id) else { continue }
            try touch(id, seen: seen[id] ?? alliance.version)
        }
    }

    /// Strikes an entry out; it stays to be read.
    public mutating func strike(_ id: String, of alliance: String, seen: Int, by name: String, at: Date, reason: String) throws {
        guard let place = activities.firstIndex(where: { $0.id == id && $0.alliance == alliance }) else {
            throw AllianceRefusal("没有这一项活动，请刷新后再试", .unknown)
        }
        if let strike = activities[place].struck { throw AllianceRefusal("这一项已由\(strike.by)撤销", .stale) }
        if reason.isEmpty { throw AllianceRefusal("请写明撤销的理由", .input) }
        activities[place].struck = .init(by: name, at: at, reason: reason)
        try touch(alliance, seen: seen)
    }

    private func faults(_ activity: AllianceActivity, _ alliance: Alliance, _ rules: AllianceRules, _ today: Day) -> [String] {
        let (kind, day) = (activity.kind, activity.day)
        var faults: [String] = []
        if day > today { faults.append("日期\(day)还没有到") }
        if day < alliance.founded { faults.append("日期\(day)在“\(alliance.name)”成立（\(alliance.founded)）之前") }
        if let ended = alliance.ended, day > ended { faults.append("日期\(day)在“\(alliance.name)”结束（\(ended)）之后") }
        let most = rules.limit(kind)
        if !(1...most).contains(activity.count) { faults.append("\(kind.label.zh)的数量填 1 到 \(most)，现在是\(activity.count)") }
        if kind == .staff, !(1...rules.days).contains(activity.days ?? 0) { faults.append("共享教师要填每人的天数，1 到 \(rules.days)") }
        if kind != .staff, activity.days != nil { faults.append("只有共享教师填天数") }
        if kind != .visit || !activity.subject.isEmpty, !rules.subjects.contains(activity.subject) {
            faults.append("学科请填：\(rules.subjects.joined(separator: "、"))")
        }
        if activity.evidence.isEmpty { faults.append("请写明依据，例如签到表、课表、文件号") }
        faults += schoolFaults(activity, alliance)
        if activities.contains(where: { $0.struck == nil && $0.repeats(activity) }) {
            faults.append("\(day)的这一项已经登记过（同一类型、学校、学科、依据）")
        }
        return faults
    }

    private func schoolFaults(_ activity: AllianceActivity, _ alliance: Alliance) -> [String] {
        if activity.from.isEmpty { return ["请填写由哪所学校提供"] }
        if activity.kind == .staff, activity.to.isEmpty { return ["共享教师要填到哪所学校"] }
        if activity.from == activity.to { return ["提供和接受的不能是同一所学校"] }
        return [activity.from, activity.to].filter { !$0.isEmpty }.compactMap { code in
            guard let school = alliance.school(code) else { return "“\(alliance.name)”里没有标识码为“\(code)”的学校" }
            guard !alliance.isIn(code, on: activity.day) else { return nil }
            let times = alliance.members.filter { $0.school.code == code }
            if let until = times.compactMap(\.until).filter({ $0 < activity.day }).max(), times.allSatisfy({ $0.until != nil }) {
                return "“\(school.name)”已在\(until)退出，\(activity.day)不在“\(alliance.name)”"
            }
            let from = times.map(\.from).filter { $0 > activity.day }.min()
            return "“\(school.name)”\(from.map { "\($0)才加入" } ?? "那天不在“\(alliance.name)”")"
        }
    }

    /// A new version of an alliance whose own words stay. Also of an ended one: what it did can still be put right.
    private mutating func touch(_ id: String, seen: Int) throws {
        guard let alliance = alliance(id) else { return }
        guard alliance.version == seen else {
            throw AllianceRefusal("别人刚改动过“\(alliance.name)”，没有保存您的改动。下面是现在的情况，请看过再提交", .stale)
        }
        raise(id)
    }
}
