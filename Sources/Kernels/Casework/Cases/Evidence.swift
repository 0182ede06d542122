public import Foundation

/// One piece of proof.
public struct Evidence: Hashable, Sendable, Codable {
    public var kind: EvidenceKind
    /// Of a photo or document.
    public var file: CaseFile?
    /// When it was taken, as the device or the picture says; nil where it does not say.
    public var takenAt: Date?
    /// Where it was taken.
    public var position: CasePosition?
    /// What was measured, in `unit`.
    public var value: Double?
    public var unit: String
    /// What it shows, in a few words.
    public var note: String

    public init(
        kind: EvidenceKind, file: CaseFile? = nil, takenAt: Date? = nil, position: CasePosition? = nil, value: Double? = nil,
        unit: String = "", note: String = ""
    ) {
        self.kind = kind
        self.file = file
        // To the second, as pictures and the store keep it.
        self.takenAt = takenAt.map { Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded()) }
        self.position = position
        self.value = value
        self.unit = unit
        self.note = note
    }
}
