internal import Foundation
internal import Indicators
internal import Inspection
internal import Pages

/// Pictures of a form, kept by their digest; when and where they were taken comes with the form from the device.
struct VisitPhotos {
    let parts: PostedParts
    let files: any ReturnFiles

    func keep(_ rubric: String, _ item: String, _ position: VisitPosition?) async throws -> [VisitPhoto] {
        var kept: [VisitPhoto] = []
        for file in parts.files where file.field == "e.photo" {
            guard let type = try VisitPhotos.type(of: file.url) else { throw InspectionRefusal("“\(file.name)”不是照片，可交 JPEG、PNG、WebP") }
            let stored = try await files.keep(contentsOf: file.url, name: file.name)
            kept.append(
                VisitPhoto(
                    digest: stored.digest, name: file.name, size: stored.size, type: type, rubric: rubric, item: item, position: position,
                    takenAt: takenAt(file.name)))
        }
        return kept
    }

    /// `e.taken` holds `name|seconds since 1970`.
    private func takenAt(_ name: String) -> Date? {
        for text in parts.all("e.taken") {
            guard let bar = text.lastIndex(of: "|"), text[..<bar] == name, let seconds = Double(text[text.index(after: bar)...]),
                seconds > 0, seconds < 1e11
            else { continue }
            return Date(timeIntervalSince1970: seconds)
        }
        return nil
    }

    /// What a file is by its first bytes; its name proves nothing.
    static func type(of url: URL) throws -> String? {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let head = Array(try handle.read(upToCount: 16) ?? Data())
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) { return "image/webp" }
        return nil
    }
}
