internal import Indicators
internal import Inspection
internal import Pages
internal import Vocabulary

/// Pictures of a form, kept by their digest; when and where they were taken comes with the form from the device.
struct VisitPhotos {
    let parts: PostedParts
    let files: any ReturnFiles

    func keep(_ rubric: String, _ item: String, _ position: VisitPosition?) async throws -> [VisitPhoto] {
        var kept: [VisitPhoto] = []
        for file in parts.files where file.field == "e.photo" {
            guard let type = try FileKind.of(file.url), FileKind.isShown(type) else {
                throw InspectionRefusal("“\(file.name)”不是照片，可交 JPEG、PNG、WebP", .input)
            }
            let stored = try await files.keep(contentsOf: file.url, name: file.name)
            kept.append(
                VisitPhoto(
                    digest: stored.digest, name: file.name, size: stored.size, type: type, rubric: rubric, item: item, position: position,
                    takenAt: parts.takenAt(file.name)))
        }
        return kept
    }
}
