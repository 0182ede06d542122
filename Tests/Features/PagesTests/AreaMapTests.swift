import Foundation
import Geography
import Testing
import Vocabulary

@testable import Pages

@Suite("地图") struct AreaMapTests {
    private let square = Boundary(
        name: "甲县",
        polygons: [
            .init(outer: [(118.0, 37.0), (119.0, 37.0), (119.0, 38.0), (118.0, 38.0)].map { GeoPoint(longitude: $0.0, latitude: $0.1) })
        ])

    @Test("北在上，东在右，一度经度按纬度缩短") func projection() throws {
        let frame = try #require(MapFrame(square.polygons[0].outer, width: 800, tallest: 600))
        let (west, south) = frame.place(GeoPoint(longitude: 118, latitude: 37))
        let (east, north) = frame.place(GeoPoint(longitude: 119, latitude: 38))
        #expect(west < east && north < south)
        // cos(37.5°) = 0.7934
        #expect(abs((east - west) / (south - north) - 0.7934) < 0.001)
        #expect(frame.height <= 600)
    }

    @Test("没有边界也没有学校，就没有图") func empty() {
        #expect(AreaMap(areas: [], width: 800, tallest: 600).svg("图").isEmpty)
    }

    @Test("名称不互相遮盖") func labels() {
        let place = { (name: String, longitude: Double) in
            AreaMap.Place(
                name, at: GeoPoint(longitude: longitude, latitude: 37.5), size: 10, light: Light(.notMet), url: "/", title: name,
                isLabelled: true)
        }
        let crowd = (0..<9).map { place("第\($0)小学", 118.5 + Double($0) * 0.0001) }
        let svg = AreaMap(areas: [.init(square, style: "plain")], places: crowd, width: 800, tallest: 600).svg("图")
        let labels = svg.components(separatedBy: "place-name").count - 1
        #expect((1...4).contains(labels), "\(labels)")
    }

    @Test("名称不写到图外去") func edges() throws {
        let places = [118.0, 119.0].map {
            AreaMap.Place(
                "清河县第九初级中学", at: GeoPoint(longitude: $0, latitude: 37.5), size: 10, light: Light(.notMet), url: "/", title: "",
                isLabelled: true)
        }
        let svg = AreaMap(areas: [.init(square, style: "plain")], places: places, width: 400, tallest: 300).svg("图")
        let starts = svg.matches(of: /<text x="([0-9.]+)"[^>]*class="place-name"/).compactMap { Double($0.1) }
        #expect(!starts.isEmpty && starts.allSatisfy { $0 >= 0 && $0 + 9 * 14 <= 400 }, "\(starts)")
    }

    @Test("形状和颜色一起说结论") func shapes() {
        #expect(Svg.mark(Light(.notMet), 0, 0, 5).hasPrefix("<rect"))
        #expect(Svg.mark(Light(.met), 0, 0, 5).hasPrefix("<circle"))
        #expect(Svg.mark(.warning, 0, 0, 5).hasPrefix("<polygon"))
        #expect(Svg.plain(-0.25) == "-0.3")
        #expect(Svg.plain(12.04) == "12")
    }
}
