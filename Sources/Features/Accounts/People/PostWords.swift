internal import Registry
internal import Vocabulary

/// A post as pages name it.
enum PostWords {
    /// `清河县督导室（代理，至2026年12月31日）`.
    static func text(_ grant: Grant, today: Day) -> String {
        let school = grant.school.map { "（学校 \($0)）" } ?? ""
        return grant.title + school + (end(grant, today: today).map { "（\($0)）" } ?? "") + (grant.isPlaced ? "" : "（没有写明县或学校，不起作用）")
    }

    /// How long it still holds; nil for an open end.
    static func end(_ grant: Grant, today: Day) -> String? {
        grant.until.map { grant.holds(on: today) ? "代理，至\($0.chinese)" : "代理已于\($0.chinese)到期" }
    }

    /// What is wrong with a post somebody wants to give; nil with the post when nothing is.
    static func read(_ fields: [String: String], today: Day) -> (grant: Grant?, complaints: [String]) {
        func text(_ key: String) -> String { fields[key, default: ""].filter { !$0.isWhitespace } }
        let (county, school, until) = (text("county"), text("school"), text("until"))
        var complaints: [String] = []
        let role = Role(rawValue: text("role"))
        if role == nil { complaints.append("请选择角色") }
        let name = role?.label.zh ?? ""
        if role?.isCountyPost == true, county.isEmpty { complaints.append("“\(name)”要写明是哪个县（市、区）") }
        if role?.isSchoolPost == true, school.isEmpty { complaints.append("“\(name)”要写明是哪所学校（学校标识码），只能看这一所") }
        if role?.isSchoolPost == false, !school.isEmpty, county.isEmpty { complaints.append("写了学校，也要写明是哪个县（市、区）") }
        let day = Day(iso: until)
        if !until.isEmpty, day == nil { complaints.append("到期日写成 2026-12-31 的样子") }
        if let day, day < today { complaints.append("到期日\(day.chinese)已经过去，请写今天或以后的日子") }
        guard complaints.isEmpty, let role else { return (nil, complaints) }
        return (Grant(role, county: county.isEmpty ? nil : county, school: school.isEmpty ? nil : school, until: day), [])
    }
}
