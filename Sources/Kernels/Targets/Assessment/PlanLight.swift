public import Vocabulary

/// How a line of a plan stands. Nothing known is never a pass.
public enum PlanLight: String, Hashable, Sendable, CaseIterable {
    case done
    case onTrack
    case atRisk
    case late
    case insufficient

    public var label: LocalizedText {
        switch self {
        case .done: LocalizedText(zh: "已完成", en: "Done")
        case .onTrack: LocalizedText(zh: "推进中", en: "Under way")
        case .atRisk: LocalizedText(zh: "预警", en: "At risk")
        case .late: LocalizedText(zh: "滞后", en: "Late")
        case .insufficient: LocalizedText(zh: "资料不足", en: "Insufficient data")
        }
    }

    /// How bad, for what slipped: from done to late. 资料不足 stands beside 推进中: nothing is known to have gone wrong.
    var severity: Int {
        switch self {
        case .done: 0
        case .onTrack, .insufficient: 1
        case .atRisk: 2
        case .late: 3
        }
    }

    /// Of several lines together: one that is late decides, then a gap, then a warning.
    public static func all(_ lights: some Sequence<PlanLight>) -> PlanLight {
        let found = Set(lights)
        for light in [PlanLight.late, .insufficient, .atRisk, .onTrack] where found.contains(light) { return light }
        return found.isEmpty ? .insufficient : .done
    }
}
