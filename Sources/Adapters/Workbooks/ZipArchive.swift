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

    private let archive: OpaquePointer
    private let file: String
    private var unpacked = 0

    init(_ url: URL) throws {
        file = url.lastPathComponent
        var code: Int32 = 0
        guard let archive = zip_open(url.path, ZIP_RDONLY, &code) else {
            throw FileRefusal("file.damaged", url.lastPathComponent, "文件损坏或没有上传完整，打不开。请重新导出后再上传")
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

    func contains(_ entry: String) -> Bool { zip_name_locate(archive, entry, 0) >= 0 }

    /// Unpacks an entry piece by piece. Throws a refusal when it is damaged, encrypted or far too large.
    func read(_ entry: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var status = zip_stat_t()
        guard zip_stat(archive, entry, 0, &status) == 0 else { throw damaged(entry) }
        if status.encryption_method != 0 {
            throw FileRefusal("file.password", file, "工作簿加了密码。请去掉密码，另存为 .xlsx 后再上传")
        }
        let ratio = Double(status.size) / Double(max(status.comp_size, 1))
        if status.size > ZipArchive.entryLimit || (ratio > ZipArchive.ratioLimit && status.size > 20_000_000) { throw bomb() }
        guard let handle = zip_fopen(archive, entry, 0) else { throw damaged(entry) }
        defer { zip_fclose(handle) }
        let size = 1 << 18
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = zip_fread(handle, buffer.baseAddress, zip_uint64_t(size))
            if count < 0 { throw damaged(entry) }
            if count == 0 { return }
            total += Int(count)
            unpacked += Int(count)
            if total > ZipArchive.entryLimit || unpacked > ZipArchive.totalLimit { throw bomb() }
            if Double(total) > ZipArchive.ratioLimit * Double(max(status.comp_size, 1)), total > 20_000_000 { throw bomb() }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
        }
    }
}
