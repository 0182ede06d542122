internal import Planning

/// Drafts by rings alone: what a plan without a solver consists of, and what mends one.
struct RotationRings {
    let data: RotationGroups
    let limit: Limit
    private var search: CycleSearch

    init(_ data: RotationGroups, limit: Limit) {
        self.data = data
        self.limit = limit
        search = CycleSearch(data)
    }

    /// From nobody moved: the price of a move falls until the quota is full, so that the rings that bring most come first.
    mutating func fromNothing() -> RotationDraft {
        var draft = RotationDraft(data)
        var price = 200_000_000_000
        while !limit.isOver {
            improve(&draft, CycleSearch.Price(move: price))
            if draft.moves >= data.quota.most || price == 0 { break }
            price = price > 1_000 ? price * 7 / 10 : 0
        }
        settle(&draft, around: CycleSearch.Price(move: price))
        return draft
    }

    /// Betters a draft at a price and near it, then pays for what is missing until nothing is.
    mutating func settle(_ draft: inout RotationDraft, around price: CycleSearch.Price) {
        for part in [10, 13, 8, 10] { improve(&draft, CycleSearch.Price(move: price.move * part / 10, share: price.share)) }
        var (bonus, share) = (1_000, Swift.max(1_000, price.share))
        while draft.lack > 0, !limit.isOver, bonus < 1_000_000_000_000 {
            let isShort = draft.moves < data.quota.least
            let isOver = draft.moves > data.quota.most
            improve(&draft, CycleSearch.Price(move: isShort ? -bonus : isOver ? bonus : price.move, share: share))
            (bonus, share) = (bonus * 4, share * 4)
        }
    }

    /// True where the draft changed.
    @discardableResult mutating func improve(_ draft: inout RotationDraft, _ price: CycleSearch.Price) -> Bool {
        let limit = limit
        return search.improve(&draft, at: price) { limit.isOver }
    }

    /// The prices a relaxation's multipliers put on a move and on the backbone share.
    func price(of model: RotationModel, _ answer: LinearSolution) -> CycleSearch.Price {
        var price = CycleSearch.Price()
        for (row, multiplier) in zip(model.linear.rows, answer.rowDuals) where multiplier.isFinite {
            let whole = Int((multiplier * RotationModel.unit).rounded())
            if row.name == "quota" { price.move = -whole }
            if row.name == "backbone" { price.share = Swift.max(0, whole * 10_000) }
        }
        return price
    }
}
