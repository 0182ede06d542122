public import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// A form with any number of files, as a browser sent it. The files lie on the disk until `discard`.
public struct PostedParts: Sendable {
    public struct File: Sendable {
        public var field: String
        /// What the person called it, without folders.
        public var name: String
        public var url: URL
        public var size: Int

        public init(field: String, name: String, url: URL, size: Int) {
            self.field = field
            self.name = name
            self.url = url
            self.size = size
        }
    }

    /// In the order sent; a name may come more than once.
    public var values: [(name: String, value: String)]
    public var files: [File]

    public init(values: [(name: String, value: String)], files: [File] = []) {
        self.values = values
        self.files = files
    }

    public subscript(_ name: String) -> String? { values.last { $0.name == name }?.value }
    public func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    /// Receives the form of a request piece by piece, with files or without. Throws `UploadRefusal` in the user's words; then nothing
    /// is left behind. `most` files are taken, of `sizeLimit` bytes together.
    public static func receive(_ request: Request, into folder: URL, most: Int, sizeLimit: Int) async throws -> PostedParts {
        guard let boundary = MultipartReader.boundary(request.headers[.contentType]) else {
            return PostedParts(values: try await PostedForm.pairs(request))
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let received = Received(folder: folder, most: most)
        do {
            var reader = MultipartReader(boundary: boundary, sizeLimit: sizeLimit, open: received.open)
            for try await piece in request.body { try reader.feed(piece.readableBytesView) }
            guard reader.isComplete else { throw UploadRefusal("上传中断，内容没有收完整。请重新提交") }
            return PostedParts(values: reader.values, files: received.finished().filter { $0.size > 0 })
        } catch {
            received.discard()
            throw error
        }
    }

    /// When the device says a file was made: `e.taken` holds `name|seconds since 1970`.
    public func takenAt(_ name: String) -> Date? {
        for text in all("e.taken") {
            guard let bar = text.lastIndex(of: "|"), text[..<bar] == name, let seconds = Double(text[text.index(after: bar)...]),
                seconds > 0, seconds < 1e11
            else { continue }
            return Date(timeIntervalSince1970: seconds)
        }
        return nil
    }

    /// Removes the files.
    public func discard() { for file in files { try? FileManager.default.removeItem(at: file.url) } }
}

/// The files of one form while they arrive; used by one request alone.
private final class Received {
    private let folder: URL
    private let most: Int
    private var files: [(file: PostedParts.File, handle: FileHandle)] = []

    init(folder: URL, most: Int) {
        self.folder = folder
        self.most = most
    }

    func open(_ field: String, _ name: String) throws -> (([UInt8]) throws -> Void)? {
        // A browser sends an empty part for a file nobody chose.
        guard !name.isEmpty else { return nil }
        guard files.count < most else { throw UploadRefusal("一次最多交\(most)个文件，请分几次交") }
        let url = folder.appendingPathComponent(UUID().uuidString)
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else { throw UploadRefusal("服务器写不了上传文件夹，请告诉系统管理员") }
        let handle = try FileHandle(forWritingTo: url)
        let place = files.count
        files.append((PostedParts.File(field: field, name: name, url: url, size: 0), handle))
        return { [self] bytes in
            files[place].file.size += bytes.count
            try handle.write(contentsOf: bytes)
        }
    }

    func finished() -> [PostedParts.File] {
        for (_, handle) in files { try? handle.close() }
        for (file, _) in files where file.size == 0 { try? FileManager.default.removeItem(at: file.url) }
        return files.map(\.file)
    }

    func discard() {
        for (file, handle) in files {
            try? handle.close()
            try? FileManager.default.removeItem(at: file.url)
        }
    }
}
