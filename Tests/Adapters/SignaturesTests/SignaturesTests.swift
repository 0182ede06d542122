import Registry
import Testing

@testable import Signatures

/// Signatures made by the command `openssl dgst -sha256 -sign` with keys that were thrown away.
@Suite("令牌的签名") struct SignaturesTests {
    private static let message = Array("junheng.test".utf8)
    private static func bytes(_ text: String) -> [UInt8] { Base64URL.bytes(text) ?? [] }

    private static let rsa = SigningKey(
        id: nil,
        numbers: .rsa(
            modulus: bytes(
                "s5SL_4bMyVA8t-q8s4SICxmNyCmCLNDtGx-R49Z4rqtUUJSqKjgvImg8F_H3p_jkUEnhfjZhHyiXdyGp2ZzSdyBu7Y4Q_J26kFhXvU0xrdk5jm"
                    + "HNilQWNuWU-kha6zATL6F0hF0FXHoBVMR1NBJ1_rfbtGXO1h_g5-o65gQACi9P3gV_l0Nt7PCE6yE6PjrweDtJqX0-5rcChgfD7w7GZF70DGUQ"
                    + "7tBbd1zrDMCxU4wTFT9Mvz95OGrXsdFWhhhr8ejxVUFep7BA6GixSK2eYiVg6oL1wGLR9PoS-8yAYSxWoo2QokyQun4CbIpQHssqrDUUXgCfEn"
                    + "q9yzHwkIjD1w"), exponent: [1, 0, 1]))
    private static let rsaSignature = bytes(
        "RliqOaXnvbqMu9GbeB3XX5LHis9J0yo-COjFNHrl1emZTIHdfeY0Aq3JsiDWn_XWx_yVOebAdYLwP-O3HaGMKbMt_ziYj102HMIk5tqeratMod"
            + "z0SsErUrYw9ZPiJWdc_Apo6uCpIXuYToLgmfY3QZcHE6wgRW-5Lmk4lbT_pQEkp5AoBJ2CwgfXSQjWEDgGPAz9FZ0f1oLhi8N5OH7UKrgWan6y"
            + "BmrTsD1OmjIyyIFwPdMzel2T_nwQnjsjKlAHcE167h5wuNqgD_t2WQQLF1rRFS4pTTU3tBkls4LtqXc11pZprsKnRLPTkhUZ5mrzxkMO71eLj1"
            + "AOzlrbctBKfQ")
    private static let point = SigningKey(
        id: nil,
        numbers: .p256(x: bytes("UhKxLeiclOfauUF3TZDi0PlYAgPrDJp9mYQRz7t25WE"), y: bytes("6CbHO2XYH9Orvf5IUjutjXpF139zRvRqp_YpcLgd0FM")))
    private static let pointSignature = bytes(
        "aZ5GxsNY2b33RryNMjwKImkp2iktib_XifMHZA_pBIltfmTyu8pPQGPh6cEHM8K9nvWlFDr4Jh1bwoPNqmDAoQ")

    @Test("对的认，改一位就不认", arguments: [true, false]) func right(_ isRSA: Bool) {
        let (key, signature) = isRSA ? (Self.rsa, Self.rsaSignature) : (Self.point, Self.pointSignature)
        let check = OpenSSLSignatures()
        #expect(check.isRight(signature, of: Self.message, by: key))
        #expect(!check.isRight(signature, of: Array("junheng.tesT".utf8), by: key))
        for place in [0, signature.count / 2, signature.count - 1] {
            var changed = signature
            changed[place] ^= 1
            #expect(!check.isRight(changed, of: Self.message, by: key))
        }
        #expect(!check.isRight([], of: Self.message, by: key))
        #expect(!check.isRight(signature + [0], of: Self.message, by: key))
    }

    @Test("钥匙换了、太短、不在曲线上都不认") func keys() {
        let check = OpenSSLSignatures()
        #expect(!check.isRight(Self.rsaSignature, of: Self.message, by: Self.point))
        #expect(!check.isRight(Self.pointSignature, of: Self.message, by: Self.rsa))
        let short = SigningKey(id: nil, numbers: .rsa(modulus: [UInt8](repeating: 0xff, count: 128), exponent: [3]))
        #expect(!check.isRight([UInt8](repeating: 1, count: 128), of: Self.message, by: short))
        let nowhere = SigningKey(id: nil, numbers: .p256(x: [UInt8](repeating: 1, count: 32), y: [UInt8](repeating: 1, count: 32)))
        #expect(!check.isRight(Self.pointSignature, of: Self.message, by: nowhere))
        #expect(!check.isRight([UInt8](repeating: 0, count: 64), of: Self.message, by: Self.point))
    }
}
