/// The three answers Junheng gives: a missing input is never a pass.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    case met
    case notMet
    case insufficient

    public var label: LocalizedText {
        switch self {
        case .met: LocalizedText(zh: "达标", en: "Met")
        case .notMet: LocalizedText(zh: "不达标", en: "Not met")
        case .insufficient: LocalizedText(zh: "资料不足", en: "Insufficient data")
        }
    }

    /// Every part must hold: one failure decides, otherwise one gap leaves the question open.
    public static func all(_ verdicts: some Sequence<Verdict>) -> Verdict {
        var result = Verdict.met
        for verdict in verdicts {
            if verdict == .notMet { return .notMet }
            if verdict == .insufficient { result = .insufficient }
        }
        return result
    }
}
