public import Vocabulary

/// What kind of proof.
public enum EvidenceKind: String, Hashable, Sendable, Codable, CaseIterable {
    case photo, document, location, measurement

    public var label: LocalizedText {
        switch self {
        case .photo: LocalizedText(zh: "照片", en: "Photo")
        case .document: LocalizedText(zh: "文件", en: "Document")
        case .location: LocalizedText(zh: "定位", en: "Location")
        case .measurement: LocalizedText(zh: "实测值", en: "Measurement")
        }
    }

    /// Kept as a file.
    public var isFile: Bool { self == .photo || self == .document }
}

/// What to do with a file that is evidence in another case already.
public enum EvidenceReuse: String, Hashable, Sendable, CaseIterable {
    case allow
    /// Noted beside the event.
    case note
    case refuse
}

/// Proof an action asks for.
public struct EvidenceRule: Hashable, Sendable {
    public var kind: EvidenceKind
    public var label: LocalizedText
    /// How many pieces, each different: the same file twice is one.
    public var atLeast: Int
    /// Pieces taken before the case was opened are refused; pieces that do not say when are noted.
    public var sinceOpening: Bool
    /// Metres around the school; pieces from farther away are refused, pieces without a place are noted.
    public var within: Double?
    /// Unit of a measurement.
    public var unit: String
    /// The same file in another case.
    public var reuse: EvidenceReuse

    public init(
        kind: EvidenceKind, label: LocalizedText, atLeast: Int, sinceOpening: Bool = false, within: Double? = nil, unit: String = "",
        reuse: EvidenceReuse = .note
    ) {
        self.kind = kind
        self.label = label
        self.atLeast = atLeast
        self.sinceOpening = sinceOpening
        self.within = within
        self.unit = unit
        self.reuse = reuse
    }
}
