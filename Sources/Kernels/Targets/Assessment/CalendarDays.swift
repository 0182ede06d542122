public import Vocabulary

/// Counting in days, without a clock or time zone.
extension Day {
    /// Days since 1 March of the year 0, by the Gregorian calendar.
    public var count: Int {
        let y = month <= 2 ? year - 1 : year
        let m = month <= 2 ? month + 9 : month - 3
        return y * 365 + floor(y, 4) - floor(y, 100) + floor(y, 400) + (m * 306 + 5) / 10 + day - 1
    }

    /// Days from this day to another; negative for one before.
    public func days(until other: Day) -> Int { other.count - count }

    /// The day so many days later.
    public func adding(_ days: Int) -> Day {
        let wanted = count + days
        // Close enough to begin with, then step by step.
        var year = year + days / 366
        while Day(year: year + 1, month: 1, day: 1).count <= wanted { year += 1 }
        while Day(year: year, month: 1, day: 1).count > wanted { year -= 1 }
        var month = 1
        while month < 12, Day(year: year, month: month + 1, day: 1).count <= wanted { month += 1 }
        return Day(year: year, month: month, day: wanted - Day(year: year, month: month, day: 1).count + 1)
    }

    /// The Monday of its week.
    public var monday: Day { adding(-weekday) }

    /// 0 for Monday to 6 for Sunday. 1 March of the year 0 was a Wednesday.
    var weekday: Int { ((count + 2) % 7 + 7) % 7 }

    private func floor(_ number: Int, _ by: Int) -> Int { number >= 0 ? number / by : -((by - 1 - number) / by) }
}
