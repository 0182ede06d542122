internal import Foundation
internal import Registry
internal import Vocabulary

/// What login services tell about themselves and the keys they sign with, asked for when first needed and again when old.
actor ProviderLibrary {
    private static let age = 600.0
    /// A token may name a key we have not seen; more often than this nobody asks again.
    private static let patience = 30.0

    private let outgoing: any OutgoingRequests
    private let now: @Sendable () -> Date
    private var metadata: [String: (found: ProviderMetadata, at: Date)] = [:]
    private var keys: [String: (found: [SigningKey], at: Date)] = [:]

    init(outgoing: any OutgoingRequests, now: @escaping @Sendable () -> Date) {
        self.outgoing = outgoing
        self.now = now
    }

    /// Throws `OutgoingFailure` where the service does not answer, `SignOnRefusal` where its answer is none.
    func metadata(of provider: LoginProvider) async throws -> ProviderMetadata {
        if let known = metadata[provider.id], now().timeIntervalSince(known.at) < ProviderLibrary.age { return known.found }
        let found = try ProviderMetadata(try await document(ProviderMetadata.address(issuer: provider.issuer)), issuer: provider.issuer)
        metadata[provider.id] = (found, now())
        return found
    }

    /// The keys among which the one of a token should be; asked for anew when it is not among those known.
    func keys(of provider: LoginProvider, for token: IdentityToken) async throws -> [SigningKey] {
        if let known = keys[provider.id] {
            let age = now().timeIntervalSince(known.at)
            let isFound = token.key(among: known.found) != nil
            if age < ProviderLibrary.age, isFound || age < ProviderLibrary.patience { return known.found }
        }
        let found = try SigningKey.set(try await document(try await metadata(of: provider).keys))
        keys[provider.id] = (found, now())
        return found
    }

    private func document(_ address: String) async throws -> [UInt8] {
        let answer = try await outgoing.answer(to: OutgoingRequest("GET", address, headers: [("Accept", "application/json")]))
        guard answer.status == 200 else { throw SignOnRefusal("status \(answer.status) instead of a document") }
        return answer.body
    }
}
