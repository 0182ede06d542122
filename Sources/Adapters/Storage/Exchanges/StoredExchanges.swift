internal import Exchanges
internal import Foundation
internal import Vocabulary

/// The register of exchanges in the database; what each question promises stands at the port.
struct StoredExchanges: ExchangeStore {
    let driver: any SQLDriver
    let seal: (any NameSeal)?

    var keepsNames: Bool { seal != nil }

    func exchanges(_ filter: ExchangeFilter) async throws -> [Exchange] {
        let table = ExchangeTable(seal: seal)
        return try await driver.read { try table.find(filter, $0) }
    }

    func write(_ exchanges: [Exchange]) async throws -> ExchangeTally {
        let table = ExchangeTable(seal: seal)
        return try await driver.write { try table.write(exchanges, $0) }
    }

    func step(_ id: String, to state: Exchange.State, ended: SchoolYear?, seen version: Int) async throws -> Exchange {
        let table = ExchangeTable(seal: seal)
        return try await driver.write { connection in
            guard var turn = try table.find("id = $1", [.text(id)], connection).first else {
                throw ExchangeRefusal("登记册里没有这条交流记录", .unknown)
            }
            guard turn.version == version else { throw ExchangeRefusal("这条记录刚被别人改过，请刷新页面后再操作", .stale) }
            guard turn.state.next.contains(state) else {
                throw ExchangeRefusal("“\(turn.state.label.zh)”的记录不能改为“\(state.label.zh)”")
            }
            if let ended, ended < turn.year { throw ExchangeRefusal("结束学年早于开始学年\(turn.year.label.zh)") }
            turn.state = state
            turn.ended = state == .finished ? ended : nil
            turn.version += 1
            try connection.execute(
                "UPDATE teacher_exchange SET state = $1, ended_year = $2, version = $3 WHERE id = $4",
                [.text(state.rawValue), .integer(turn.ended?.start), .integer(turn.version), .text(id)])
            return turn
        }
    }

    // MARK: What rates are counted of

    func base(_ county: String, _ year: SchoolYear) async throws -> ExchangeBase? { try await bases(year).first { $0.county == county } }

    func bases(_ year: SchoolYear) async throws -> [ExchangeBase] {
        try await driver.read { connection in
            try connection.rows(
                "SELECT county, eligible, full_time FROM exchange_base WHERE school_year = $1 ORDER BY county", [.integer(year.start)]
            ) { ExchangeBase(county: try $0.text(0), year: year, eligible: try $0.integer(1), fullTime: try $0.integer(2)) }
        }
    }

    func set(_ base: ExchangeBase) async throws {
        try await driver.write { connection in
            try connection.execute(
                "DELETE FROM exchange_base WHERE county = $1 AND school_year = $2", [.text(base.county), .integer(base.year.start)])
            try connection.insert(
                into: "exchange_base", columns: ["county", "school_year", "eligible", "full_time"],
                rows: [[.text(base.county), .integer(base.year.start), .integer(base.eligible), .integer(base.fullTime)]])
        }
    }

    // MARK: Plans

    func keep(_ plan: RosterPlan) async throws -> RosterPlan {
        try await driver.write { try RosterPlanTable.rotation.keep(plan, $0) }
    }

    func plan(_ id: String) async throws -> RosterPlan? { try await driver.read { try RosterPlanTable.rotation.plan(id, $0) } }

    func plan(ofJob job: String) async throws -> RosterPlan? {
        try await driver.read { try RosterPlanTable.rotation.plan(ofJob: job, $0) }
    }

    func plans(_ county: String, _ year: SchoolYear) async throws -> [RosterPlan] {
        try await driver.read { try RosterPlanTable.rotation.plans(county, year, $0) }
    }

    func adopt(_ id: String, by: String, at: Date, _ exchanges: [Exchange]) async throws -> ExchangeTally {
        let table = ExchangeTable(seal: seal)
        return try await driver.write { connection in
            guard try RosterPlanTable.rotation.adopt(id, by: by, at: at, connection) else {
                throw ExchangeRefusal("没有这份方案，或已经采用过")
            }
            // Who was on an earlier plan of the year and has not gone is off the list, unless the new plan names the person again.
            for county in Set(exchanges.map(\.county)) {
                for year in Set(exchanges.filter { $0.county == county }.map(\.year)) {
                    try connection.execute(
                        """
                        UPDATE teacher_exchange SET state = 'cancelled', version = version + 1
                        WHERE county = $1 AND school_year = $2 AND state = 'planned' AND plan IS NOT NULL AND plan <> $3
                        """, [.text(county), .integer(year.start), .text(id)])
                }
            }
            return try table.write(exchanges, connection)
        }
    }
}
