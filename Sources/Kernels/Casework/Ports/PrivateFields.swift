/// Encrypts private answers where they are kept. The context binds a sealed answer to its case and field: moved elsewhere it
/// does not open.
public protocol PrivateFields: Sendable {
    func seal(_ bytes: [UInt8], context: String) throws -> String
    func open(_ sealed: String, context: String) throws -> [UInt8]
}

/// Facts about the world outside cases.
public protocol CaseFactSource: Sendable {
    /// `name` as a definition asks, such as `verdict.now`.
    func fact(_ name: String, for item: Case) async throws -> CaseFact
}
