internal import CZip
internal import Foundation
internal import Indicators

/// A zip archive opened for reading, with limits against archives made to burst.
final class ZipArchive {
    /// Most bytes one entry, and all entries together, may unpack to.
    static let entryLimit = 1_500_000_000
    static let totalLimit = 2_000_000_000
    static let entryCountLimit = 10_000
    static let ratioLimit = 200.0
    /// Below this size no ratio is suspicious: short sheets of equal rows pack very well.
    static let ratioFloor = 20_000_000

    fileprivate let archive: OpaquePointer
    fileprivate let file: String
    fileprivate var unpacked = 0

    init(_ url: URL, name: String) throws {
        file = name
        var code: Int32 = 0
        guard let archive = zip_open(url.path, ZIP_RDONLY, &code) else {
            throw FileRefusal("file.damaged", name, "文件损坏或没有上传完整，打不开。请重新导出后再上传")
        }
        self.archive = archive
        if zip_get_num_entries(archive, 0) > ZipArchive.entryCountLimit { throw bomb() }
    }

    deinit { zip_discard(archive) }

    func bomb() -> FileRefusal {
        FileRefusal("file.bomb", file, "文件解压后大得不正常，为安全起见不予读取。请在 Excel 或 WPS 中打开后另存一份再上传")
    }

    func damaged(_ entry: String) -> FileRefusal {
        FileRefusal("file.damaged", file, "文件内部“\(entry)”损坏，读不出来。请在 Excel 或 WPS 中打开后另存一份再上传")
    }

    func contains(_ entry: String) -> Bool { place(entry) >= 0 }

    /// Some programs write `xl/SharedStrings.xml`; office programs do not mind.
    fileprivate func place(_ entry: String) -> Int64 {
        let exact = zip_name_locate(archive, entry, 0)
        return exact >= 0 ? exact : zip_name_locate(archive, entry, zip_flags_t(ZIP_FL_NOCASE))
    }

    /// Unpacks an entry piece by piece. Throws a refusal when it is damaged, encrypted or far too large.
    func read(_ entry: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let reader = try ZipEntry(self, entry)
        while let bytes = try reader.next() { try body(bytes) }
    }
}

/// One entry being unpacked, a piece at a time.
final class ZipEntry {
    private let zip: ZipArchive
    private let name: String
    private let handle: OpaquePointer
    private let packed: Int
    private let size: Int
    /// Bytes unpacked so far.
    private(set) var done = 0
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(_ zip: ZipArchive, _ name: String) throws {
        var status = zip_stat_t()
        let place = zip.place(name)
        guard place >= 0, zip_stat_index(zip.archive, zip_uint64_t(place), 0, &status) == 0 else { throw zip.damaged(name) }
        if status.encryption_method != 0 {
            throw FileRefusal("file.password", zip.file, "工作簿加了密码。请去掉密码，另存为 .xlsx 后再上传")
        }
        size = Int(clamping: status.size)
        packed = max(Int(clamping: status.comp_size), 1)
        if size > ZipArchive.entryLimit || ZipEntry.isSuspicious(size, packed) { throw zip.bomb() }
        guard let handle = zip_fopen_index(zip.archive, zip_uint64_t(place), 0) else { throw zip.damaged(name) }
        self.zip = zip
        self.name = name
        self.handle = handle
    }

    deinit {
        zip_fclose(handle)
        buffer.deallocate()
    }

    /// Part unpacked so far by the archive's own word, which may be wrong.
    var fraction: Double { min(1, Double(done) / Double(max(size, 1))) }

    private static func isSuspicious(_ size: Int, _ packed: Int) -> Bool {
        size > ZipArchive.ratioFloor && Double(size) > ZipArchive.ratioLimit * Double(packed)
    }

    /// The next piece, valid until the call after; nil at the end. What the archive says of sizes is not believed: bytes are counted.
    func next() throws -> UnsafeRawBufferPointer? {
        let count = Int(zip_fread(handle, buffer.baseAddress, zip_uint64_t(buffer.count)))
        if count < 0 { throw zip.damaged(name) }
        if count == 0 { return nil }
        done += count
        zip.unpacked += count
        if done > ZipArchive.entryLimit || zip.unpacked > ZipArchive.totalLimit || ZipEntry.isSuspicious(done, packed) { throw zip.bomb() }
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}
