public import Registry

extension TokenMaker {
    /// Chance and SHA-256 by libsodium. Tokens hold 256 random bits: a plain digest of one cannot be turned back.
    public static let vault = TokenMaker(
        token: { Hex.text(RandomID.bytes(32)) }, id: { RandomID.make() }, digest: { Sha256.hex(Array($0.utf8)) })
}
