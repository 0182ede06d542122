internal import Casework
internal import DemoCity
internal import Indicators
internal import Shortfalls
internal import Vocabulary

extension FillDemoCases {
    /// Shortfalls of the year before that today's data do not have any more: ordered in the autumn, done, re-measured, written off.
    func writtenOff(_ county: String, _ before: Evaluated, _ now: Evaluated, first: Int) async throws {
        let gone = (before.result.county(county)?.shortfalls ?? []).filter { gap in
            gap.stage != nil && gap.isBinding
                && now.result.standing(ShortfallKey(gap, standard: FillDemoCases.standard))?.verdict == .met
        }
        let start = Day(year: now.result.schoolYear.start, month: 9, day: 8)
        for (number, gap) in gone.prefix(8).enumerated() {
            guard let item = try await order(gap, county, before, on: start.adding(days: number), coOwned: false) else { continue }
            try await progress(item, number: first + number, steps: 4, now.evaluation.schools)
        }
    }

    /// Shortfalls of today, ordered over the last months; how far each has come depends on how long ago that was.
    func underWay(_ county: String, _ now: Evaluated, first: Int) async throws {
        let gaps = (now.result.county(county)?.shortfalls ?? []).filter { $0.stage != nil && $0.isBinding }
        let every = Swift.max(1, gaps.count / 10)
        let chosen = stride(from: 0, to: gaps.count, by: every).prefix(10).map { gaps[$0] }
        for (number, gap) in chosen.enumerated() {
            let daysAgo = [3, 12, 45, 70, 8, 30, 1, 90, 55, 20][number % 10]
            let day = today.adding(days: -daysAgo)
            guard let item = try await order(gap, county, now, on: day, coOwned: number % 3 == 2) else { continue }
            try await progress(item, number: first + number, steps: [0, 1, 2, 3, 1, 1, 0, 3, 5, 1][number % 10], now.evaluation.schools)
        }
    }

    private func order(_ gap: Shortfall, _ county: String, _ evaluated: Evaluated, on day: Day, coOwned: Bool) async throws -> Case? {
        let coOwners = coOwned ? [CaseUnit(role: "county.supervisor", county: county)] : []
        // 分: what is missing where it is money, else so much for each.
        let each = gap.unit == "万元" ? 1_000_000.0 : 100_000
        let order = OpenRectifications.Order(
            coOwners: coOwners, finishBy: day.adding(days: 120), money: gap.unit == "人" ? nil : Int((gap.needed ?? 1) * each))
        let key = ShortfallKey(gap, standard: FillDemoCases.standard)
        let outcome = try await OpenRectifications(office).run(
            [key], in: evaluated, order, by: officer(county), at: date(day), today: day)
        return outcome.first?.opened
    }

    /// 0 ordered, 1 accepted, 2 reported, 3 signed, 4 written off, 5 given back after the report.
    private func progress(_ opened: Case, number: Int, steps: Int, _ table: ReturnTable) async throws {
        let (pace, head, officer) = (work.pace(number), head(opened.place), officer(opened.place.county ?? ""))
        let day = opened.openedDay
        guard steps > 0 else { return }
        let promise: [String: FieldValue] = ["promisedDate": .date(day.adding(days: 75))]
        guard var item = try await step(opened, "accept", head, on: day.adding(days: pace.accepted), answers: promise), steps > 1 else {
            return
        }
        let reported = day.adding(days: pace.reported)
        guard reported <= today else { return }
        let answers: [String: FieldValue] = [
            "done": .text("已按整改要求完成，附现场照片"), "complete": .yesNo(true), "spent": opened.answers["money"] ?? .money(0),
        ]
        let photos = try await photos(2, number * 2, item, on: reported, table)
        guard let sent = try await step(item, "report", head, on: reported, answers: answers, evidence: photos) else { return }
        item = sent
        if steps == 5 {
            let again: [String: FieldValue] = ["promisedDate": .date(reported.adding(days: 40))]
            _ = try await step(
                item, "giveBack", officer, on: reported.adding(days: 1), answers: again, reason: "照片看不清是否全部完成，请补充后重新上报")
            return
        }
        guard steps > 2, let signed = try await step(item, "sign", head, on: day.adding(days: pace.signed)) else { return }
        item = signed
        if !item.coOwners.isEmpty, item.state == "signing" {
            guard let both = try await step(item, "sign", officer, on: day.adding(days: pace.signed)) else { return }
            item = both
        }
        guard steps > 3 else { return }
        _ = try await step(item, "confirm", officer, on: day.adding(days: pace.closed))
    }
}
