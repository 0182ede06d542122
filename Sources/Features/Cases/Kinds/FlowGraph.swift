internal import Casework
internal import Foundation
internal import Pages
internal import Vocabulary

/// The flow of a definition drawn: states from left to right in the order in which they can be reached, actions as arrows.
struct FlowGraph {
    private let definition: CaseDefinition
    private let current: String?
    private let columns: [[String]]
    private static let (width, height, gapX, gapY) = (104.0, 34.0, 86.0, 30.0)

    init(_ definition: CaseDefinition, current: String? = nil) {
        self.definition = definition
        self.current = current
        columns = FlowGraph.layers(definition)
    }

    /// How many steps a state is from the opening at least; ends stand last.
    private static func layers(_ definition: CaseDefinition) -> [[String]] {
        var depth = [definition.opening.state: 0]
        var queue = [definition.opening.state]
        while !queue.isEmpty {
            let state = queue.removeFirst()
            for action in definition.actions where action.from.contains(state) {
                guard let to = action.to, depth[to] == nil else { continue }
                depth[to] = (depth[state] ?? 0) + 1
                queue.append(to)
            }
        }
        let deepest = depth.values.max() ?? 0
        for state in definition.states {
            if state.isAbandoned || depth[state.id] == nil { depth[state.id] = Swift.max(deepest, 1) }
        }
        let order = definition.states.map(\.id)
        return (0...Swift.max(deepest, 1)).map { layer in order.filter { depth[$0] == layer } }.filter { !$0.isEmpty }
    }

    private func place(_ state: String) -> (x: Double, y: Double)? {
        for (x, column) in columns.enumerated() {
            guard let y = column.firstIndex(of: state) else { continue }
            return (
                12 + Double(x) * (FlowGraph.width + FlowGraph.gapX), 34 + Double(y) * (FlowGraph.height + FlowGraph.gapY)
            )
        }
        return nil
    }

    var svg: String {
        let rows = columns.map(\.count).max() ?? 1
        let wide = 24 + Double(columns.count) * (FlowGraph.width + FlowGraph.gapX) - FlowGraph.gapX
        let backs = backwards.count
        let high = 44 + Double(rows) * (FlowGraph.height + FlowGraph.gapY) + Double(backs) * 24
        var shapes =
            "<defs><marker id=\"flow-end\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"flow-head\" d=\"M0 0L8 4L0 8z\"/></marker></defs>"
        shapes += forwards.map(arrow).joined()
        let bottom = 40 + Double(rows) * (FlowGraph.height + FlowGraph.gapY)
        shapes += backwards.enumerated().map { back($1, bottom + Double($0) * 24) }.joined()
        shapes += definition.states.map(box).joined()
        return Svg.chart(Swift.max(wide, 480), high, "“\(definition.label.zh)”的流程图，文字见下表", shapes, style: "flow")
    }

    private struct Edge {
        var from: String
        var to: String
        var label: String
    }

    /// Actions that lead somewhere, those between the same two states together.
    private var edges: [Edge] {
        var labels: [String: [String]] = [:]
        var order: [(String, String)] = []
        for action in definition.actions {
            guard let to = action.to else { continue }
            // Arrows from everywhere to an abandoned end say nothing; the table below names them.
            if definition.state(to)?.isAbandoned == true, action.from.count > 2 { continue }
            for from in action.from where from != to {
                if labels["\(from)|\(to)"] == nil { order.append((from, to)) }
                labels["\(from)|\(to)", default: []].append(action.label.zh)
            }
        }
        return order.map { Edge(from: $0.0, to: $0.1, label: (labels["\($0.0)|\($0.1)"] ?? []).joined(separator: "、")) }
    }

    private func column(_ state: String) -> Int { columns.firstIndex { $0.contains(state) } ?? 0 }
    private var forwards: [Edge] { edges.filter { column($0.from) < column($0.to) } }
    private var backwards: [Edge] { edges.filter { column($0.from) >= column($0.to) } }

    private func arrow(_ edge: Edge) -> String {
        guard let from = place(edge.from), let to = place(edge.to) else { return "" }
        let (x1, y1) = (from.x + FlowGraph.width, from.y + FlowGraph.height / 2)
        let (x2, y2) = (to.x, to.y + FlowGraph.height / 2)
        let skips = column(edge.to) - column(edge.from) > 1
        // Over the boxes between, where there are some.
        let lift = skips && from.y == to.y ? 26.0 : 0
        let middle = (x1 + x2) / 2
        let path =
            lift > 0
            ? "M\(Svg.plain(x1 - 20)) \(Svg.plain(from.y))C\(Svg.plain(x1)) \(Svg.plain(from.y - lift)) \(Svg.plain(x2)) \(Svg.plain(to.y - lift)) \(Svg.plain(x2 + 20)) \(Svg.plain(to.y))"
            : "M\(Svg.plain(x1)) \(Svg.plain(y1))C\(Svg.plain(middle)) \(Svg.plain(y1)) \(Svg.plain(middle)) \(Svg.plain(y2)) \(Svg.plain(x2)) \(Svg.plain(y2))"
        let y = lift > 0 ? from.y - lift + 4 : (y1 + y2) / 2 - 5
        return "<path class=\"flow-line\" d=\"\(path)\" marker-end=\"url(#flow-end)\"/>"
            + Svg.text(middle, y, short(edge.label), anchor: "middle", style: "flow-word")
    }

    private func back(_ edge: Edge, _ y: Double) -> String {
        guard let from = place(edge.from), let to = place(edge.to) else { return "" }
        let (x1, x2) = (from.x + FlowGraph.width / 2 + 8, to.x + FlowGraph.width / 2 - 8)
        let path =
            "M\(Svg.plain(x1)) \(Svg.plain(from.y + FlowGraph.height))V\(Svg.plain(y))H\(Svg.plain(x2))V\(Svg.plain(to.y + FlowGraph.height))"
        return "<path class=\"flow-line back\" d=\"\(path)\" marker-end=\"url(#flow-end)\"/>"
            + Svg.text((x1 + x2) / 2, y - 4, short(edge.label), anchor: "middle", style: "flow-word")
    }

    private func short(_ label: String) -> String { label.count > 9 ? label.prefix(8) + "…" : label }

    private func box(_ state: CaseState) -> String {
        guard let place = place(state.id) else { return "" }
        let style = "flow-box\(state.isEnd ? " end" : "")\(state.id == current ? " here" : "")"
        return
            "<rect class=\"\(style)\" x=\"\(Svg.plain(place.x))\" y=\"\(Svg.plain(place.y))\" width=\"\(Svg.plain(FlowGraph.width))\" height=\"\(Svg.plain(FlowGraph.height))\" rx=\"3\"/>"
            + Svg.text(
                place.x + FlowGraph.width / 2, place.y + FlowGraph.height / 2 + 4, state.label.zh, anchor: "middle",
                style: state.id == current ? "flow-name here" : "flow-name")
    }
}
