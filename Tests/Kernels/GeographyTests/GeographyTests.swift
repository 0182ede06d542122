import Foundation
import Geography
import Testing

@Suite("坐标系与边界") struct GeographyTests {
    private func isNear(_ left: GeoPoint, _ longitude: Double, _ latitude: Double, within slack: Double) -> Bool {
        abs(left.longitude - longitude) < slack && abs(left.latitude - latitude) < slack
    }

    @Test("已知点的换算") func knownPoints() {
        let point = GeoPoint(longitude: 116.404, latitude: 39.915)
        // Figures that public converters give for this point.
        #expect(isNear(CoordinateSystem.gcj02.fromWGS84(point), 116.410_244_499_169, 39.916_404_281_502, within: 1e-9))
        let baidu = CoordinateSystem.bd09.fromWGS84(CoordinateSystem.gcj02.toWGS84(point))
        #expect(isNear(baidu, 116.410_369_493_710, 39.921_336_993_510, within: 1e-7))
    }

    @Test("换算来回一致", arguments: CoordinateSystem.allCases) func roundTrip(_ system: CoordinateSystem) {
        for (longitude, latitude) in [(118.5, 37.4), (87.6, 43.8), (110.2, 20.0), (126.6, 45.8), (100.0, 35.0)] {
            let point = GeoPoint(longitude: longitude, latitude: latitude)
            // A ten-millionth of a degree is a centimetre.
            #expect(isNear(system.toWGS84(system.fromWGS84(point)), longitude, latitude, within: 1e-7))
        }
    }

    @Test("中国之外不偏移") func outside() {
        let paris = GeoPoint(longitude: 2.35, latitude: 48.86)
        #expect(CoordinateSystem.gcj02.fromWGS84(paris) == paris)
    }

    @Test("坐标系的各种写法") func spellings() {
        #expect(CoordinateSystem(written: "cgcs2000") == .wgs84)
        #expect(CoordinateSystem(written: "urn:ogc:def:crs:EPSG::4490") == .wgs84)
        #expect(CoordinateSystem(written: "GCJ-02") == .gcj02)
        #expect(CoordinateSystem(written: "bd09ll") == .bd09)
        #expect(CoordinateSystem(written: "EPSG:3857") == nil)
    }

    private func file(_ system: String, _ geometry: String) throws -> BoundaryFile {
        let text = "{\"type\":\"FeatureCollection\",\(system)\"features\":[{\"properties\":{\"name\":\"甲县\"},\"geometry\":\(geometry)}]}"
        return try BoundaryFile(Data(text.utf8))
    }

    private let square = "{\"type\":\"Polygon\",\"coordinates\":[[[118,37],[119,37],[119,38],[118,38],[118,37]]]}"

    @Test("没有坐标系的文件不收，并说明怎么改") func systemIsAsked() throws {
        let problem = #expect(throws: BoundaryProblem.self) { try file("", square) }
        #expect(problem?.description.contains("没有写明坐标系") == true)
        #expect(problem?.description.contains("coordinateSystem") == true)
        #expect(throws: BoundaryProblem.self) { try file("\"coordinateSystem\":\"EPSG:3857\",", square) }
    }

    @Test("读出多边形，换成 WGS-84") func reads() throws {
        let plain = try file("\"coordinateSystem\":\"CGCS2000\",", square)
        #expect(plain.boundaries[0].name == "甲县")
        #expect(plain.boundaries[0].polygons[0].outer.count == 4)
        #expect(plain.boundaries[0].contains(GeoPoint(longitude: 118.5, latitude: 37.5)))
        #expect(!plain.boundaries[0].contains(GeoPoint(longitude: 119.5, latitude: 37.5)))
        let label = try #require(plain.boundaries[0].labelPoint)
        #expect(isNear(label, 118.5, 37.5, within: 1e-9))
        let shifted = try file("\"coordinateSystem\":\"GCJ-02\",", square)
        let corner = shifted.boundaries[0].polygons[0].outer[0]
        #expect(corner == CoordinateSystem.gcj02.toWGS84(GeoPoint(longitude: 118, latitude: 37)))
        #expect(shifted.schoolCoordinates == .gcj02)
    }

    @Test("洞里不算在内，多块都算") func holes() throws {
        let geometry =
            "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]],[[[6,0],[7,0],[7,1],[6,0]]]]}"
        let boundary = try file("\"coordinateSystem\":\"WGS-84\",", geometry).boundaries[0]
        #expect(!boundary.contains(GeoPoint(longitude: 1.5, latitude: 1.5)))
        #expect(boundary.contains(GeoPoint(longitude: 3, latitude: 3)))
        #expect(boundary.contains(GeoPoint(longitude: 6.8, latitude: 0.5)))
    }

    @Test("投影坐标、点要素、坏文件都说得清") func refusals() {
        let projected = "{\"type\":\"Polygon\",\"coordinates\":[[[500000,4100000],[500001,4100000],[500001,4100001]]]}"
        let problem = #expect(throws: BoundaryProblem.self) { try file("\"coordinateSystem\":\"CGCS2000\",", projected) }
        #expect(problem?.description.contains("甲县") == true)
        #expect(throws: BoundaryProblem.self) {
            try file("\"coordinateSystem\":\"CGCS2000\",", "{\"type\":\"Point\",\"coordinates\":[1,2]}")
        }
        #expect(throws: BoundaryProblem.self) { try BoundaryFile(Data("[]".utf8)) }
    }

    @Test("写出的文件读得回来") func writes() throws {
        let boundary = Boundary(
            name: "“引号\"县",
            polygons: [
                .init(outer: [(118.0, 37.0), (119.0, 37.0), (118.5, 38.0)].map { GeoPoint(longitude: $0.0, latitude: $0.1) })
            ])
        let again = try BoundaryFile(Data(BoundaryFile(boundaries: [boundary]).geoJSON.utf8))
        #expect(again.boundaries == [boundary])
    }
}
