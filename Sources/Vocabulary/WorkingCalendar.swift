/// The working days of Chinese offices: Monday to Friday, but for the holidays and the working weekends (调休) that the
/// State Council's office announces for each year. Which days they are is catalogue data; a year nobody has entered counts
/// Monday to Friday, and whatever is counted over it is provisional.
public struct WorkingCalendar: Hashable, Sendable {
    /// The announced days of one calendar year.
    public struct Year: Hashable, Sendable {
        public var year: Int
        /// The document that announces them, such as 国办发明电〔2025〕7号.
        public var document: String
        public var holidays: Set<Day>
        /// Weekend days on which offices work.
        public var workdays: Set<Day>

        public init(year: Int, document: String, holidays: Set<Day>, workdays: Set<Day>) {
            self.year = year
            self.document = document
            self.holidays = holidays
            self.workdays = workdays
        }
    }

    /// A day that was counted to.
    public struct Counted: Hashable, Sendable {
        public var day: Day
        /// A year was crossed whose holidays are not entered: the day may still move.
        public var isProvisional: Bool

        public init(day: Day, isProvisional: Bool) {
            self.day = day
            self.isProvisional = isProvisional
        }
    }

    public private(set) var years: [Int: Year]

    public init(_ years: [Year] = []) { self.years = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { $1 }) }

    public func isAnnounced(_ day: Day) -> Bool { years[day.year] != nil }

    public func isWorkingDay(_ day: Day) -> Bool {
        if let year = years[day.year] {
            if year.holidays.contains(day) { return false }
            if year.workdays.contains(day) { return true }
        }
        return day.weekday <= 5
    }

    /// The working day that is `count` working days after `start`, which itself does not count (民法典 the day of the event
    /// is left out). With 0 it is `start`, or the next working day where `start` is none.
    public func day(_ count: Int, workingDaysAfter start: Day) -> Counted {
        var (day, left, isProvisional) = (start, count, !isAnnounced(start))
        while left > 0 || !isWorkingDay(day) {
            day = day.adding(days: 1)
            if !isAnnounced(day) { isProvisional = true }
            if isWorkingDay(day) { left -= 1 }
        }
        return Counted(day: day, isProvisional: isProvisional)
    }

    /// The working day that is `count` working days before `end`.
    public func day(_ count: Int, workingDaysBefore end: Day) -> Day {
        var (day, left) = (end, count)
        while left > 0 {
            day = day.adding(days: -1)
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }

    /// Working days after `start` up to and with `end`; 0 where `end` is not later.
    public func workingDays(after start: Day, through end: Day) -> Int {
        guard start < end else { return 0 }
        return (start.ordinal + 1...end.ordinal).count { isWorkingDay(Day(ordinal: $0)) }
    }
}
