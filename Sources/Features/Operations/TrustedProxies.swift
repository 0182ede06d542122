/// The reverse proxies whose word about the client is taken. Anybody can write `X-Forwarded-For`; only what such a proxy
/// hands on counts.
public struct TrustedProxies: Sendable {
    private let addresses: Set<String>

    /// Single addresses (`127.0.0.1`, `::1`, `10.0.0.5`); none means that nobody's word is taken.
    public init(_ addresses: [String]) { self.addresses = Set(addresses.map(TrustedProxies.plain)) }

    /// The client: the last address in the chain that is no trusted proxy. `peer` is who holds the connection.
    func client(peer: String?, forwardedFor: String?) -> String? {
        guard let peer = peer.map(TrustedProxies.plain) else { return nil }
        guard addresses.contains(peer), let forwardedFor else { return peer }
        let chain = forwardedFor.split(separator: ",").map { TrustedProxies.plain(String($0)) }
        return chain.last { !addresses.contains($0) } ?? chain.first ?? peer
    }

    /// `https` as the proxy tells it; nil when nobody trusted says anything.
    func scheme(peer: String?, forwardedProto: String?) -> String? {
        guard let peer, addresses.contains(TrustedProxies.plain(peer)), let said = forwardedProto?.lowercased() else { return nil }
        return ["http", "https"].contains(said) ? said : nil
    }

    static func isLoopback(_ address: String?) -> Bool {
        guard let address = address.map(plain) else { return false }
        return address == "::1" || (address.hasPrefix("127.") && address.split(separator: ".").count == 4)
    }

    /// Without blanks, and `::ffff:127.0.0.1` as `127.0.0.1`.
    private static func plain(_ address: String) -> String {
        let bare = address.filter { $0 != " " && $0 != "[" && $0 != "]" }.lowercased()
        return bare.hasPrefix("::ffff:") && bare.contains(".") ? String(bare.dropFirst(7)) : bare
    }
}
