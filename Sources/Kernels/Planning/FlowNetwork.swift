/// A network with capacities, costs and supplies, all whole, and its cheapest flow: shortest paths one after another, with potentials.
public struct FlowNetwork: Sendable {
    /// Arcs in pairs: an even one and its way back.
    private var heads: [Int32] = []
    private var rooms: [Int] = []
    private var costs: [Int] = []
    private var leaving: [[Int32]]
    /// What each node has to give away; below zero what it needs.
    public var supply: [Int]

    public init(nodes: Int) {
        leaving = Array(repeating: [], count: nodes)
        supply = Array(repeating: 0, count: nodes)
    }

    /// Adds an arc and returns its number. `capacity` is not negative.
    @discardableResult public mutating func arc(_ from: Int, _ to: Int, capacity: Int, cost: Int) -> Int {
        leaving[from].append(Int32(heads.count))
        heads.append(Int32(to))
        rooms.append(capacity)
        costs.append(cost)
        leaving[to].append(Int32(heads.count))
        heads.append(Int32(from))
        rooms.append(0)
        costs.append(-cost)
        return heads.count / 2 - 1
    }

    /// The flow of every arc; nil where the supplies cannot be sent.
    public func cheapest() -> [Int]? { proved()?.flows }

    /// The cheapest flow with prices of the nodes, by which `bound` is what it costs: nobody need believe the search.
    /// Nil too where it was cancelled.
    public func proved(isCancelled: () -> Bool = { false }) -> (flows: [Int], prices: [Int])? {
        var work = Work(network: self)
        guard work.run(isCancelled) else { return nil }
        return (stride(from: 1, to: heads.count, by: 2).map { work.rooms[$0] }, work.potential)
    }

    /// What a flow costs.
    public func cost(_ flows: [Int]) -> Int { flows.indices.reduce(0) { $0 + flows[$1] * costs[2 * $1] } }

    /// No flow costs less, whatever the prices: every arc is filled that pays at them, and no other.
    public func bound(_ prices: [Int]) -> Int? {
        guard prices.count == supply.count else { return nil }
        var sum = supply.indices.reduce(0) { $0 - supply[$1] * prices[$1] }
        for arc in stride(from: 0, to: heads.count, by: 2) {
            let paid = costs[arc] + prices[Int(heads[arc ^ 1])] - prices[Int(heads[arc])]
            sum += rooms[arc] * Swift.min(0, paid)
        }
        return sum
    }

    /// Whether a flow keeps to every capacity and sends every supply.
    public func carries(_ flows: [Int]) -> Bool {
        guard flows.count * 2 == heads.count else { return false }
        var rest = supply
        for (place, flow) in flows.enumerated() {
            guard (0...rooms[2 * place]).contains(flow) else { return false }
            rest[Int(heads[2 * place + 1])] -= flow
            rest[Int(heads[2 * place])] += flow
        }
        return rest.allSatisfy { $0 == 0 }
    }

    private struct Work {
        let network: FlowNetwork
        var rooms: [Int]
        var excess: [Int]
        var potential: [Int]

        init(network: FlowNetwork) {
            self.network = network
            rooms = network.rooms
            excess = network.supply
            potential = Array(repeating: 0, count: network.supply.count)
        }

        mutating func run(_ isCancelled: () -> Bool) -> Bool {
            guard excess.reduce(0, +) == 0 else { return false }
            // Arcs that pay are filled first; then no way costs less than nothing.
            for arc in rooms.indices where network.costs[arc] < 0 && rooms[arc] > 0 {
                let amount = rooms[arc]
                excess[Int(network.heads[arc ^ 1])] -= amount
                excess[Int(network.heads[arc])] += amount
                rooms[arc] = 0
                rooms[arc ^ 1] += amount
            }
            for node in excess.indices { while excess[node] > 0 { if isCancelled() || !send(from: node) { return false } } }
            return true
        }

        /// One shortest way to a node in need; false where none can be reached.
        private mutating func send(from start: Int) -> Bool {
            var distance = [Int](repeating: .max, count: excess.count)
            var arrived = [Int32](repeating: -1, count: excess.count)
            var settled = [Bool](repeating: false, count: excess.count)
            var heap = NodeHeap()
            distance[start] = 0
            heap.push(0, start)
            var end: Int?
            while let (cost, node) = heap.pop() {
                if settled[node] { continue }
                settled[node] = true
                if excess[node] < 0 {
                    end = node
                    break
                }
                for arc in network.leaving[node] where rooms[Int(arc)] > 0 {
                    let next = Int(network.heads[Int(arc)])
                    let reached = cost + network.costs[Int(arc)] + potential[node] - potential[next]
                    guard reached < distance[next] else { continue }
                    distance[next] = reached
                    arrived[next] = arc
                    heap.push(reached, next)
                }
            }
            guard let end else { return false }
            for node in excess.indices { potential[node] += Swift.min(distance[node], distance[end]) }
            var (amount, node) = (Swift.min(excess[start], -excess[end]), end)
            while node != start {
                amount = Swift.min(amount, rooms[Int(arrived[node])])
                node = Int(network.heads[Int(arrived[node]) ^ 1])
            }
            node = end
            while node != start {
                let arc = Int(arrived[node])
                rooms[arc] -= amount
                rooms[arc ^ 1] += amount
                node = Int(network.heads[arc ^ 1])
            }
            excess[start] -= amount
            excess[end] += amount
            return true
        }
    }
}

/// The nearest node first; nodes as near as each other by their number, so that runs repeat themselves.
private struct NodeHeap {
    private var items: [(cost: Int, node: Int)] = []

    mutating func push(_ cost: Int, _ node: Int) {
        items.append((cost, node))
        var place = items.count - 1
        while place > 0, items[place] < items[(place - 1) / 2] {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func pop() -> (Int, Int)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < items.count && items[child] < items[least] { least = child }
            if least == place { return first }
            items.swapAt(place, least)
            place = least
        }
    }
}
