public import Foundation
internal import Vocabulary

/// Moments as pages show them.
public enum PageTime {
    /// Day and time by the clock of the machine: `2026年9月1日 09:05`.
    public static func text(_ date: Date) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day, .hour, .minute], from: date)
        let day = Day(year: parts.year ?? 0, month: parts.month ?? 1, day: parts.day ?? 1)
        return day.chinese + String(format: " %02d:%02d", parts.hour ?? 0, parts.minute ?? 0)
    }
}
