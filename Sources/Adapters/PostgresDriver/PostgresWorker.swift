internal import Foundation
internal import Storage

/// One thread's connection and the transactions on it.
final class PostgresWorker {
    /// Tries of a transaction that another one got in the way of.
    private static let tries = 6

    private let address: PostgresAddress
    private let limits: PostgresLimits
    private var link: PostgresLink?

    init(_ address: PostgresAddress, _ limits: PostgresLimits) {
        self.address = address
        self.limits = limits
    }

    /// Runs a body between `begin` and COMMIT: again when the database undid it for another transaction's sake, and once more
    /// over a new connection when the old one turned out to be broken before the commit.
    func transaction<Value>(_ begin: String, _ body: (any SQLConnection) throws -> Value) throws -> Value {
        var attempt = 0
        while true {
            attempt += 1
            let wasOpen = link != nil
            do {
                return try once(begin, body)
            } catch let fault as SQLFault where fault.kind == .again {
                if attempt == PostgresWorker.tries { throw SQLFault(.busy, fault.description) }
                try link?.forgetStatements()
                Thread.sleep(forTimeInterval: 0.01 * Double(1 << attempt) * Double.random(in: 0.5...1))
            } catch let fault as SQLFault where fault.kind == .unreachable {
                link = nil
                if !wasOpen || attempt > 1 { throw fault }
            }
        }
    }

    private func once<Value>(_ begin: String, _ body: (any SQLConnection) throws -> Value) throws -> Value {
        let link = try link ?? PostgresLink(address, limits)
        self.link = link
        let value: Value
        do {
            try link.run(script: begin)
            value = try body(PostgresConnection(link: link))
        } catch {
            undo(link)
            throw error
        }
        try commit(link)
        return value
    }

    private func undo(_ link: PostgresLink) {
        do {
            try link.run(script: "ROLLBACK")
        } catch {
            self.link = nil
        }
    }

    /// A connection that breaks here leaves it open whether the change was made; trying again could make it twice.
    private func commit(_ link: PostgresLink) throws {
        do {
            if try link.run(script: "COMMIT") == "ROLLBACK" {
                throw SQLFault(.other, "a statement failed inside a transaction that went on")
            }
        } catch let fault as SQLFault where fault.kind == .unreachable {
            self.link = nil
            throw SQLFault(.lost, "提交时与数据库的连接断了，不能确定改动是否已经保存：\(fault.description)")
        } catch {
            undo(link)
            throw error
        }
    }
}
