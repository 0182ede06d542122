/// The three answers Junheng gives, and `measured` where no rule asks for one: neither a missing input nor a missing
/// threshold is ever a pass.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    case met
    case notMet
    case insufficient
    /// There is a number, but no rule to hold it against.
    case measured

    public var label: LocalizedText {
        switch self {
        case .met: LocalizedText(zh: "达标", en: "Met")
        case .notMet: LocalizedText(zh: "不达标", en: "Not met")
        case .insufficient: LocalizedText(zh: "资料不足", en: "Insufficient data")
        case .measured: LocalizedText(zh: "只测不判", en: "Measured only")
        }
    }

    /// Every part must hold: one failure decides, otherwise one gap leaves the question open. What is only measured has
    /// no say; where nothing else is there, the whole is only measured.
    public static func all(_ verdicts: some Sequence<Verdict>) -> Verdict {
        var result = Verdict.measured
        for verdict in verdicts {
            switch verdict {
            case .notMet: return .notMet
            case .insufficient: result = .insufficient
            case .met: if result == .measured { result = .met }
            case .measured: break
            }
        }
        return result
    }
}
