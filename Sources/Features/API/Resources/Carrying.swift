internal import Foundation
internal import HTTPTypes
public import Pages
internal import Registry
public import Vocabulary

/// What an adopted plan leads to: cases of schools, a draft of targets. As the pages of plans do it.
public struct CarryWork: Sendable {
    var openCases: @Sendable (_ plan: String, _ finishBy: Day, Visit) async throws -> [CarriedOut]
    /// Answers the address of the draft.
    var draftTargets: @Sendable (_ plan: String, _ finishBy: Day, Visit) async throws -> String

    public init(
        openCases: @escaping @Sendable (String, Day, Visit) async throws -> [CarriedOut],
        draftTargets: @escaping @Sendable (String, Day, Visit) async throws -> String
    ) {
        self.openCases = openCases
        self.draftTargets = draftTargets
    }
}

extension ApiDesk {
    /// The two steps of the plan at an address; `suffix` ends the operations' ids, `duty` is what opening cases needs.
    func carryOperations(
        _ path: String, _ suffix: String, _ group: Operation.Group, needs duty: Duty, cases: LocalizedText, note: String,
        targets: LocalizedText, _ carry: CarryWork
    ) -> [Operation] {
        let one = Parameter.path("plan", "方案的编号", .text(1...64))
        let body = Operation.Body.json(
            .object([Property("finishBy", .day, "要求完成的日期，晚于今天")]), example: .object(("finishBy", .text("2028-08-31"))))
        return [
            .post(
                "\(path)/cases", "openCases\(suffix)", group, cases, needs: .duty(duty), [one], body: body, note: note,
                gives: CasesOfPlan.shape
            ) { call in
                CasesOfPlan(items: try await carry.openCases(call.segment("plan"), try Self.finishBy(call), call.visit))
            },
            .post(
                "\(path)/targets", "draftTargets\(suffix)", group, targets, needs: .duty(.supervise), [one], body: body, status: 201,
                note: "草稿要在页面上审过、采用，才算数。", gives: TargetsOfPlan.shape
            ) { call in
                TargetsOfPlan(page: try await carry.draftTargets(call.segment("plan"), try Self.finishBy(call), call.visit))
            },
        ]
    }

    private static func finishBy(_ call: Call) throws -> Day {
        guard let day = call.body["finishBy"]?.string.flatMap({ Day(iso: $0) }), day > call.visit.today else {
            throw Problem(
                .body, "finishBy 要在今天以后", "finishBy must be after today",
                complaints: [.init(pointer: "/finishBy", zh: "要在今天以后", en: "must be after today")])
        }
        return day
    }
}
