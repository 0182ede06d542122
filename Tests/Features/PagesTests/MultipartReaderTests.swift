import Foundation
import Testing

@testable import Pages

@Suite("上传的表单") struct MultipartReaderTests {
    private let boundary = "----geckoformboundary7f"

    private func body(_ parts: [(headers: String, content: [UInt8])]) -> [UInt8] {
        parts.flatMap { Array("--\(boundary)\r\n\($0.headers)\r\n\r\n".utf8) + $0.content + [0x0D, 0x0A] }
            + Array("--\(boundary)--\r\n".utf8)
    }

    private func file(_ name: String, _ content: [UInt8]) -> (String, [UInt8]) {
        ("Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: application/octet-stream", content)
    }

    private func field(_ name: String, _ value: String) -> (String, [UInt8]) {
        ("Content-Disposition: form-data; name=\"\(name)\"", Array(value.utf8))
    }

    /// What arrives when the body comes in pieces of `size` bytes.
    private func read(_ body: [UInt8], pieces size: Int, limit: Int = 1_000_000) throws -> (MultipartReader, [UInt8]) {
        let received = Received()
        var reader = MultipartReader(boundary: boundary, sizeLimit: limit) { _, name in
            guard received.name == nil else { return nil }
            received.name = name
            return { received.bytes += $0 }
        }
        var place = 0
        while place < body.count {
            try reader.feed(body[place..<min(place + size, body.count)])
            place += size
        }
        return (reader, received.bytes)
    }

    private final class Received {
        var bytes: [UInt8] = []
        var name: String?
    }

    @Test("文件逐字节收下，不管网络怎样切分", arguments: [1, 2, 7, 64, 1 << 20]) func pieces(size: Int) throws {
        // A content full of line ends, and of what looks like the boundary and is not.
        let content = Array("PK\r\n--\r\n--\(boundary.dropLast())\r\n\r\n".utf8) + (0...255).map { UInt8($0) } + [0x0D]
        let (reader, bytes) = try read(body([field("year", "2025"), file("清河县.xlsx", content), field("county", "清河县")]), pieces: size)
        #expect(bytes == content)
        #expect(reader.isComplete && reader.fileName == "清河县.xlsx" && reader.fileSize == content.count)
        #expect(reader.fields == ["year": "2025", "county": "清河县"])
    }

    @Test("空文件、没有选文件、两个文件", arguments: [1, 4096]) func edges(size: Int) throws {
        let (empty, bytes) = try read(body([file("空.csv", [])]), pieces: size)
        #expect(empty.isComplete && empty.fileName == "空.csv" && bytes.isEmpty)
        let (none, _) = try read(body([file("", []), field("year", "2025")]), pieces: size)
        #expect(none.isComplete && none.fileName?.isEmpty == true && none.fields["year"] == "2025")
        let (two, first) = try read(body([file("甲.csv", [1, 2]), file("乙.csv", [3])]), pieces: size)
        #expect(two.fileName == "甲.csv" && first == [1, 2])
    }

    @Test("中断的上传不算收完") func cut() throws {
        let whole = body([file("甲.csv", Array(repeating: 65, count: 500))])
        let (reader, _) = try read(Array(whole.dropLast(20)), pieces: 33)
        #expect(!reader.isComplete)
    }

    @Test("超过上限：说清上限，不再写盘") func tooLarge() throws {
        let error = #expect(throws: UploadRefusal.self) {
            _ = try read(body([file("大.xlsx", Array(repeating: 65, count: 5_000_000))]), pieces: 65_536, limit: 2_000_000)
        }
        #expect(error?.message.contains("2 MB") == true)
    }

    @Test("冒充表单字段的大段文字被拒") func longField() {
        #expect(throws: UploadRefusal.self) {
            _ = try read(body([field("year", String(repeating: "9", count: 200_000))]), pieces: 4096)
        }
    }

    @Test("只认表单上传") func contentTypes() {
        #expect(MultipartReader.boundary("multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartReader.boundary("multipart/form-data; boundary=\"a b\"") == "a b")
        #expect(MultipartReader.boundary("application/x-www-form-urlencoded") == nil)
        #expect(MultipartReader.boundary("multipart/form-data") == nil)
        #expect(MultipartReader.boundary(nil) == nil)
    }
}
