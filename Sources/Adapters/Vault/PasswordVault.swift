internal import CSodium
internal import Foundation
public import Registry

/// Argon2id by libsodium. Hashing takes 64 MiB and a tenth of a second on purpose: it runs on two threads of its own,
/// never on the cooperative pool, and a crowd waits in a queue that has an end.
public final class PasswordVault: PasswordHasher {
    private let queue: OperationQueue
    private let waitingLimit: Int

    /// `atOnce` hashes are taken side by side; of those waiting more than `waitingLimit` are turned away.
    public init(atOnce: Int = 2, waitingLimit: Int = 64) {
        _ = sodium_init()
        queue = OperationQueue()
        queue.name = "junheng.passwords"
        queue.maxConcurrentOperationCount = atOnce
        self.waitingLimit = waitingLimit
    }

    public func hash(_ password: String) async throws -> String {
        try await working {
            var out = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
            let bytes = Array(password.utf8CString)
            let length = UInt64(bytes.count - 1)
            guard
                crypto_pwhash_argon2id_str(
                    &out, bytes, length, UInt64(crypto_pwhash_argon2id_opslimit_interactive()),
                    crypto_pwhash_argon2id_memlimit_interactive())
                    == 0
            else { throw PasswordVaultFull(description: "argon2id: out of memory") }
            return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    public func verify(_ password: String, against hash: String) async throws -> Bool {
        try await working {
            let bytes = Array(password.utf8CString)
            return crypto_pwhash_argon2id_str_verify(Array(hash.utf8CString), bytes, UInt64(bytes.count - 1)) == 0
        }
    }

    private func working<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard queue.operationCount < waitingLimit else { throw PasswordVaultFull(description: "argon2id: too many waiting") }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// No password can be looked at just now.
public struct PasswordVaultFull: Error, CustomStringConvertible {
    public var description: String
}
