import Testing

@testable import Operations

@Suite("怎样连过来") struct TransportTests {
    @Test("HSTS 只对 https 说；代理说了算") func hsts() {
        let own = Transport(isSecure: true, hstsDays: 365)
        let behind = Transport(isSecure: false, hstsDays: 365)
        #expect(
            own.scheme(nil) == "https" && behind.scheme(nil) == "http" && behind.scheme("https") == "https" && own.scheme("http") == "http")
        #expect(own.hsts("https") == "max-age=31536000")
        #expect(own.hsts("http") == nil)
        #expect(Transport(isSecure: true, hstsDays: 0).hsts("https") == nil)
    }
}
