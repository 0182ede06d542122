import Foundation
import Testing
import Vocabulary

@testable import Outbound

@Suite("向外的请求") struct OutboundTests {
    private func client(_ change: (inout OutboundLimits) -> Void = { _ in }) -> OutboundClient {
        var limits = OutboundLimits()
        limits.networks = ["127.0.0.0/8"].compactMap { NetworkRange($0) }
        change(&limits)
        return OutboundClient(limits)
    }

    private func reason(_ client: OutboundClient, _ request: OutgoingRequest) async -> OutgoingFailure.Reason? {
        do {
            _ = try await client.answer(to: request)
            return nil
        } catch { return (error as? OutgoingFailure)?.reason }
    }

    @Test(
        "本机、内网、保留地址都不是外网",
        arguments: [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
            "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
            "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2001:db8::1", "2001::1", "::127.0.0.1",
        ]) func closed(_ text: String) throws
    {
        #expect(!NetworkAddress.isOpen(try #require(NetworkAddress.bytes(text))))
    }

    @Test("外网地址可以去", arguments: ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2400:3200::1", "::ffff:8.8.8.8"])
    func open(_ text: String) throws {
        #expect(NetworkAddress.isOpen(try #require(NetworkAddress.bytes(text))))
    }

    @Test("地址段按位比") func ranges() throws {
        let range = try #require(NetworkRange("10.20.0.0/15"))
        #expect(range.contains([10, 21, 255, 1]) && !range.contains([10, 22, 0, 0]))
        #expect(NetworkRange("10.0.0.5")?.contains([10, 0, 0, 5]) == true && NetworkRange("10.0.0.5")?.contains([10, 0, 0, 6]) == false)
        #expect(NetworkRange("0.0.0.0/0")?.contains([9, 9, 9, 9]) == true)
        for wrong in ["10.0.0.0/33", "fd00::/129", "example.com", "10.0.0", "10.0.0.0/-1", "10.0.0.0/8/8", ""] {
            #expect(NetworkRange(wrong) == nil, "\(wrong)")
        }
    }

    @Test("没有允许的内网地址，连也不连") func guarded() async throws {
        let server = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        let strict = OutboundClient()
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f000001", "127.1"] {
            for scheme in ["http", "https"] {
                let found = await reason(strict, OutgoingRequest("GET", "\(scheme)://\(host):\(server.port)/"))
                #expect(
                    found == .forbidden || found == .unresolved || found == .address, "\(scheme)://\(host): \(String(describing: found))")
            }
        }
        #expect(server.requests.isEmpty)
        #expect(await reason(strict, OutgoingRequest("GET", "http://127.0.0.1:\(server.port)/")) == .forbidden)
    }

    @Test("允许的地址段：请求原样送到，回答原样收回") func whole() async throws {
        let server = try CannedServer("HTTP/1.1 201 Created\r\nX-Seen: yes\r\nContent-Length: 6\r\n\r\n已收")
        let answer = try await client().answer(
            to: OutgoingRequest(
                "POST", "http://127.0.0.1:\(server.port)/hook?a=1", headers: [("Content-Type", "application/json"), ("X-Own", "一")],
                body: Array("{\"a\":1}".utf8)))
        #expect(answer.status == 201 && answer.headers["x-seen"] == "yes" && String(decoding: answer.body, as: UTF8.self) == "已收")
        let heard = try #require(server.requests.first)
        #expect(heard.hasPrefix("POST /hook?a=1 HTTP/1.1\r\n") && heard.contains("X-Own: 一\r\n") && heard.hasSuffix("\r\n\r\n{\"a\":1}"))
    }

    @Test("改道的回答不跟着走") func redirect() async throws {
        let other = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = try CannedServer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n")
        let answer = try await client().answer(to: OutgoingRequest("GET", "http://127.0.0.1:\(server.port)/"))
        #expect(answer.status == 302 && other.requests.isEmpty)
    }

    @Test("太长、太慢、没人的都说得出") func bounds() async throws {
        let long = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + String(repeating: "a", count: 5_000))
        #expect(await reason(client { $0.answerLimit = 4_999 }, OutgoingRequest("GET", "http://127.0.0.1:\(long.port)/")) == .tooLarge)
        #expect(await reason(client { $0.answerLimit = 5_000 }, OutgoingRequest("GET", "http://127.0.0.1:\(long.port)/")) == nil)
        let silent = try CannedServer(nil)
        #expect(await reason(client { $0.totalMilliseconds = 200 }, OutgoingRequest("GET", "http://127.0.0.1:\(silent.port)/")) == .late)
        #expect(await reason(client(), OutgoingRequest("GET", "http://127.0.0.1:1/")) == .unreachable)
        #expect(await reason(client(), OutgoingRequest("GET", "https://127.0.0.1:\(long.port)/")) == .untrusted)
        #expect(
            await reason(
                client {
                    $0.atOnce = 0; $0.waitingLimit = 0
                }, OutgoingRequest("GET", "http://127.0.0.1:1/")) == .busy)
    }

    @Test("不是网址的、夹带换行的不发", arguments: ["file:///etc/passwd", "gopher://x/", "https://", "https://a:b@c/", "不是网址", "//x"])
    func addresses(_ text: String) async {
        #expect(await reason(client(), OutgoingRequest("GET", text)) == .address)
    }

    @Test("头里不能夹带另一行") func smuggled() async {
        let request = OutgoingRequest("GET", "http://127.0.0.1:1/", headers: [("X", "a\r\nY: b")])
        #expect(await reason(client(), request) == .address)
    }
}
