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
            })
    }
}
