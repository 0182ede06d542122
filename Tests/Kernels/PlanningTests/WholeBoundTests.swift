import Planning
import Testing

@Suite("整数问题的下界和最省的流") struct WholeBoundTests {
    @Test("任何乘子给出的下界都不超过最优值；好的乘子给出最优值") func bound() {
        // min 2x + 3y, x + y ≥ 4, 0 ≤ x ≤ 3, 0 ≤ y ≤ 9: optimum 2·3 + 3·1 = 9.
        var model = LinearModel()
        let x = model.column("x", 0, 3, cost: 0.2), y = model.column("y", 0, 9, cost: 0.3)
        model.row("sum", [.init(x, 1), .init(y, 1)], atLeast: 4)
        func lower(_ multiplier: Double) -> Int? { WholeBound.lower(model, costs: [2, 3], unit: 10, multipliers: [multiplier]) }
        #expect(lower(0.3) == 9)
        for multiplier in [-5, -0.1, 0, 0.1, 0.25, 0.299, 0.31, 2, 1e6] {
            #expect(lower(multiplier).map { $0 <= 9 } ?? true, "\(multiplier)")
        }
        #expect(WholeBound.lower(model, costs: [2], unit: 10, multipliers: [0.3]) == nil)
    }

    @Test("半个人不算整数，不给下界") func halves() {
        var model = LinearModel()
        let x = model.column("x", 0, 3, cost: 1)
        model.row("half", [.init(x, 1)], atLeast: 0.5)
        #expect(WholeBound.lower(model, costs: [1], unit: 1, multipliers: [1]) == nil)
    }

    @Test("指派：与逐一试遍相同，费用可为负") func assignment() throws {
        var state: UInt64 = 9
        func roll() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % 41 - 20
        }
        for _ in 0..<40 {
            let costs = (0..<4).map { _ in (0..<4).map { _ in roll() } }
            var network = FlowNetwork(nodes: 8)
            var arcs: [[Int]] = []
            for worker in 0..<4 {
                network.supply[worker] = 1
                network.supply[4 + worker] = -1
                arcs.append((0..<4).map { network.arc(worker, 4 + $0, capacity: 1, cost: costs[worker][$0]) })
            }
            let flow = try #require(network.cheapest())
            let found = (0..<4).reduce(0) { sum, worker in sum + (0..<4).reduce(0) { $0 + flow[arcs[worker][$1]] * costs[worker][$1] } }
            var best = Int.max
            for a in 0..<4 {
                for b in 0..<4 where b != a {
                    for c in 0..<4 where c != a && c != b {
                        best = min(best, costs[0][a] + costs[1][b] + costs[2][c] + costs[3][6 - a - b - c])
                    }
                }
            }
            #expect(found == best)
            // The prices prove it; any others only bound it from below, and a flow that sends too much is none.
            let proof = try #require(network.proved())
            #expect(network.cost(proof.flows) == best && network.bound(proof.prices) == best && network.carries(proof.flows))
            #expect((network.bound((0..<8).map { _ in roll() }) ?? .max) <= best)
            #expect(network.bound([1]) == nil && !network.carries(proof.flows.map { $0 + 1 }))
        }
    }

    @Test("送不到的就说没有") func unreachable() {
        var network = FlowNetwork(nodes: 3)
        network.arc(0, 1, capacity: 1, cost: 1)
        network.supply = [2, -2, 0]
        #expect(network.cheapest() == nil)
    }
}
