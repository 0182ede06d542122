import Foundation
import Logging
import Synchronization
import Testing

@testable import Operations

@Suite("看守服务器") struct OperationsTests {
    @Test("指标按 Prometheus 文本格式写出，桶是累计的") func metrics() {
        let metrics = Metrics()
        for (seconds, status) in [(0.004, 200), (0.02, 200), (0.02, 404), (99, 200)] {
            metrics.begin()
            metrics.end(.init(method: "GET", route: "/counties/:county", status: status), seconds: seconds)
        }
        metrics.begin()
        let text = metrics.text([Gauge("g", help: "line\nbreak", [([("name", "a\"b\\c\nd")], 1.5)])])
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.contains("junheng_http_requests_total{method=\"GET\",route=\"/counties/:county\",status=\"200\"} 3"))
        #expect(lines.contains("junheng_http_requests_total{method=\"GET\",route=\"/counties/:county\",status=\"404\"} 1"))
        #expect(lines.contains("junheng_http_request_duration_seconds_bucket{route=\"/counties/:county\",le=\"0.005\"} 1"))
        #expect(lines.contains("junheng_http_request_duration_seconds_bucket{route=\"/counties/:county\",le=\"0.025\"} 3"))
        #expect(lines.contains("junheng_http_request_duration_seconds_bucket{route=\"/counties/:county\",le=\"10\"} 3"))
        #expect(lines.contains("junheng_http_request_duration_seconds_bucket{route=\"/counties/:county\",le=\"+Inf\"} 4"))
        #expect(lines.contains("junheng_http_request_duration_seconds_count{route=\"/counties/:county\"} 4"))
        #expect(lines.contains("junheng_http_requests_in_flight 1"))
        #expect(lines.contains("# HELP g line\\nbreak"))
        #expect(lines.contains("g{name=\"a\\\"b\\\\c\\nd\"} 1.5"))
    }

    @Test("每条日志是一行 JSON，元数据冒充不了时间和级别") func logs() throws {
        let lines = Mutex<[Data]>([])
        let write: @Sendable (Data) -> Void = { line in lines.withLock { $0.append(line) } }
        var logger = Logger(label: "test") { _ in JSONLines(level: .info, now: { Date(timeIntervalSince1970: 0) }, write: write) }
        logger[metadataKey: "hb.request.id"] = "7"
        logger.info("two\nlines", metadata: ["level": "fake", "route": "/a\"b"])
        logger.debug("below the level")
        let written = lines.withLock { $0 }
        #expect(written.count == 1)
        let line = String(decoding: written[0], as: UTF8.self)
        #expect(line.hasSuffix("\n") && line.dropLast().contains("\n") == false)
        let fields = try JSONDecoder().decode([String: String].self, from: written[0])
        #expect(fields["level"] == "info" && fields["message"] == "two\nlines" && fields["request"] == "7" && fields["route"] == "/a\"b")
        #expect(fields["time"] == "1970-01-01T00:00:00.000Z")
    }

    @Test("只信指定代理说的客户端地址") func proxies() {
        let proxies = TrustedProxies(["10.0.0.1", "::1"])
        #expect(proxies.client(peer: "203.0.113.9", forwardedFor: "1.2.3.4") == "203.0.113.9")
        #expect(proxies.client(peer: "10.0.0.1", forwardedFor: "9.9.9.9, 1.2.3.4") == "1.2.3.4")
        #expect(proxies.client(peer: "::ffff:10.0.0.1", forwardedFor: "1.2.3.4, 10.0.0.1") == "1.2.3.4")
        #expect(proxies.client(peer: "10.0.0.1", forwardedFor: nil) == "10.0.0.1")
        #expect(proxies.scheme(peer: "203.0.113.9", forwardedProto: "https") == nil)
        #expect(proxies.scheme(peer: "::1", forwardedProto: "HTTPS") == "https")
        #expect(proxies.scheme(peer: "::1", forwardedProto: "javascript") == nil)
    }

    @Test("本机地址认得出") func loopback() {
        for address in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] { #expect(TrustedProxies.isLoopback(address), "\(address)") }
        for address in ["10.0.0.1", "128.0.0.1", "127.evil.example", nil] { #expect(!TrustedProxies.isLoopback(address)) }
    }
}
