import Foundation
import Geography
import Testing

@testable import Assembly

@Suite("边界文件") struct FileBoundariesTests {
    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test("没有文件就没有边界，也不是错误") func none() throws {
        let found = FileBoundaries(folder: try folder())
        #expect(found.boundaries().isEmpty && found.problem == nil)
    }

    @Test("不能用的文件说明原因，不影响启动") func refused() throws {
        let folder = try folder()
        try Data("{\"type\":\"FeatureCollection\",\"features\":[]}".utf8).write(to: folder.appendingPathComponent("boundaries.geojson"))
        let found = FileBoundaries(folder: folder)
        #expect(found.boundaries().isEmpty)
        #expect(found.problem?.hasPrefix("boundaries.geojson: 没有写明坐标系") == true)
    }

    @Test("本局的边界文件按所写坐标系读入") func read() throws {
        let folder = try folder()
        let text =
            "{\"coordinateSystem\":\"BD-09\",\"features\":[{\"properties\":{\"name\":\"甲县\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[118,37],[119,37],[119,38]]]}}]}"
        try Data(text.utf8).write(to: folder.appendingPathComponent("boundaries.geojson"))
        let found = FileBoundaries(folder: folder)
        #expect(found.problem == nil && found.schoolCoordinates == .bd09)
        #expect(found.boundaries()[0].polygons[0].outer[0] == CoordinateSystem.bd09.toWGS84(GeoPoint(longitude: 118, latitude: 37)))
    }
}
