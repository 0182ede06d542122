/// Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct PrometheusText {
    private(set) var text = ""

    mutating func family(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"))\n# TYPE \(name) \(kind)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let written = labels.map { "\($0.0)=\"\(PrometheusText.escaped($0.1))\"" }.joined(separator: ",")
        text += "\(name)\(written.isEmpty ? "" : "{\(written)}") \(PrometheusText.number(value))\n"
    }

    mutating func gauge(_ gauge: Gauge) {
        family(gauge.name, gauge.kind, gauge.help)
        for (labels, value) in gauge.samples { sample(gauge.name, labels, value) }
    }

    mutating func histogram(_ route: String, _ durations: Metrics.Durations) {
        let name = "junheng_http_request_duration_seconds"
        var total = 0
        for (bound, count) in zip(Metrics.bounds, durations.counts) {
            total += count
            sample("\(name)_bucket", [("route", route), ("le", PrometheusText.number(bound))], Double(total))
        }
        total += durations.counts.last ?? 0
        sample("\(name)_bucket", [("route", route), ("le", "+Inf")], Double(total))
        sample("\(name)_sum", [("route", route)], durations.sum)
        sample("\(name)_count", [("route", route)], Double(total))
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
