public import Foundation

/// Where else a file is evidence.
public struct EvidenceUse: Hashable, Sendable {
    /// Numbers of the cases whoever acts may see.
    public var numbers: [String]
    /// Cases in all.
    public var count: Int

    public init(numbers: [String], count: Int) {
        self.numbers = numbers
        self.count = count
    }

    /// `某项〔2026〕3号和您看不到的2件`
    var words: String {
        let hidden = count - numbers.count
        let known = numbers.prefix(3).joined(separator: "、") + (numbers.count > 3 ? "等\(numbers.count)件" : "")
        if hidden == 0 { return known }
        return known.isEmpty ? "别的办件" : "\(known)和您看不到的\(hidden)件"
    }
}

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
