internal import Foundation

/// Which network addresses a server may be asked to reach (RFC 6890 and its registry of special addresses): only those of the open
/// internet, unless a network is named. The question is put for the address really connected to, not for a name.
enum NetworkAddress {
    private static let closed4: [NetworkRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap { NetworkRange($0) }
    /// Of IPv6 only 2000::/3 is open, and in it not these.
    private static let closed6: [NetworkRange] = ["2001::/23", "2001:db8::/32", "3fff::/20"].compactMap { NetworkRange($0) }
    private static let open6 = NetworkRange("2000::/3")
    private static let mapped = NetworkRange("::ffff:0:0/96")
    private static let translated = NetworkRange("64:ff9b::/96")
    private static let sixToFour = NetworkRange("2002::/16")

    /// Whether an address of 4 or 16 bytes is one of the open internet.
    static func isOpen(_ address: [UInt8]) -> Bool {
        switch address.count {
        case 4: !closed4.contains { $0.contains(address) }
        case 16:
            if let inner = inner(address) {
                isOpen(inner)
            } else {
                open6?.contains(address) == true && !closed6.contains { $0.contains(address) }
            }
        default: false
        }
    }

    /// The IPv4 address an IPv6 one stands for.
    static func inner(_ address: [UInt8]) -> [UInt8]? {
        guard address.count == 16 else { return nil }
        if mapped?.contains(address) == true || translated?.contains(address) == true { return Array(address[12...]) }
        return sixToFour?.contains(address) == true ? Array(address[2..<6]) : nil
    }

    /// The bytes of a written address; nil for names and anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        if inet_pton(AF_INET6, text, &six) == 1 { return withUnsafeBytes(of: &six) { Array($0) } }
        return nil
    }
}
