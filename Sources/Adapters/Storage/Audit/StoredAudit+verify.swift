internal import Registry

/// The check of the whole chain.
extension StoredAudit {
    /// How far a check has come.
    private struct Look {
        var check = AuditCheck(count: 0, head: AuditChain.origin)
        /// The chain is under keys from some event on, for good.
        var isKeyed = false
        var hasAnchor: Bool

        mutating func fail(_ number: Int, _ reason: String) {
            check.broken = number
            check.reason = reason
        }
    }

    func verify(_ anchor: AuditAnchor?) async throws -> AuditCheck {
        try await driver.read { connection in
            var look = Look(hasAnchor: anchor == nil || anchor?.number == 0)
            try connection.stream("\(StoredAudit.columns) ORDER BY number", []) { row in
                guard look.check.isIntact else { return }
                try next(row, &look, anchor)
            }
            guard look.check.isIntact else { return look.check }
            try end(&look, connection)
            if look.check.isIntact, !look.hasAnchor, let anchor {
                look.fail(look.check.count + 1, "抄下的第\(anchor.number)条已经不在，末尾被截去了\(anchor.number - look.check.count)条")
            }
            return look.check
        }
    }

    private func next(_ row: any SQLRow, _ look: inout Look, _ anchor: AuditAnchor?) throws {
        let number = try row.integer(0)
        guard number == look.check.count + 1 else { return look.fail(look.check.count + 1, "缺少这条记录，下一条是第\(number)条") }
        guard let event = try StoredAudit.event(row) else { return look.fail(number, "结果一栏不是程序写的") }
        let keyID = try row.optionalText(9)
        if look.isKeyed, keyID == nil { return look.fail(number, "前面的记录都用密钥校验，这条却没有，不是程序写的") }
        if let keyID { look.isKeyed = true; if keys?.code("", keyID: keyID) == nil { return look.fail(number, StoredAudit.noKey(keyID)) } }
        let text = AuditChain.text(event.entry, number: number, previous: look.check.head, keyID: keyID)
        guard digest(text, keyID) == event.digest else { return look.fail(number, "内容与校验码不符，被改动过或换过位置") }
        if let anchor, anchor.number == number {
            guard anchor.digest == event.digest else { return look.fail(number, "与抄下的校验码不同，这条或它之前的记录被重写过") }
            look.hasAnchor = true
        }
        look.check.count = number
        look.check.head = event.digest
    }

    /// The head stands apart from the events: rows missing at the end do not fit it.
    private func end(_ look: inout Look, _ connection: any SQLConnection) throws {
        guard let head = try StoredAudit.head(connection) else { return look.fail(look.check.count + 1, "末条的登记不见了") }
        let seal = try connection.first("SELECT key_id, seal FROM audit_head WHERE id = 1") {
            (try $0.optionalText(0), try $0.optionalText(1))
        }
        if head.number != look.check.count {
            look.fail(
                min(head.number, look.check.count) + 1,
                head.number > look.check.count
                    ? "末尾少了\(head.number - look.check.count)条记录" : "末尾多了\(look.check.count - head.number)条登记以外的记录")
        } else if head.digest != look.check.head {
            look.fail(look.check.count, "最后一条与登记的校验码不符")
        } else if let keyID = seal?.0 {
            let code = keys?.code(AuditChain.headText(number: head.number, digest: head.digest, keyID: keyID), keyID: keyID)
            if code == nil { look.fail(look.check.count, StoredAudit.noKey(keyID)) }
            if let code, code != seal?.1 { look.fail(look.check.count, "末条的登记不是程序写的，末尾可能被截去过") }
        } else if look.isKeyed {
            look.fail(look.check.count, "末条的登记没有用密钥校验，不是程序写的，末尾可能被截去过")
        }
    }

    private static func noKey(_ id: String) -> String { "这条用密钥 \(id) 校验，这里没有这把密钥。请把它放回密钥文件再校验" }
}
