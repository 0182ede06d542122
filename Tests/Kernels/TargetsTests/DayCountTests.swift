import Testing
import Vocabulary

@testable import Targets

@Suite("日子的算法") struct DayCountTests {
    @Test("跨闰年、跨世纪数得对，加减互为逆") func counting() {
        #expect(Day(year: 2023, month: 12, day: 31).days(until: Day(year: 2024, month: 3, day: 1)) == 61)
        #expect(Day(year: 1900, month: 2, day: 28).days(until: Day(year: 1900, month: 3, day: 1)) == 1)
        #expect(Day(year: 2000, month: 2, day: 28).days(until: Day(year: 2000, month: 3, day: 1)) == 2)
        for step in [-800, -366, -31, -1, 0, 1, 29, 365, 366, 4_000] {
            let day = Day(year: 2024, month: 2, day: 29).adding(step)
            #expect(Day(year: 2024, month: 2, day: 29).days(until: day) == step, "\(step): \(day)")
        }
    }

    @Test("一周从星期一开始") func weeks() {
        // 2026年11月26日是星期四。
        #expect(Day(year: 2026, month: 11, day: 26).monday == Day(year: 2026, month: 11, day: 23))
        #expect(Day(year: 2026, month: 11, day: 23).monday == Day(year: 2026, month: 11, day: 23))
        #expect(Day(year: 2026, month: 11, day: 29).monday == Day(year: 2026, month: 11, day: 23))
    }
}
