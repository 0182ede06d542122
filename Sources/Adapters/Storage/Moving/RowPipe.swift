internal import Foundation

/// Hands pieces from the thread that reads one database to the thread that writes another; a few wait in between, no more.
/// All state is guarded by the condition.
final class RowPipe: @unchecked Sendable {
    enum Piece: Sendable {
        case rows(table: Int, [[SQLValue]])
        /// Everything was read, and this is what it was.
        case end([TableDigest])
    }

    private static let capacity = 4

    private let condition = NSCondition()
    private var pieces: [Piece] = []
    private var failure: (any Error)?
    private var isTaken = false

    /// A transaction that begins again would find the pipe half empty.
    func beginTaking() throws {
        condition.lock()
        defer { condition.unlock() }
        if isTaken { throw SQLFault(.unreachable, "搬迁中途与新库的连接断了，新库没有留下任何数据。请重新开始") }
        isTaken = true
    }

    func put(_ piece: Piece) throws {
        condition.lock()
        defer { condition.unlock() }
        while pieces.count >= RowPipe.capacity, failure == nil { condition.wait() }
        if let failure { throw failure }
        pieces.append(piece)
        condition.broadcast()
    }

    func take() throws -> Piece {
        condition.lock()
        defer { condition.unlock() }
        while pieces.isEmpty, failure == nil { condition.wait() }
        if let failure { throw failure }
        defer { condition.broadcast() }
        return pieces.removeFirst()
    }

    /// Ends the waiting on both sides; the first failure counts.
    func fail(_ error: any Error) {
        condition.lock()
        failure = failure ?? error
        condition.broadcast()
        condition.unlock()
    }
}
