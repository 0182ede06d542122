internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// What counties report, from draft to frozen.
    var snapshotOperations: [Operation] {
        let one = Parameter.path("snapshot", "上报的编号", .text(1...64))
        func step(_ action: SnapshotAction, _ duty: Duty, _ name: String, _ title: LocalizedText, hasReason: Bool = false) -> Operation {
            .post(
                "/snapshots/{snapshot}/\(action.rawValue)", name, .reports, title, needs: .duty(duty), [one],
                body: hasReason ? reason("退回的理由，让县里知道改什么") : .none, isVersioned: true, gives: Snapshot.shape, version: \.version
            ) { call in
                let snapshot = try await reporting.snapshot(call.segment("snapshot"), call.visit)
                return try await reporting.take(
                    action, snapshot, call.version(newest: snapshot.version), call.body["reason"]?.string ?? "", call.visit)
            }
        }
        return [
            .list(
                "/snapshots", "listSnapshots", .reports, LocalizedText(zh: "各县最新的上报", en: "The newest report of every county"),
                [.query("year", .integer(1949...2200), "只看一个学年"), .query("county", .text(1...60), "只看一个县")], of: Snapshot.shape,
                key: \.id
            ) { call in
                try await snapshots.latest(call.integer("year").map { SchoolYear($0) }, county: call.text("county"))
                    .filter { call.visit.may(.look, in: $0.county) }
            },
            .post(
                "/snapshots", "openSnapshot", .reports, LocalizedText(zh: "上报，或另开新版更正", en: "Report, or open a correction"), needs: .person,
                body: .json(
                    .object([
                        Property("county", .text(1...60)), Property("year", .integer(1949...2200)),
                        Property("reason", .text(0...Snapshot.reasonLimit), "更正已冻结的数时的理由", isRequired: false),
                    ]), example: .object(("county", .text("清河县")), ("year", .integer(2025)))),
                status: 201, note: "第一次上报开始后立即提交；已冻结的，是另开新版。", gives: Snapshot.shape, version: \.version
            ) { call in
                guard case .integer(let year)? = call.body["year"] else { throw Problem(.body) }
                return try await reporting.open(
                    call.body["county"]?.string ?? "", SchoolYear(year), call.body["reason"]?.string ?? "", call.visit)
            },
            .get(
                "/snapshots/{snapshot}", "getSnapshot", .reports, LocalizedText(zh: "一份上报", en: "A report"), [one], gives: Snapshot.shape,
                version: \.version
            ) { call in try await reporting.snapshot(call.segment("snapshot"), call.visit) },
            .get(
                "/snapshots/{snapshot}/verification", "verifySnapshot", .reports,
                LocalizedText(zh: "重新计算校验码，与冻结时比对", en: "Take the seal again and compare"), [one], gives: SnapshotCheck.shape
            ) { call in
                let snapshot = try await reporting.snapshot(call.segment("snapshot"), call.visit)
                guard snapshot.seal != nil else {
                    throw Problem(.conflict, "\(snapshot.title)还没有冻结，没有校验码", "Only a frozen report has a seal")
                }
                return try await reporting.verify(snapshot)
            },
            step(.submit, .submit, "submitSnapshot", LocalizedText(zh: "上报", en: "Submit")),
            step(.giveBack, .review, "giveBackSnapshot", LocalizedText(zh: "退回", en: "Give back"), hasReason: true),
            step(.approve, .review, "approveSnapshot", LocalizedText(zh: "审核通过", en: "Approve")),
            step(.freeze, .freeze, "freezeSnapshot", LocalizedText(zh: "冻结", en: "Freeze")),
            .list(
                "/reminders", "listReminders", .reports, LocalizedText(zh: "还欠数据的县", en: "Counties to be urged"), [.year],
                of: Reminder.shape, key: \.county
            ) { call in
                let newest = try await returns.schoolYears(form: "school-return").first
                let year = call.integer("year").map { SchoolYear($0) } ?? newest ?? call.visit.today.schoolYear
                return try await reporting.reminders(year).filter { call.visit.may(.look, in: $0.county) }
            },
        ]
    }

    private func reason(_ note: String) -> Operation.Body {
        .json(
            .object([Property("reason", .text(1...Snapshot.reasonLimit), note)]),
            example: .object(("reason", .text("三所学校的运动场地面积与上一学年相差一倍，请核对"))))
    }
}

extension Snapshot {
    static let shape = Shape<Snapshot>.object(
        "Snapshot",
        [
            Field("id", .text) { $0.id }, Field("county", .text) { $0.county }, Field("schoolYear", .year) { $0.schoolYear.start },
            Field("number", .count, "第几版") { $0.number }, Field("forms", Shape<String>.text.list) { $0.forms },
            Field("state", Shape<State>.word) { $0.state }, Field("stateLabel", .label) { $0.state.label },
            Field("steps", SnapshotStep.shape.list, "办过的每一步") { $0.steps },
            Field("actions", Shape<SnapshotAction>.word.list, "这个状态下可以办的") { $0.availableActions },
            .maybe("seal", SnapshotSeal.shape) { $0.seal }, Field("version", .count) { $0.version },
        ])
}

extension SnapshotStep {
    static let shape = Shape<SnapshotStep>.object(
        "SnapshotStep",
        [
            Field("action", Shape<SnapshotAction>.word) { $0.action }, Field("to", Shape<Snapshot.State>.word) { $0.to },
            Field("by", SignatureEntry.shape) { SignatureEntry($0.signature) }, Field("reason", .text) { $0.reason },
        ])
}

extension SnapshotSeal {
    static let shape = Shape<SnapshotSeal>.object(
        "Seal",
        [
            Field("hash", .text, "SHA-256") { $0.hash }, Field("catalogue", .text, "当时目录的 SHA-256") { $0.catalogue },
            Field("rows", .count) { $0.rows }, Field("at", .moment) { $0.at },
        ])
}

extension SnapshotCheck {
    static let shape = Shape<SnapshotCheck>.object(
        "Verification",
        [
            Field("isIntact", .flag) { $0.isIntact }, Field("expected", .text) { $0.expected }, Field("found", .text) { $0.found },
            Field("suspects", Shape<String>.text.list, "不一致的行") { $0.suspects }, Field("message", .text) { $0.message },
        ])
}

extension Reminder {
    static let shape = Shape<Reminder>.object(
        "Reminder",
        [
            Field("county", .text) { $0.county }, Field("owed", Shape<Kind>.word) { Kind($0.owed) }, Field("message", .text) { $0.message },
            Field("schools", School.entry.list, "还没有报送的学校") { reminder in
                if case .schools(let schools) = reminder.owed { schools } else { [] }
            },
        ])

    enum Kind: String, Sendable, CaseIterable {
        case everything, schools, submission, resubmission

        init(_ owed: Owed) {
            switch owed {
            case .everything: self = .everything
            case .schools: self = .schools
            case .submission: self = .submission
            case .resubmission: self = .resubmission
            }
        }
    }
}

extension Reminder.School {
    static let entry = Shape<Reminder.School>.object("MissingSchool", [Field("code", .text) { $0.code }, Field("name", .text) { $0.name }])
}
