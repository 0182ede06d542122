public import Foundation

/// What a file is by its first bytes; its name proves nothing.
public enum FileKind {
    public static func of(_ url: URL) throws -> String? {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let head = Array(try handle.read(upToCount: 16) ?? Data())
        func begins(_ bytes: [UInt8], at start: Int = 0) -> Bool { head.dropFirst(start).starts(with: bytes) }
        if begins([0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if begins([0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) { return "image/webp" }
        if begins(Array("ftyp".utf8), at: 4), [Array("heic".utf8), Array("mif1".utf8)].contains(where: { begins($0, at: 8) }) {
            return "image/heic"
        }
        if begins(Array("%PDF-".utf8)) { return "application/pdf" }
        if begins([0x50, 0x4B, 0x03, 0x04]) { return "application/zip" }
        if begins([0xD0, 0xCF, 0x11, 0xE0]) { return "application/x-ole-storage" }
        return nil
    }

    /// Shown in the page and not only handed out.
    public static func isShown(_ type: String) -> Bool { ["image/jpeg", "image/png", "image/webp"].contains(type) }
}
