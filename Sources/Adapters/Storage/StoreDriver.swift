internal import Indicators

/// The driver as the stores see it: faults that pass by themselves are said in the user's words.
struct StoreDriver: SQLDriver {
    let driver: any SQLDriver

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await saying("") { try await driver.read(body) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await saying("。刚才的操作没有保存") { try await driver.write(body) }
    }

    private func saying<Value>(_ outcome: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let fault as SQLFault {
            guard let message = StoreDriver.message(fault.kind, outcome) else { throw fault }
            throw StoreUnavailable(message, detail: fault.description)
        }
    }

    private static func message(_ kind: SQLFault.Kind, _ outcome: String) -> String? {
        switch kind {
        case .unreachable: "数据库暂时连不上，请稍后重试\(outcome)"
        case .lost: "保存时与数据库的连接断了，不能确定是否已经保存。请稍后刷新页面核对"
        case .busy, .again: "数据库正忙，请稍后重试\(outcome)"
        case .full: "数据库所在的磁盘满了，请管理员腾出空间后重试\(outcome)"
        case .constraint, .type, .other: nil
        }
    }
}
