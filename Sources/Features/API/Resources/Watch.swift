internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Who did what, and whether the server is well.
    var watchOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/audit", id: "listAudit", group: .watch,
                title: LocalizedText(zh: "审计记录，新的在前", en: "The audit, newest first"), needs: .duty(.readAudit),
                parameters: [
                    .query("name", .text(1...40), "人名含有的字"), .query("action", .text(1...120), "动作，如 POST /imports"),
                    .query("first", .day, "从这一天起"), .query("last", .day, "到这一天为止"),
                ], success: .json(status: 200, Paging.schema(AuditEvent.shape.schema)), isPaged: true
            ) { call in
                try call.require(.readAudit, in: nil)
                let paging = try Paging(call)
                var filter = AuditFilter(
                    name: call.text("name") ?? "", action: call.text("action") ?? "", from: ApiDesk.start(call.text("first")),
                    until: ApiDesk.start(call.text("last"))?.addingTimeInterval(86_400))
                filter.before = paging.lastKey.flatMap { Int($0) }
                let found = try await audit.events(filter, from: 0, limit: paging.limit + 1)
                let page = found.prefix(paging.limit)
                let next = found.count > page.count ? page.last.map { paging.cursor(key: "\($0.number)", place: 0) } : nil
                return Reply(Paging.json(page.map(AuditEvent.shape.write), count: nil, next: next), next: next)
            },
            .get(
                "/audit/verification", "verifyAudit", .watch, LocalizedText(zh: "审计记录是否完好", en: "Whether the audit is intact"),
                needs: .duty(.readAudit), gives: AuditCheck.shape
            ) { call in
                try call.require(.readAudit, in: nil)
                return try await audit.verify()
            },
            .get(
                "/health", "getHealth", .watch, LocalizedText(zh: "服务器是否正常", en: "Whether the server is well"), needs: .person,
                isOfSchool: true,
                gives: HealthEntry.shape
            ) { _ in
                let checks = await surroundings.ready()
                return HealthEntry(
                    version: surroundings.version, checks: checks.map { HealthEntry.Check(name: $0.name, problem: $0.problem) })
            },
        ]
    }

    /// Days count whole, by the clock of the machine.
    private static func start(_ text: String?) -> Date? {
        guard let text, let day = Day(iso: text) else { return nil }
        return DateComponents(calendar: Calendar(identifier: .gregorian), year: day.year, month: day.month, day: day.day).date
    }
}

extension AuditEvent {
    static let shape = Shape<AuditEvent>.object(
        "AuditEvent",
        [
            Field("number", .count) { $0.number }, Field("at", .moment) { $0.entry.at }, Field("person", .text) { $0.entry.person },
            Field("name", .text) { $0.entry.name }, Field("action", .text) { $0.entry.action }, Field("object", .text) { $0.entry.object },
            Field("outcome", Shape<AuditOutcome>.word) { $0.entry.outcome }, Field("address", .text) { $0.entry.address },
            Field("digest", .text) { $0.digest },
        ])
}

extension AuditCheck {
    static let shape = Shape<AuditCheck>.object(
        "AuditVerification",
        [
            Field("isIntact", .flag) { $0.isIntact }, Field("count", .count) { $0.count }, Field("head", .text, "末条的校验码") { $0.head },
            .maybe("broken", .count, "从第几条起不可信") { $0.broken }, Field("reason", .text) { $0.reason },
        ])
}

struct HealthEntry: Sendable {
    struct Check: Sendable {
        var name: String
        var problem: String
    }

    var version: String
    var checks: [Check]

    static let shape = Shape<HealthEntry>.object(
        "Health",
        [
            Field("isReady", .flag) { $0.checks.allSatisfy { $0.problem.isEmpty } }, Field("version", .text) { $0.version },
            Field("checks", check.list) { $0.checks },
        ])

    private static let check = Shape<Check>.object(
        "HealthCheck",
        [
            Field("name", .text) { $0.name }, Field("isWell", .flag) { $0.problem.isEmpty },
            .maybe("problem", .text) { $0.problem.isEmpty ? nil : $0.problem },
        ])
}
