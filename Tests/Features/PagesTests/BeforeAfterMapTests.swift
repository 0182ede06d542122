import Foundation
import Geography
import Testing
import Vocabulary

@testable import Pages

@Suite("方案前后的地图") struct BeforeAfterMapTests {
    private let outline = Boundary(
        name: "甲县",
        polygons: [
            .init(outer: [(118.0, 37.0), (119.0, 37.0), (119.0, 38.0), (118.0, 38.0)].map { GeoPoint(longitude: $0.0, latitude: $0.1) })
        ])

    private func school(_ name: String, _ longitude: Double?, _ before: Verdict, _ after: Verdict, isWorkedAt: Bool = false)
        -> BeforeAfterMap.School
    {
        BeforeAfterMap.School(
            name, at: longitude.map { GeoPoint(longitude: $0, latitude: 37.5) }, size: 100, lights: [Light(before), Light(after)],
            isRinged: [isWorkedAt, isWorkedAt], url: "/\(name)", title: name)
    }

    private func map(_ schools: [BeforeAfterMap.School], _ outlines: [Boundary]) -> BeforeAfterMap? {
        BeforeAfterMap("甲县", ["现在", "方案之后"], outlines: outlines, schools: schools, legend: [], note: "")
    }

    @Test("补好的学校前后形状不同，做事的有圈，没有坐标的只计数不画") func lights() throws {
        let drawn = try #require(
            map(
                [school("一小", 118.2, .notMet, .met, isWorkedAt: true), school("二小", 118.8, .met, .met), school("三小", nil, .notMet, .met)],
                [outline]))
        #expect(drawn.panels.map(\.heading) == ["现在", "方案之后"])
        let (now, then) = (drawn.panels[0].svg, drawn.panels[1].svg)
        #expect(now.contains("<rect class=\"dot-notmet\"") && !then.contains("dot-notmet"))
        #expect([now, then].allSatisfy { $0.components(separatedBy: "class=\"ring\"").count == 2 && !$0.contains("三小") })
        #expect(drawn.note == "1所学校没有登记坐标，不在图上，见下表。")
    }

    @Test("没有边界也画学校；一所学校都没有坐标就没有图") func without() {
        #expect(map([school("一小", 118.2, .notMet, .met)], [])?.panels.count == 2)
        #expect(map([school("一小", nil, .notMet, .met)], [outline]) == nil)
    }

    @Test("没写的、写0的、不在地球上的坐标都不算，写明的坐标系先换算") func points() {
        func point(_ longitude: String, _ latitude: String, _ system: CoordinateSystem = .wgs84) -> GeoPoint? {
            GeoPoint(longitude: longitude, latitude: latitude, in: system)
        }
        #expect(point("", "") == nil && point("0", "0") == nil && point("500000", "37") == nil)
        #expect(point(" 118.5", "37.2 ") == GeoPoint(longitude: 118.5, latitude: 37.2))
        #expect(point("118.5", "37.2", .gcj02) == CoordinateSystem.gcj02.toWGS84(GeoPoint(longitude: 118.5, latitude: 37.2)))
    }
}
