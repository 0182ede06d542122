extension UnitMatching {
    /// Members outbid each other for places until all have one, first in large steps of price and then in ever smaller ones: at the end
    /// nobody could gain more than one point by changing. (Bertsekas's auction with scaled steps.)
    ///
    /// Stops without an answer where members bid on and on, as they do where there is not enough room: what has been paid stays valid.
    mutating func bid() {
        let spread = table.spread
        var step = Swift.max(1, spread / 32)
        var offers = [Int](repeating: 0, count: count)
        var patience = 100 * count
        while true {
            for member in 0..<count where chosen[member] >= 0 {
                offers[member] = prices[chosen[member]]
                if best(member).value > left(member, chosen[member]) + step { release(member) }
            }
            var waiting = (0..<count).filter { chosen[$0] < 0 }
            while let member = waiting.popLast() {
                patience -= 1
                let choice = best(member)
                guard patience > 0, choice.value > PairingTable.none / 2 else { return }
                // Who has only one lead would bid without end.
                let rise = Swift.min(choice.value - choice.next, 2 * spread) + step
                offers[member] = prices[choice.lead] + rise
                if let outbid = take(member, choice.lead, offers) { waiting.append(outbid) }
            }
            if step == 1 { return }
            step = Swift.max(1, step / 4)
        }
    }

    /// Gives the member a place, and answers who loses one. The price of a full lead is the lowest offer it holds.
    private mutating func take(_ member: Int, _ lead: Int, _ offers: [Int]) -> Int? {
        var outbid: Int?
        if led[lead].count == rooms[lead], let place = led[lead].indices.min(by: { offers[led[lead][$0]] < offers[led[lead][$1]] }) {
            outbid = led[lead].remove(at: place)
        }
        if let outbid { chosen[outbid] = -1 }
        led[lead].append(member)
        chosen[member] = lead
        if led[lead].count == rooms[lead] { prices[lead] = led[lead].reduce(Int.max) { Swift.min($0, offers[$1]) } }
        return outbid
    }
}
