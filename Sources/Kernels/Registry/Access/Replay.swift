public import Foundation

/// A request somebody may send again after a broken connection, without its being done twice.
public struct ReplayRequest: Hashable, Sendable {
    /// Who asks; keys of different people never meet.
    public var owner: String
    /// The key as the caller made it up.
    public var key: String
    /// Digest over method, address and body: the same key with other content is a mistake.
    public var digest: String

    public init(owner: String, key: String, digest: String) {
        self.owner = owner
        self.key = key
        self.digest = digest
    }
}

/// An answer as it was given.
public struct ReplayAnswer: Hashable, Sendable {
    public var status: Int
    public var type: String
    /// The `ETag`; empty without one.
    public var tag: String
    public var body: String

    public init(status: Int, type: String, tag: String, body: String) {
        self.status = status
        self.type = type
        self.tag = tag
        self.body = body
    }
}

public enum ReplayStart: Hashable, Sendable {
    /// Never seen: do it, then `finish` or `forget`.
    case fresh
    /// Done before, with this answer.
    case done(ReplayAnswer)
    /// Begun at this moment and not finished: by another server, or by one that died.
    case running(since: Date)
    /// The key was used for something else.
    case other
}

/// Requests with an idempotency key and what was answered, shared by all servers.
public protocol ReplayStore: Sendable {
    /// Takes the key where it is free, in one step. Requests older than `keepingSince` are forgotten.
    func begin(_ request: ReplayRequest, at: Date, keepingSince: Date) async throws -> ReplayStart
    func finish(_ request: ReplayRequest, _ answer: ReplayAnswer) async throws
    /// Nothing was done: the same key may be tried again.
    func forget(_ request: ReplayRequest) async throws
}
