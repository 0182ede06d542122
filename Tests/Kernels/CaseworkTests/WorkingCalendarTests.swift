import Testing
import Vocabulary

@Suite("工作日") struct WorkingCalendarTests {
    private let calendar = WorkingCalendar([
        WorkingCalendar.Year(
            year: 2026, document: "国办发明电〔2025〕7号",
            holidays: Set((1...7).map { Day(year: 2026, month: 10, day: $0) }),
            workdays: [Day(year: 2026, month: 9, day: 20), Day(year: 2026, month: 10, day: 10)])
    ])

    @Test("日数与星期") func days() {
        #expect(Day(year: 1970, month: 1, day: 1).ordinal == 0)
        #expect(Day(year: 2026, month: 11, day: 26).weekday == 4)
        for ordinal in stride(from: -800_000, through: 80_000, by: 13) { #expect(Day(ordinal: ordinal).ordinal == ordinal) }
        #expect(Day(year: 2024, month: 2, day: 28).adding(days: 2) == Day(year: 2024, month: 3, day: 1))
    }

    @Test("国庆前三个工作日，跨过假期和调休") func acrossHoliday() {
        let start = Day(year: 2026, month: 9, day: 30)
        // 8、9 October are Thursday and Friday, 10 October a working Saturday.
        #expect(calendar.day(3, workingDaysAfter: start) == .init(day: Day(year: 2026, month: 10, day: 10), isProvisional: false))
        #expect(calendar.day(1, workingDaysBefore: Day(year: 2026, month: 10, day: 8)) == start)
        #expect(calendar.workingDays(after: start, through: Day(year: 2026, month: 10, day: 10)) == 3)
        #expect(calendar.isWorkingDay(Day(year: 2026, month: 9, day: 20)) && !calendar.isWorkingDay(Day(year: 2026, month: 10, day: 1)))
    }

    @Test("没有公布的年份按周一至周五，并说明是暂计") func unannounced() {
        let counted = calendar.day(2, workingDaysAfter: Day(year: 2026, month: 12, day: 31))
        #expect(counted == .init(day: Day(year: 2027, month: 1, day: 4), isProvisional: true))
    }
}
