internal import Exchanges
internal import Planning

/// Makes a draft better by rings: school A gives a teacher to B, B one of the same post to C, … back to A. Giving back a teacher who
/// has been given counts as a step too. Every ring keeps all staffing; a ring that costs less than nothing is found by Bellman and Ford's
/// method over (school, kind of the teacher who arrives there).
struct CycleSearch {
    /// What a person moved costs besides, and what one short of the backbone share does.
    struct Price {
        var move = 0
        var share = 0
    }

    private struct Step {
        var arc: Int
        var isBack: Bool
    }

    private let data: RotationGroups
    /// Ports by post.
    private let portsOfPost: [[Int]]
    /// Arcs that end at a port.
    private let arriving: [[Int]]
    private var distance: [Int]
    private var arrivedBy: [Step?]
    private var cameFrom: [Int32]

    init(_ data: RotationGroups) {
        self.data = data
        var byPost = Array(repeating: [Int](), count: data.posts.count)
        for (place, port) in data.ports.enumerated() { byPost[port.post].append(place) }
        portsOfPost = byPost
        var arriving = Array(repeating: [Int](), count: data.ports.count)
        for (place, arc) in data.arcs.enumerated() { arriving[arc.port].append(place) }
        self.arriving = arriving
        distance = Array(repeating: 0, count: data.ports.count * 4)
        arrivedBy = Array(repeating: nil, count: data.ports.count * 4)
        cameFrom = Array(repeating: -1, count: data.ports.count * 4)
    }

    /// Takes rings that pay at this price until none is found in any post. True where anything changed.
    mutating func improve(_ draft: inout RotationDraft, at price: Price, isCancelled: () -> Bool) -> Bool {
        var hasChanged = false
        for post in portsOfPost.indices where !portsOfPost[post].isEmpty {
            while !isCancelled(), let ring = ring(post, draft, price), takeParts(ring, &draft, price) { hasChanged = true }
        }
        return hasChanged
    }

    private func value(_ draft: RotationDraft, _ price: Price) -> Int {
        let basis = data.problem.rules.backboneShare.basis
        return draft.cost + price.move * draft.moves + price.share * (draft.moves * basis - draft.backbones * 10_000) / 10_000
    }

    /// A ring that passes a school twice is not what it seemed: then its parts are tried.
    private func takeParts(_ ring: [Step], _ draft: inout RotationDraft, _ price: Price) -> Bool {
        if take(ring, &draft, price) { return true }
        var seen: [Int: Int] = [:]
        for (place, step) in ring.enumerated() {
            let unit = step.isBack ? data.arcs[step.arc].to : data.groups[data.arcs[step.arc].group].unit
            if let first = seen[unit] {
                let inner = Array(ring[first..<place])
                let outer = Array(ring[..<first] + ring[place...])
                let isInner = takeParts(inner, &draft, price)
                return takeParts(outer, &draft, price) || isInner
            }
            seen[unit] = place
        }
        return false
    }

    /// Takes a ring if it truly pays and breaks no limit the draft keeps.
    private func take(_ ring: [Step], _ draft: inout RotationDraft, _ price: Price) -> Bool {
        let (before, lack) = (value(draft, price), draft.lack)
        for step in ring { draft.add(step.isBack ? -1 : 1, to: step.arc) }
        let isSound = ring.allSatisfy { draft.flow[$0.arc] >= 0 && draft.room(data.arcs[$0.arc].group) >= 0 }
        if isSound, value(draft, price) < before, draft.lack <= lack, draft.moves <= data.quota.most { return true }
        for step in ring { draft.add(step.isBack ? 1 : -1, to: step.arc) }
        return false
    }

    // MARK: Finding

    /// A ring of one post that looks as if it cost less than nothing.
    private mutating func ring(_ post: Int, _ draft: RotationDraft, _ price: Price) -> [Step]? {
        let ports = portsOfPost[post]
        for port in ports {
            for kinds in 0..<4 {
                distance[port * 4 + kinds] = 0
                arrivedBy[port * 4 + kinds] = nil
                cameFrom[port * 4 + kinds] = -1
            }
        }
        for pass in 0..<40 {
            var isCalm = true
            for port in ports where relax(port, draft, price) { isCalm = false }
            if isCalm { return nil }
            if pass % 2 == 1, let ring = closed(ports) { return ring }
        }
        return nil
    }

    /// Lets every teacher who may leave a port leave it. True where some distance became shorter.
    private mutating func relax(_ port: Int, _ draft: RotationDraft, _ price: Price) -> Bool {
        let unit = data.ports[port].unit
        let isHead = data.problem.rules.heads.posts.contains(data.posts[data.ports[port].post])
        let changes = isHead ? [0, 0, 0, 0] : RingCosts.changes(data, draft, unit)
        // Cheapest arrival for each kind that leaves.
        var (best, from) = ([Int](repeating: .max, count: 4), [Int](repeating: 0, count: 4))
        for leaving in 0..<4 {
            for arriving in 0..<4 {
                let cost = distance[port * 4 + arriving] + RingCosts.swap(arriving, leaving, changes)
                if cost < best[leaving] { (best[leaving], from[leaving]) = (cost, arriving) }
            }
        }
        var isShorter = false
        for place in data.ports[port].groups {
            let group = data.groups[place]
            guard draft.room(place) > 0 else { continue }
            let extra = price.move + share(group, price)
            for number in group.arcs {
                let arc = data.arcs[number]
                let reached = best[group.kinds] + arc.cost + extra
                isShorter =
                    arrive(arc.port * 4 + group.kinds, reached, port * 4 + from[group.kinds], Step(arc: number, isBack: false)) || isShorter
            }
        }
        for number in arriving[port] where draft.flow[number] > 0 {
            let arc = data.arcs[number]
            let group = data.groups[arc.group]
            let reached = best[group.kinds] - arc.cost - price.move - share(group, price)
            isShorter =
                arrive(group.port * 4 + group.kinds, reached, port * 4 + from[group.kinds], Step(arc: number, isBack: true)) || isShorter
        }
        return isShorter
    }

    private func share(_ group: RotationGroups.Group, _ price: Price) -> Int {
        let basis = data.problem.rules.backboneShare.basis
        return price.share * (basis - (group.isBackbone ? 10_000 : 0)) / 10_000
    }

    private mutating func arrive(_ node: Int, _ reached: Int, _ from: Int, _ step: Step) -> Bool {
        guard reached < distance[node] else { return false }
        distance[node] = reached
        arrivedBy[node] = step
        cameFrom[node] = Int32(from)
        return true
    }

    /// Follows arrivals back; where they run in a ring, that ring.
    private func closed(_ ports: [Int]) -> [Step]? {
        var seen: [Int: Int] = [:]
        for port in ports {
            for kinds in 0..<4 {
                let start = port * 4 + kinds
                var node = start
                while node >= 0, seen[node] == nil {
                    seen[node] = start
                    node = Int(cameFrom[node])
                }
                guard node >= 0, seen[node] == start else { continue }
                var (steps, place) = ([Step](), node)
                repeat {
                    if let step = arrivedBy[place] { steps.append(step) }
                    place = Int(cameFrom[place])
                } while place != node && place >= 0
                if place == node { return steps.reversed() }
            }
        }
        return nil
    }
}

/// What it costs a school to gain or lose one of a kind.
enum RingCosts {
    /// Gaining and losing a backbone teacher, gaining and losing a qualified one.
    static func changes(_ data: RotationGroups, _ draft: RotationDraft, _ unit: Int) -> [Int] {
        (0..<2).flatMap { kind -> [Int] in
            let count = draft.counts[unit * 2 + kind]
            let now = data.cost(unit, kind, count)
            return [data.cost(unit, kind, count + 1) - now, data.cost(unit, kind, count - 1) - now]
        }
    }

    /// One arrives and one leaves.
    static func swap(_ arriving: Int, _ leaving: Int, _ changes: [Int]) -> Int {
        var cost = 0
        for kind in 0..<2 {
            let net = (arriving >> kind & 1) - (leaving >> kind & 1)
            if net > 0 { cost += changes[kind * 2] } else if net < 0 { cost += changes[kind * 2 + 1] }
        }
        return cost
    }
}
