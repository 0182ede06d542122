public import Foundation
public import Vocabulary

public typealias ImportID = String

/// The file somebody handed in, as it is kept.
public struct KeptFile: Hashable, Sendable, Codable {
    /// Name as the person called it.
    public var name: String
    /// SHA-256 of the bytes in hex, under which a `ReturnFiles` finds them; empty when they were not kept.
    public var digest: String
    public var size: Int

    public init(name: String, digest: String = "", size: Int = 0) {
        self.name = name
        self.digest = digest
        self.size = size
    }
}

/// How many rows an import holds, by what applying it does to the data.
public struct ImportTally: Hashable, Sendable {
    public var read = 0
    public var new = 0
    public var changed = 0
    public var unchanged = 0
    /// Rows with errors; they are never taken.
    public var refused = 0

    public init(read: Int = 0, new: Int = 0, changed: Int = 0, unchanged: Int = 0, refused: Int = 0) {
        self.read = read
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
        self.refused = refused
    }
}

/// What is known when an import begins.
public struct ImportStart: Hashable, Sendable {
    public var id: ImportID
    /// Id of the form, and the attribute that identifies its rows.
    public var form: String
    public var key: AttributeID
    public var schoolYear: SchoolYear
    /// The only county the uploader may speak for; nil for all.
    public var county: String?
    public var file: KeptFile
    public var uploader: Signature
    /// The job that reads the file, on whatever server; nil where whoever began the import reads it.
    public var job: String?

    public init(
        id: ImportID, form: String, key: AttributeID, schoolYear: SchoolYear, county: String?, file: KeptFile, uploader: Signature,
        job: String? = nil
    ) {
        self.id = id
        self.form = form
        self.key = key
        self.schoolYear = schoolYear
        self.county = county
        self.file = file
        self.uploader = uploader
        self.job = job
    }
}

/// One handed-in file on its way into the data.
public struct ImportRecord: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Rows are still coming in.
        case reading
        /// Read whole; nothing of it counts yet.
        case preview
        /// Its rows count, except where a later import replaced them.
        case applied
        /// Was applied and taken back; may be applied again.
        case undone
        /// The file as a whole could not be taken.
        case refused
        /// The program ended while reading.
        case abandoned
        /// Somebody looked at the preview and left it.
        case discarded

        public var label: LocalizedText {
            switch self {
            case .reading: LocalizedText(zh: "读取中", en: "Reading")
            case .preview: LocalizedText(zh: "待确认", en: "Preview")
            case .applied: LocalizedText(zh: "已导入", en: "Applied")
            case .undone: LocalizedText(zh: "已撤销", en: "Undone")
            case .refused: LocalizedText(zh: "未通过", en: "Refused")
            case .abandoned: LocalizedText(zh: "读取中断", en: "Interrupted")
            case .discarded: LocalizedText(zh: "已放弃", en: "Discarded")
            }
        }
    }

    public var start: ImportStart
    public var state: State
    public var tally: ImportTally
    /// Rows read so far and, where known, how many there are.
    public var progress: (done: Int, total: Int?) { (progressDone, progressTotal) }
    public var progressDone: Int
    public var progressTotal: Int?
    public var errors: Int
    public var warnings: Int
    /// When reading ended, well or badly.
    public var finishedAt: Date?
    public var applied: Signature?
    public var undone: Signature?
    /// Grows with every step; a step names the version it saw.
    public var version: Int

    public var id: ImportID { start.id }
    public var form: String { start.form }
    public var schoolYear: SchoolYear { start.schoolYear }
    public var county: String? { start.county }

    public init(
        start: ImportStart, state: State = .reading, tally: ImportTally = ImportTally(), progressDone: Int = 0, progressTotal: Int? = nil,
        errors: Int = 0, warnings: Int = 0, finishedAt: Date? = nil, applied: Signature? = nil, undone: Signature? = nil, version: Int = 1
    ) {
        self.start = start
        self.state = state
        self.tally = tally
        self.progressDone = progressDone
        self.progressTotal = progressTotal
        self.errors = errors
        self.warnings = warnings
        self.finishedAt = finishedAt
        self.applied = applied
        self.undone = undone
        self.version = version
    }
}
