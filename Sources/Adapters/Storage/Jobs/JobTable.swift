internal import Foundation
internal import Indicators
internal import Jobs

/// Rows of `job` as jobs.
enum JobTable {
    private static let columns = """
        id, kind, title, input, duty, county, asked_by, asked_name, asked_at, state, progress_done, progress_total, progress_what,
        attempts, not_before, is_cancel_asked, result_summary, result_page, result_json, file_name, file_type, error, started_at,
        finished_at
        """

    static func find(_ id: JobID, _ connection: any SQLConnection) throws -> Job? {
        try connection.first("SELECT \(columns) FROM job WHERE id = $1", [.text(id)], job)
    }

    static func job(_ id: JobID, _ connection: any SQLConnection) throws -> Job {
        guard let found = try find(id, connection) else { throw StoreRefusal(.unknown, "没有这项任务，可能链接有误。请回到“任务”重新选择") }
        return found
    }

    static func list(_ filter: JobFilter, _ connection: any SQLConnection) throws -> [Job] {
        var values: [SQLValue] = []
        func bind(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        var conditions: [String] = []
        if let person = filter.person {
            let own = "asked_by = \(bind(.text(person)))"
            let counties = (filter.counties ?? []).sorted().map { bind(.text($0)) }
            conditions.append(counties.isEmpty ? own : "(\(own) OR county IN (\(counties.joined(separator: ", "))))")
        }
        if !filter.states.isEmpty {
            let states = filter.states.map(\.rawValue).sorted().map { bind(.text($0)) }
            conditions.append("state IN (\(states.joined(separator: ", ")))")
        }
        let condition = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let page = "LIMIT \(bind(.integer(filter.limit))) OFFSET \(bind(.integer(filter.from)))"
        return try connection.rows("SELECT \(columns) FROM job \(condition) ORDER BY asked_at DESC, id DESC \(page)", values, job)
    }

    static func add(_ order: JobOrder, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO job (id, kind, title, input, duty, county, asked_by, asked_name, asked_at, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting')
            """,
            [
                .text(order.id), .text(order.kind), .text(order.title), .text(order.input), .text(order.duty), .text(order.county),
                .text(order.person), .text(order.name), .time(order.at),
            ])
    }

    private static func job(_ row: any SQLRow) throws -> Job {
        let word = try row.text(9)
        guard let state = Job.State(rawValue: word) else { throw SQLFault(.type, "job state \(word)") }
        let order = JobOrder(
            id: try row.text(0), kind: try row.text(1), title: try row.text(2), input: try row.text(3), duty: try row.text(4),
            county: try row.optionalText(5), person: try row.text(6), name: try row.text(7), at: try row.time(8))
        let progress = JobProgress(done: try row.integer(10), total: try row.optionalInteger(11), what: try row.text(12))
        return Job(
            order: order, state: state, progress: progress, attempts: try row.integer(13),
            notBefore: row.isNull(14) ? nil : try row.time(14),
            isCancelAsked: try row.integer(15) == 1, result: try result(row), error: try row.text(21),
            startedAt: row.isNull(22) ? nil : try row.time(22), finishedAt: row.isNull(23) ? nil : try row.time(23))
    }

    private static func result(_ row: any SQLRow) throws -> JobResult? {
        guard let summary = try row.optionalText(16) else { return nil }
        let file = try row.optionalText(19).map { JobFile(name: $0, type: try row.text(20)) }
        return JobResult(summary: summary, page: try row.text(17), json: try row.text(18), file: file)
    }
}
