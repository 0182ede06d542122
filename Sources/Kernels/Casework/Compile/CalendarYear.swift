internal import Definitions
internal import Vocabulary

extension WorkingCalendar.Year {
    /// One year as announced:
    ///
    ///     calendar: "2026"
    ///     document: 国办发明电〔2025〕7号
    ///     holidays: [ { name: 元旦, from: 2026-01-01, until: 2026-01-03 } ]
    ///     workdays: [ 2026-01-04 ]
    init?(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(["calendar", "document", "holidays", "workdays"], log)
        guard let year = Int(definition.id), (1990...2200).contains(year) else {
            log.error("calendar.year", at: body.place, "calendar 后面写年份，如 \"2026\"")
            return nil
        }
        var holidays: Set<Day> = []
        for entry in body.required("holidays", log)?.list ?? [] {
            entry.only(["name", "from", "until"], log)
            _ = entry.requiredText("name", log)
            guard let from = entry.day("from", log), let until = entry["until"] == nil ? from : entry.day("until", log) else { continue }
            guard from <= until, until.ordinal - from.ordinal < 31 else {
                log.error("calendar.span", at: entry.place, "假期从\(from.chinese)到\(until.chinese)，请核对先后")
                continue
            }
            for ordinal in from.ordinal...until.ordinal { holidays.insert(Day(ordinal: ordinal)) }
        }
        var workdays: Set<Day> = []
        for entry in body["workdays"]?.list ?? [] {
            guard let day = entry.text.flatMap(Day.init(iso:)) else {
                log.error("calendar.day", at: entry.place, "调休上班日应是 \(year)-01-04 这样的日期")
                continue
            }
            if day.weekday <= 5 { log.error("calendar.workday", at: entry.place, "\(day.chinese)本来就是星期\(day.weekday)，调休上班日应是周末") }
            if holidays.contains(day) { log.error("calendar.both", at: entry.place, "\(day.chinese)又放假又上班") }
            workdays.insert(day)
        }
        for day in holidays.union(workdays) where day.year != year {
            log.error("calendar.otherYear", at: body.place, "\(day.chinese)不在\(year)年")
        }
        self.init(year: year, document: body.requiredText("document", log), holidays: holidays, workdays: workdays)
    }
}
