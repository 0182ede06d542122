internal import Geography
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The flows of backbone teachers between schools and what each school gains, on the county's outlines.
struct RotationMap {
    let svg: String
    let note: String
    /// Flows drawn at most; the rest would only blacken the map.
    static let most = 60

    init(_ record: RotationRecord, _ boundaries: any Boundaries, _ site: SiteMap, width: Double = 760) {
        let map = CountyMap(record.region, boundaries)
        let points = record.schools.map { map.point(latitude: $0.latitude, longitude: $0.longitude) }
        var counts: [[Int]: Int] = [:]
        for move in record.moves where move.isBackbone && move.from != move.to { counts[[move.from, move.to], default: 0] += 1 }
        let sorted = counts.sorted { ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1]) }
        let flows = sorted.prefix(RotationMap.most).compactMap { way, count -> AreaMap.Tie? in
            guard let from = points[way[0]], let to = points[way[1]] else { return nil }
            return AreaMap.Tie(from: from, to: to, weight: count, isDirected: true)
        }
        let top = Set(record.schools.indices.sorted { record.gain($0) > record.gain($1) }.prefix(6).filter { record.gain($0) > 0 })
        let places = record.schools.indices.compactMap { place -> AreaMap.Place? in
            guard let point = points[place] else { return nil }
            let (school, gain) = (record.schools[place], record.gain(place))
            return AreaMap.Place(
                gain > 0 ? "\(school.title) +\(gain)" : school.title, at: point, size: Double(abs(gain)),
                light: RotationMap.light(gain), url: site.school(record.region, school.code),
                title: "\(school.title)：骨干教师\(school.before[0])→\(school.after[0])，派出\(school.out)，接收\(school.into)",
                isLabelled: top.contains(place))
        }
        guard places.count > 1 else {
            (svg, note) = ("", "")
            return
        }
        svg = map.svg("骨干教师在学校间的流动", places, ties: flows, width: width) { site.rotation($0) }
        let rest = counts.count - Swift.min(counts.count, RotationMap.most)
        let unplaced = points.count { $0 == nil }
        note =
            "● 骨干教师净增　▲ 净减　○ 不变；越大增减越多，点学校看它的数据。线由派出校指向接收校，越粗人数越多。"
            + (rest > 0 ? "另有\(rest)条流向没有画出，见下表。" : "") + (unplaced > 0 ? "\(unplaced)个学校单位没有经纬度，不在图上。" : "")
    }

    private static func light(_ gain: Int) -> Light {
        gain > 0
            ? Light(word: "净增", shape: "●", style: "met")
            : gain < 0 ? Light(word: "净减", shape: "▲", style: "warning") : Light(word: "不变", shape: "○", style: "insufficient")
    }
}

extension RotationRecord {
    /// Backbone teachers a school has more after the plan.
    func gain(_ place: Int) -> Int { schools[place].after[0] - schools[place].before[0] }
}
