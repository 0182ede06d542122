import Foundation
import Registry
import Testing

@testable import Vault

@Suite("个人信息的加密") struct FieldTests {
    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    private let place = FieldColumn("person_detail", "mobile").row("p1")

    private func vault(_ suite: FieldSuite) throws -> PersonalVault {
        PersonalVault(try FieldKeyRing([FieldKey(suite, madeOn: "2026-09-01")]))
    }

    @Test("SM4 与 GB/T 32907 附录的例子一致") func sm4() {
        let key = bytes("0123456789abcdeffedcba9876543210")
        #expect(FieldSuite.sm4Block(key, key: key).map(Hex.text) == "681edf34d206965e86b3e94f536e4246")
    }

    @Test("SM4-GCM 与 RFC 8998 附录 A.1 的例子一致") func sm4GCM() throws {
        let plain = ["aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"].flatMap { bytes(String(repeating: $0, count: 8)) }
        let (key, nonce) = (bytes("0123456789abcdeffedcba9876543210"), bytes("00001234567800000000abcd"))
        let with = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let sealed = try #require(FieldSuite.sm4.seal(plain, key: key, nonce: nonce, with: with))
        #expect(
            Hex.text(sealed)
                == "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec")
        #expect(FieldSuite.sm4.open(sealed, key: key, nonce: nonce, with: with) == plain)
    }

    @Test("XChaCha20-Poly1305 与草案 A.3.1 的例子一致") func xchacha() throws {
        let text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
        let (key, nonce) = ((0x80...0x9f).map { UInt8($0) }, (0x40...0x57).map { UInt8($0) })
        let sealed = try #require(
            FieldSuite.xchacha.seal(Array(text.utf8), key: key, nonce: nonce, with: bytes("50515253c0c1c2c3c4c5c6c7")))
        #expect(Hex.text(Array(sealed.prefix(16))) == "bd6d179d3e83d43b9576579493c0e939")
        #expect(Hex.text(Array(sealed.suffix(16))) == "c0875924c1c7987947deafd8780acf49")
    }

    @Test("HMAC-SHA-256 与 RFC 4231 的例子 2、6 一致，HMAC-SM3 与另一个实现（OpenSSL 3.0）一致") func codes() {
        let question = Array("what do ya want for nothing?".utf8)
        #expect(
            FieldSuite.xchacha.code(question, key: Array("Jefe".utf8)).map(Hex.text)
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(
            FieldSuite.xchacha.code(long, key: [UInt8](repeating: 0xaa, count: 131)).map(Hex.text)
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(
            FieldSuite.sm4.code(question, key: Array("Jefe".utf8)).map(Hex.text)
                == "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882")
        #expect(
            FieldSuite.sm4.code([], key: [UInt8](repeating: 0xaa, count: 77)).map(Hex.text)
                == "f268fc2ac09921a9874ac8977d623827c6e626492bc2505822493f8eb88922f9")
    }

    @Test("封存的打得开，两次封存不同，里面看不出原文", arguments: FieldSuite.allCases) func roundTrip(_ suite: FieldSuite) throws {
        let vault = try vault(suite)
        for value in ["13812345678", "", "甲乙丙", String(repeating: "长", count: 5_000), "a\u{0}b"] {
            let (one, other): (String, String) = (try vault.seal(value, at: place), try vault.seal(value, at: place))
            #expect(one != other && SealedText.isSealed(one))
            // The whole value, not a part: three digits turn up in a long sealed text by chance.
            #expect(value.isEmpty || !one.contains(value))
            #expect(try vault.open(one, at: place) == value)
        }
    }

    @Test("换行、换列、换表、改一个字节、换密钥都打不开", arguments: FieldSuite.allCases) func bound(_ suite: FieldSuite) throws {
        let vault = try vault(suite)
        let sealed: String = try vault.seal("13812345678", at: place)
        for other in [
            FieldColumn("person_detail", "mobile").row("p2"), FieldColumn("person_detail", "id_number").row("p1"),
            FieldColumn("account", "mobile").row("p1"),
        ] { #expect(throws: SealRefusal.self) { let _: String = try vault.open(sealed, at: other) } }
        let start = sealed.utf8.count - 20
        for place in [start, sealed.utf8.count - 60] {
            var changed = Array(sealed.utf8)
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: SealRefusal.self) { let _: String = try vault.open(String(decoding: changed, as: UTF8.self), at: self.place) }
        }
        #expect(throws: SealRefusal.self) { let _: String = try self.vault(suite).open(sealed, at: self.place) }
        #expect(throws: SealRefusal.self) { let _: String = try vault.open("13812345678", at: self.place) }
    }

    @Test("索引对同一个值相同，不管怎么写；换列、换密钥就不同", arguments: FieldSuite.allCases) func index(_ suite: FieldSuite) throws {
        let (vault, column) = (try vault(suite), FieldColumn("person_detail", "mobile"))
        let index = try vault.index("13812345678", .mobile, in: column)
        for written in ["138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８"] {
            #expect(try vault.index(written, .mobile, in: column) == index)
        }
        #expect(try vault.index("13812345679", .mobile, in: column) != index)
        #expect(try vault.index("13812345678", .mobile, in: FieldColumn("teacher", "mobile")) != index)
        #expect(try self.vault(suite).index("13812345678", .mobile, in: column) != index)
    }

    @Test("换密钥后旧的还打得开，新的用新密钥，查找两把都认") func rotation() throws {
        let old = FieldKey(.xchacha, madeOn: "2026-09-01")
        let before = PersonalVault(try FieldKeyRing([old]))
        let sealed: String = try before.seal("甲乙丙", at: place)
        let ring = try FieldKeyRing([old]).adding(FieldKey(.sm4, madeOn: "2026-10-01"))
        let after = PersonalVault(ring)
        #expect(try after.open(sealed, at: place) == "甲乙丙")
        let fresh: String = try after.seal("甲乙丙", at: place)
        #expect(SealedText.keyID(of: fresh) == ring.current.id)
        #expect(try after.indexes("甲乙丙", .name, in: place.column).contains(try before.index("甲乙丙", .name, in: place.column)))
        // A server that still knows only the old key reads the file again when it meets the new one.
        let running = PersonalVault(try FieldKeyRing([old])) { ring }
        #expect(try running.open(fresh, at: place) == "甲乙丙" && running.keyID == ring.current.id)
    }

    @Test("密钥文件只有自己能读，别的权限不收；只建一次；写坏的说出行号") func file() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(RandomID.make())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = FieldKeyFile(folder.appendingPathComponent(FieldKeyFile.name))
        #expect(throws: SealRefusal.self) { try file.read() }
        let ring = try FieldKeyRing([FieldKey(.xchacha, madeOn: "2026-09-01")])
        #expect(try file.make(ring))
        #expect(try !file.make(try FieldKeyRing([FieldKey(.sm4, madeOn: "2026-09-01")])))
        #expect(try file.read() == ring)
        let mode = try FileManager.default.attributesOfItem(atPath: file.url.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try file.replace(try ring.adding(FieldKey(.sm4, madeOn: "2026-10-01")))
        #expect(try file.read().keys.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [FieldKeyFile.name])
        for mode in [0o640, 0o604, 0o644] {
            chmod(file.url.path, mode_t(mode))
            #expect(throws: SealRefusal.self, "\(mode)") { try file.read() }
        }
        chmod(file.url.path, 0o600)
        try Data("# 密钥\n\(String(repeating: "a", count: 8)) sm4-gcm 2026-09-01 12\n".utf8).write(to: file.url)
        #expect { try file.read() } throws: { ($0 as? SealRefusal)?.message.contains("第2行") == true }
    }
}
