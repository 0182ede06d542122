public import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// A form with a file as a browser sent it. The file lies on the disk until `discard`.
public struct Upload: Sendable {
    public var fields: [String: String]
    public var file: URL
    /// What the person called the file, without folders.
    public var name: String
    public var size: Int

    /// Receives the form of a request piece by piece. Throws `UploadRefusal` in the user's words; then nothing is left behind.
    public static func receive(_ request: Request, into folder: URL, sizeLimit: Int) async throws -> Upload {
        guard let boundary = MultipartReader.boundary(request.headers[.contentType]) else {
            throw UploadRefusal("没有收到文件。请在页面上选择一个 Excel 或 CSV 文件再上传")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(UUID().uuidString)
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else { throw UploadRefusal("服务器写不了上传文件夹，请告诉系统管理员") }
        do {
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            var called: String?
            var reader = MultipartReader(boundary: boundary, sizeLimit: sizeLimit) { _, fileName in
                guard called == nil else { return nil }
                called = fileName
                return { try handle.write(contentsOf: $0) }
            }
            for try await piece in request.body { try reader.feed(piece.readableBytesView) }
            guard reader.isComplete else { throw UploadRefusal("上传中断，文件没有收完整。请重新上传") }
            let name = called ?? ""
            guard !name.isEmpty else { throw UploadRefusal("没有选择文件。请选择一个 Excel 或 CSV 文件再上传") }
            return Upload(fields: reader.fields, file: file, name: name, size: reader.fileSize)
        } catch {
            try? FileManager.default.removeItem(at: file)
            throw error
        }
    }

    /// Removes the file.
    public func discard() { try? FileManager.default.removeItem(at: file) }

    /// What is wrong with a file, to be told at once; more than anybody reads are counted.
    public static func first(of complaints: [String]) -> [String] {
        complaints.count > 20 ? complaints.prefix(20) + ["还有\(complaints.count - 20)处，改好前面这些再上传"] : complaints
    }
}

/// A small form without a file.
public enum PostedForm {
    /// The fields of an urlencoded body of at most 64 kB, or `limit` bytes. Throws `UploadRefusal` for more.
    public static func fields(_ request: Request, limit: Int = 64 * 1024) async throws -> [String: String] {
        Dictionary(try await pairs(request, limit: limit).map { ($0.name, $0.value) }) { _, last in last }
    }

    /// The same in the order sent; a name may come more than once.
    public static func pairs(_ request: Request, limit: Int = 64 * 1024) async throws -> [(name: String, value: String)] {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw UploadRefusal("填写的内容太长，没有收下。请缩短后再提交")
        } catch let error where !(error is CancellationError) {
            // Broken off or of a shape that is no HTTP: the client's doing, not the server's.
            throw UploadRefusal("填写的内容没有收完整，没有办理。请重新提交")
        }
        return String(buffer: buffer).split(separator: "&").compactMap { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                // A NUL is nothing anybody types; databases cut a text there or refuse it.
                ($0.replacing("+", with: " ").removingPercentEncoding ?? "").replacing("\0", with: "")
            }
            return sides.first.map { ($0, sides.count > 1 ? sides[1] : "") }
        }
    }
}
