import Geography
import Registry
import SiteMap
import Testing
import Vocabulary

@testable import Pages

@Suite("并排比较") struct SideBySideTests {
    private func frame() -> PageFrame {
        let scope = Scope(year: SchoolYear(2025))
        let visit = Visit(person: Person(id: "u", name: "甲", grants: []), today: Day(year: 2026, month: 9, day: 1))
        return PageFrame(
            title: "比", lead: "", place: "清河县", state: "", menu: [], scope: scope, years: [], standards: [], organisation: "局", visit: visit
        )
    }

    private func column(_ name: String, _ schools: [String]) -> SideBySidePage.Column {
        SideBySidePage.Column(
            link: PageFrame.Link(name, "/\(name)"), lines: [("人数", .init(name))], schools: schools.map { ($0, .init("\(name)\($0)")) })
    }

    @Test("一份方案里没有的学校写横线，不写零；不到两份不比") func rows() throws {
        let query = PageQuery("")
        let page = SideBySidePage(frame(), [column("甲", ["一校", "二校"]), column("乙", ["二校", "三校"])], schoolsTitle: "各校", query)
        let table = try #require(page.schools.first)
        #expect(table.html.contains("三校") && table.html.contains("—") && table.html.contains("甲一校") && !table.html.contains("乙一校"))
        #expect(page.links.map(\.label) == ["方案1：甲", "方案2：乙"])
        #expect(SideBySidePage(frame(), [column("甲", ["一校"])], schoolsTitle: "各校", query).tables.isEmpty)
    }

    @Test("没有经纬度的学校不画在零度；线从一处到另一处，带箭头") func flows() {
        struct Nowhere: Boundaries {
            func boundaries() -> [Boundary] { [] }
            var schoolCoordinates: CoordinateSystem { .wgs84 }
            var problem: String? { nil }
        }
        let map = CountyMap("清河县", Nowhere())
        #expect(map.point(latitude: nil, longitude: 118_000_000) == nil)
        #expect(map.svg("图", []).isEmpty)
        let points = [37_000_000, 37_100_000].compactMap { map.point(latitude: $0, longitude: 118_000_000) }
        let places = points.map {
            AreaMap.Place("校", at: $0, size: 1, light: Light(.met), url: "/", title: "校", isLabelled: false)
        }
        let svg = map.svg("图", places, ties: [AreaMap.Tie(from: points[0], to: points[1], weight: 9, isDirected: true)])
        #expect(svg.contains("flow flow4") && svg.contains("polyline"))
        #expect(!map.svg("图", places, ties: [AreaMap.Tie(from: points[0], to: points[0], weight: 1, isDirected: true)]).contains("flow"))
    }
}
