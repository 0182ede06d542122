/// A pairing with different loads in the making.
struct WeightedDraft {
    private let table: PairingTable
    private var chosen: [Int]
    private var room: [Int]
    private var places: [Int]
    private var led: [[Int]]

    /// Gives leads the members they want, those first that are worth most beyond their worths, where there is room.
    init(_ table: PairingTable, wanted: [[Int]], worths: [Int]) {
        self.table = table
        chosen = table.members.map { _ in -1 }
        room = table.capacities
        places = table.leads.map { _ in table.places }
        led = table.leads.map { _ in [] }
        var pairs = wanted.enumerated().flatMap { member, leads in
            leads.map { (value: table.points[member * table.capacities.count + $0] - worths[member], member: member, lead: $0) }
        }
        pairs.sort { ($1.value, $0.member, $0.lead) < ($0.value, $1.member, $1.lead) }
        for pair in pairs where chosen[pair.member] < 0 && fits(pair.member, pair.lead) { put(pair.member, pair.lead) }
    }

    /// `PairingTable.none` where the two may not pair.
    private func gain(_ member: Int, _ lead: Int) -> Int { table.points[member * room.count + lead] }

    private func fits(_ member: Int, _ lead: Int) -> Bool {
        places[lead] > 0 && room[lead] >= table.loads[member] && gain(member, lead) != PairingTable.none
    }

    private mutating func put(_ member: Int, _ lead: Int) {
        take(member)
        chosen[member] = lead
        room[lead] -= table.loads[member]
        places[lead] -= 1
        led[lead].append(member)
    }

    private mutating func take(_ member: Int) {
        let lead = chosen[member]
        guard lead >= 0 else { return }
        room[lead] += table.loads[member]
        places[lead] += 1
        led[lead].removeAll { $0 == member }
        chosen[member] = -1
    }

    /// Nil where somebody finds no lead. Thorough: also chains of three.
    mutating func finished(isThorough: Bool) -> [Int]? {
        // The heaviest come first.
        let left = table.members.filter { chosen[$0] < 0 }.sorted { (table.loads[$1], $0) < (table.loads[$0], $1) }
        for member in left where !seat(member) { return nil }
        while better() || isThorough && chained() {}
        return chosen
    }

    private mutating func seat(_ member: Int) -> Bool {
        let open = table.leads.filter { fits(member, $0) }
        if let lead = open.max(by: { (gain(member, $0), $1) < (gain(member, $1), $0) }) {
            put(member, lead)
            return true
        }
        // Somebody makes room by moving on: whoever loses least.
        var (least, step) = (Int.min, nil as (other: Int, away: Int, lead: Int)?)
        for lead in table.leads where gain(member, lead) != PairingTable.none {
            for other in led[lead] where room[lead] + table.loads[other] >= table.loads[member] {
                for away in table.leads where away != lead && fits(other, away) {
                    let value = gain(member, lead) + gain(other, away) - gain(other, lead)
                    if value > least { (least, step) = (value, (other, away, lead)) }
                }
            }
        }
        guard let step else { return false }
        put(step.other, step.away)
        put(member, step.lead)
        return true
    }

    // MARK: Steps that gain

    /// One round of moves and swaps; whether any brought something.
    private mutating func better() -> Bool {
        var isBetter = false
        for member in table.members {
            var (lead, most) = (-1, gain(member, chosen[member]))
            for other in table.leads where gain(member, other) > most && other != chosen[member] && fits(member, other) {
                (lead, most) = (other, gain(member, other))
            }
            if lead >= 0 {
                put(member, lead)
                isBetter = true
            }
            for other in member + 1..<Swift.max(member + 1, chosen.count) where swap(member, other) { isBetter = true }
        }
        return isBetter
    }

    private mutating func swap(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (chosen[one], chosen[other])
        guard a != b else { return false }
        // Gains that may not be lie so far down that no sum with one is a gain.
        guard gain(one, b) + gain(other, a) > gain(one, a) + gain(other, b) else { return false }
        let difference = table.loads[one] - table.loads[other]
        guard room[a] + difference >= 0, room[b] - difference >= 0 else { return false }
        take(one)
        put(other, a)
        put(one, b)
        return true
    }

    /// A member takes the place of another, which goes to a third lead or to where the first came from.
    private mutating func chained() -> Bool {
        var isBetter = false
        for member in table.members {
            for lead in table.leads where lead != chosen[member] && gain(member, lead) != PairingTable.none {
                let rise = gain(member, lead) - gain(member, chosen[member])
                guard let step = onward(member, lead, rise) else { continue }
                take(member)
                put(step.other, step.away)
                put(member, lead)
                isBetter = true
            }
        }
        return isBetter
    }

    private func onward(_ member: Int, _ lead: Int, _ rise: Int) -> (other: Int, away: Int)? {
        for other in led[lead] where room[lead] + table.loads[other] >= table.loads[member] {
            let least = gain(other, lead) - rise
            for away in table.leads where away != lead && gain(other, away) > least {
                let isHome = away == chosen[member]
                if isHome ? room[away] + table.loads[member] >= table.loads[other] : fits(other, away) { return (other, away) }
            }
        }
        return nil
    }
}
