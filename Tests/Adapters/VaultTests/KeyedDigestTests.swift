import Testing
import Vault

@Suite("签名") struct KeyedDigestTests {
    /// RFC 4231, test case 2.
    @Test("与标准的算例相同") func vectors() {
        #expect(
            KeyedDigest.hex(key: "Jefe", "what do ya want for nothing?")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(KeyedDigest.hex(key: "a", "x.y") != KeyedDigest.hex(key: "b", "x.y"))
        #expect(KeyedDigest.hex(key: "a", "") != KeyedDigest.hex(key: "a", "x"))
    }
}
