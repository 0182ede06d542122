import Foundation
import Registry
import Testing

@testable import Vault

@Suite("密码与动态码") struct ProofTests {
    @Test("SHA-1 与公布的例子一致") func digests() {
        func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
        #expect(hex(Sha1.digest(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex(Sha1.digest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
                == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
        // RFC 2202, cases 2 and 6.
        #expect(
            hex(Sha1.keyed(Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        #expect(
            hex(Sha1.keyed([UInt8](repeating: 0xaa, count: 80), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)))
                == "aa4ae5e15272d00e95705637ce8a3b55ed402112")
    }

    @Test(
        "RFC 6238 附录 B 的例子",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ]) func vectors(_ time: Int, _ code: String)
    {
        #expect(TimeCodeVault.code(key: Array("12345678901234567890".utf8), step: time / 30, digits: 8) == code)
    }

    @Test("前后各一步有效，再远无效") func window() throws {
        let codes = TimeCodeVault()
        let secret = codes.newSecret()
        let key = try #require(Base32.bytes(secret))
        #expect(key.count == 20 && secret.count == 32)
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let step = 60_000_000
        for beside in -1...1 {
            let code = TimeCodeVault.code(key: key, step: step + beside, digits: 6)
            #expect(codes.step(of: code, secret: secret, at: now) == step + beside)
        }
        for far in [-2, 2] {
            let code = TimeCodeVault.code(key: key, step: step + far, digits: 6)
            let near = (-1...1).map { TimeCodeVault.code(key: key, step: step + $0, digits: 6) }
            if !near.contains(code) { #expect(codes.step(of: code, secret: secret, at: now) == nil) }
        }
        #expect(codes.step(of: "12345", secret: secret, at: now) == nil)
        #expect(codes.address(secret: "ABC", login: "zhang", issuer: "均衡").hasPrefix("otpauth://totp/%E5%9D%87%E8%A1%A1:zhang?secret=ABC&"))
    }

    @Test("Base32 与 RFC 4648 的例子一致") func base32() {
        #expect(Base32.text(Array("foobar".utf8)) == "MZXW6YTBOI")
        #expect(Base32.bytes("mzxw6ytboi") == Array("foobar".utf8))
        #expect(Base32.bytes("0") == nil)
    }

    @Test("密码只认原来那个，两次摘要不同") func passwords() async throws {
        let vault = PasswordVault()
        let first = try await vault.hash("清河#2026yj")
        let second = try await vault.hash("清河#2026yj")
        #expect(first != second && first.hasPrefix("$argon2id$"))
        #expect(try await vault.verify("清河#2026yj", against: first))
        #expect(try await !vault.verify("清河#2026yJ", against: first))
        #expect(try await !vault.verify("清河#2026yj", against: "no hash"))
    }

    @Test("等的人太多时请后来的人稍候") func crowd() async {
        await #expect(throws: PasswordVaultFull.self) { try await PasswordVault(atOnce: 1, waitingLimit: 0).hash("x") }
        await #expect(throws: Never.self) { try await PasswordVault(atOnce: 1, waitingLimit: 1).hash("x") }
    }
}
