internal import Geography
internal import Pages
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// Vacant posts of each school and how many of them a plan fills, with who comes from where, on the county's outlines.
struct PostMap {
    let svg: String
    let note: String

    init(_ county: String, _ record: PostRecord, _ boundaries: any Boundaries, _ site: SiteMap, width: Double = 760) {
        let map = CountyMap(county, boundaries)
        let schools = record.schools ?? []
        let points = schools.map { map.point(latitude: $0.latitude, longitude: $0.longitude) }
        let places = schools.indices.compactMap { place -> AreaMap.Place? in
            guard let point = points[place] else { return nil }
            let school = schools[place]
            return AreaMap.Place(
                school.title, at: point, size: Double(Swift.max(school.vacancies, school.gave)), light: PostMap.light(school),
                url: site.staffingSchool(county, school.code), title: PostMap.words(school),
                isLabelled: school.vacancies - school.filled > 2 || school.filled > 2)
        }
        guard !places.isEmpty else {
            (svg, note) = ("", "")
            return
        }
        let flows = (record.flows ?? []).compactMap { flow -> AreaMap.Tie? in
            guard schools.indices.contains(flow.from), schools.indices.contains(flow.to) else { return nil }
            return points[flow.from].flatMap { from in
                points[flow.to].map { AreaMap.Tie(from: from, to: $0, weight: flow.count, isDirected: true) }
            }
        }
        svg = map.svg("各校空岗补上多少", places, ties: flows, width: width) { site.staffing($0) }
        let unplaced = points.count { $0 == nil }
        note =
            "● 空岗全部补上　▲ 补上一部分　■ 一个没有补上　○ 只派出；越大空岗或派出的人越多，点学校看它的编制。线由现在学校指向去的学校。"
            + (unplaced > 0 ? "\(unplaced)个学校单位没有经纬度，不在图上。" : "")
    }

    private static func words(_ school: PostSchool) -> String {
        "\(school.title)：空岗\(school.vacancies)个，补上\(school.filled)个，还空\(school.vacancies - school.filled)个"
            + (school.gave > 0 ? "；派出\(school.gave)人" : "")
    }

    private static func light(_ school: PostSchool) -> Light {
        if school.vacancies == 0 { return Light(word: "只派出", shape: "○", style: "insufficient") }
        if school.filled == 0 { return Light(word: "没有补上", shape: "■", style: "notmet") }
        return school.filled < school.vacancies
            ? Light(word: "补上一部分", shape: "▲", style: "warning") : Light(word: "全部补上", shape: "●", style: "met")
    }
}
