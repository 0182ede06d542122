internal import API
internal import Shortfalls

extension RectificationWork {
    /// As the page of a county's shortfalls does it.
    init(_ desk: ShortfallsDesk) {
        self.init(
            list: { county, standard, year, visit in
                try await desk.shortfalls(of: county, standard: standard, year, visit).map {
                    Found(shortfall: $0.shortfall, key: $0.key, open: $0.open)
                }
            }, offices: { desk.offices($0) },
            order: { keys, county, standard, year, wish, visit in
                let order = OpenRectifications.Order(
                    coOwners: wish.coOwners, finishBy: wish.finishBy, money: wish.money, demand: wish.demand)
                return try await desk.order(keys, of: county, standard: standard, year, order, visit).map {
                    Outcome(key: $0.key, title: $0.title, opened: $0.opened, refusal: $0.refusal)
                }
            }, effects: { try await desk.reviews($0, $1).map { RectificationEffects($0) } },
            effect: { RectificationEffects(try await desk.review($0, $1, $2)) })
    }
}

extension RectificationEffects {
    fileprivate init(_ review: EffectReview) {
        self.init(
            county: review.county, year: review.year, sums: .init(EffectTally(review.lines)), open: review.open, overdue: review.overdue,
            isWhole: review.isWhole,
            items: review.groups.map { group in
                Item(
                    code: group.code, stage: group.stage, label: group.item, sums: .init(EffectTally(group.lines)),
                    cvBefore: group.cvBefore, cvNow: group.cvNow)
            },
            lines: review.lines.map { line in
                let effect = line.effect
                return Line(
                    id: line.id, number: line.number, key: line.key, school: line.school, label: line.item, closed: line.closed,
                    money: line.money, spent: line.spent, verdict: line.isMeasured ? effect.verdict : nil,
                    value: .init(before: effect.valueBefore, predicted: effect.valuePredicted, measured: effect.valueMeasured),
                    spread: .init(before: effect.cvBefore, predicted: effect.cvPredicted, measured: effect.cvMeasured),
                    share: effect.shareReached, source: effect.source, waiting: effect.waiting)
            })
    }
}

extension RectificationEffects.Sums {
    fileprivate init(_ tally: EffectTally) {
        self.init(
            closed: tally.closed, measured: tally.measured, met: tally.met, notMet: tally.notMet, insufficient: tally.insufficient,
            medianShare: tally.medianShare, money: tally.money, spent: tally.spent,
            moneyUntold: tally.moneyUntold, spentUntold: tally.spentUntold)
    }
}
