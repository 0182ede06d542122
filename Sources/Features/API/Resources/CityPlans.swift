public import Foundation
internal import HTTPTypes
public import Pages
internal import Registry
public import Targets
public import Vocabulary

/// The work with city plans, as the pages of 规划督办 do it.
public struct CityPlanWork: Sendable {
    /// What is read of plans.
    public struct Reading: Sendable {
        var list: @Sendable (Visit) async throws -> [SeenPlan]
        var one: @Sendable (_ plan: String, Visit) async throws -> SeenPlan
        var offers: @Sendable () -> [CityPlan]
        var weeks: @Sendable (_ plan: String) async throws -> [WeekRecord]
        var lights: @Sendable (_ item: String, _ plan: String) async throws -> [OverrideStep]
        var slips: @Sendable (_ plan: String, Visit) async throws -> [Slip]?
        var dispatch: @Sendable (_ plan: String, _ isWhole: Bool, Visit) async throws -> [DispatchEntry]
        var document: @Sendable (_ number: Int, _ entry: String, _ plan: String, Visit) async throws -> (bytes: Data, name: String)

        public init(
            list: @escaping @Sendable (Visit) async throws -> [SeenPlan],
            one: @escaping @Sendable (String, Visit) async throws -> SeenPlan, offers: @escaping @Sendable () -> [CityPlan],
            weeks: @escaping @Sendable (String) async throws -> [WeekRecord],
            lights: @escaping @Sendable (String, String) async throws -> [OverrideStep],
            slips: @escaping @Sendable (String, Visit) async throws -> [Slip]?,
            dispatch: @escaping @Sendable (String, Bool, Visit) async throws -> [DispatchEntry],
            document: @escaping @Sendable (Int, String, String, Visit) async throws -> (bytes: Data, name: String)
        ) {
            self.list = list
            self.one = one
            self.offers = offers
            self.weeks = weeks
            self.lights = lights
            self.slips = slips
            self.dispatch = dispatch
            self.document = document
        }
    }

    /// What changes plans and their lines; the number is the version that was seen, nil for whichever there is.
    public struct Steps: Sendable {
        var adopt: @Sendable (_ plan: String, Int?, Visit) async throws -> SeenPlan
        var light: @Sendable (PlanLight?, _ item: String, _ plan: String, _ reason: String, Int?, Visit) async throws -> SeenPlan
        var enter: @Sendable (EvidenceReport, _ item: String, _ plan: String, _ county: String?, Int?, Visit) async throws -> SeenPlan
        var withdraw: @Sendable (_ entry: String, _ plan: String, _ reason: String, Int?, Visit) async throws -> (SeenPlan, item: String)
        var attach: @Sendable (Upload, _ entry: String, _ plan: String, Visit) async throws -> (SeenPlan, item: String)

        public init(
            adopt: @escaping @Sendable (String, Int?, Visit) async throws -> SeenPlan,
            light: @escaping @Sendable (PlanLight?, String, String, String, Int?, Visit) async throws -> SeenPlan,
            enter: @escaping @Sendable (EvidenceReport, String, String, String?, Int?, Visit) async throws -> SeenPlan,
            withdraw: @escaping @Sendable (String, String, String, Int?, Visit) async throws -> (SeenPlan, item: String),
            attach: @escaping @Sendable (Upload, String, String, Visit) async throws -> (SeenPlan, item: String)
        ) {
            self.adopt = adopt
            self.light = light
            self.enter = enter
            self.withdraw = withdraw
            self.attach = attach
        }
    }

    /// Joint meetings.
    public struct Meetings: Sendable {
        var list: @Sendable (_ plan: String, Visit) async throws -> [Meeting]
        var one: @Sendable (_ meeting: String, _ plan: String, Visit) async throws -> Meeting
        var call: @Sendable (_ title: String, Day, _ plan: String, Visit) async throws -> Meeting
        /// `meeting` and `number` of the decision are the meeting's to give.
        var decide: @Sendable (Decision, _ plan: String, Int?, Visit) async throws -> Meeting
        var end:
            @Sendable (_ decision: String, Decision.State, _ outcome: String, _ meeting: String, _ plan: String, Visit) async throws ->
                Meeting
        var pack: @Sendable (_ meeting: String, _ plan: String, Visit) async throws -> (bytes: Data, name: String)

        public init(
            list: @escaping @Sendable (String, Visit) async throws -> [Meeting],
            one: @escaping @Sendable (String, String, Visit) async throws -> Meeting,
            call: @escaping @Sendable (String, Day, String, Visit) async throws -> Meeting,
            decide: @escaping @Sendable (Decision, String, Int?, Visit) async throws -> Meeting,
            end: @escaping @Sendable (String, Decision.State, String, String, String, Visit) async throws -> Meeting,
            pack: @escaping @Sendable (String, String, Visit) async throws -> (bytes: Data, name: String)
        ) {
            self.list = list
            self.one = one
            self.call = call
            self.decide = decide
            self.end = end
            self.pack = pack
        }
    }

    var reading: Reading
    var steps: Steps
    var meetings: Meetings
    var drafts: PlanDraftWork

    public init(reading: Reading, steps: Steps, meetings: Meetings, drafts: PlanDraftWork) {
        self.reading = reading
        self.steps = steps
        self.meetings = meetings
        self.drafts = drafts
    }
}

extension ApiDesk {
    /// City plans: every line with its light, what proves it, who follows it up, and what joint meetings decide.
    var cityPlanOperations: [Operation] {
        let one = Parameter.path("plan", "规划的编号", .text(1...80))
        return cityPlanReadingOperations(one) + cityPlanLineOperations(one) + meetingOperations(one) + planDraftOperations
    }

    private func cityPlanReadingOperations(_ one: Parameter) -> [Operation] {
        let work = work.cityPlans
        return [
            .list(
                "/city-plans", "listCityPlans", .cityPlans, LocalizedText(zh: "在督办的规划", en: "Plans worked by"), of: CityPlanEntry.shape,
                key: \.seen.plan.id
            ) { call in try await work.reading.list(call.visit).map { CityPlanEntry(seen: $0) } },
            .list(
                "/city-plan-offers", "listCityPlanOffers", .cityPlans, LocalizedText(zh: "目录里可以采用的规划", en: "Plans of the catalogue"),
                of: CityPlan.offer, key: \.id
            ) { _ in work.reading.offers() },
            .get(
                "/city-plans/{plan}", "getCityPlan", .cityPlans, LocalizedText(zh: "一份规划", en: "A city plan"), [one],
                note: "依据、责任单位、各种灯有几条、按周的完成走势。县里的人看到的灯按本县的数算。", gives: CityPlanDetail.shape, version: \.seen.adoption.version
            ) { call in
                let seen = try await work.reading.one(call.segment("plan"), call.visit)
                return CityPlanDetail(seen: seen, weeks: try await work.reading.weeks(seen.plan.id))
            },
            .post(
                "/city-plans/{plan}/adopt", "adoptCityPlan", .cityPlans, LocalizedText(zh: "采用目录里的规划，或它的新版", en: "Work by a plan"),
                needs: .duty(.supervise), [one], isVersioned: true, note: "还没有采用过的写 If-Match: *。", gives: CityPlanEntry.shape,
                version: \.seen.adoption.version
            ) { call in
                let seen = try await work.steps.adopt(call.segment("plan"), call.seen, call.visit)
                call.note.say(seen.plan.label.zh)
                return CityPlanEntry(seen: seen)
            },
            .list(
                "/city-plans/{plan}/slipped", "listSlippedLines", .cityPlans,
                LocalizedText(zh: "本周滑落", en: "What stands worse than in the last recorded week"), [one],
                note: "与上一次按周的记录相比；还没有记录可比时得到 409。", of: SlipEntry.shape, key: \.line.item.id
            ) { call in
                let seen = try await work.reading.one(call.segment("plan"), call.visit)
                guard let slips = try await work.reading.slips(seen.plan.id, call.visit) else {
                    throw Problem(.conflict, "还没有上一周的记录，下周起可以比较", "No earlier week is recorded yet")
                }
                let lines = CityPlanLine.all(seen)
                return slips.compactMap { slip in lines.first { $0.item.id == slip.id }.map { SlipEntry(slip: slip, line: $0) } }
            },
            .list(
                "/city-plans/{plan}/dispatch", "listDispatch", .cityPlans,
                LocalizedText(zh: "调度清单，最急的在前", en: "What needs a hand, worst first"),
                [one, .query("all", .flag, "true：已完成、推进中的和办结的也列")], note: "规划的各条，和联席会议议定的事项。", of: DispatchRow.shape, key: \.key
            ) { call in
                let seen = try await work.reading.one(call.segment("plan"), call.visit)
                let lines = Dictionary(CityPlanLine.all(seen).map { ($0.item.id, $0) }) { first, _ in first }
                return try await work.reading.dispatch(seen.plan.id, call.flag("all"), call.visit).compactMap { DispatchRow($0, lines) }
            },
        ]
    }

    private func cityPlanLineOperations(_ one: Parameter) -> [Operation] {
        let work = work.cityPlans
        let line = Parameter.path("item", "条目的编号", .text(1...80))
        return [
            .list(
                "/city-plans/{plan}/lines", "listCityPlanLines", .cityPlans, LocalizedText(zh: "规划的各条", en: "Lines of a plan"),
                [
                    one, .query("owner", .text(1...60), "责任单位的编号，牵头的和配合的；只列最下级"),
                    .query("light", .choice(PlanLight.allCases.map(\.rawValue)), "灯；只列最下级"),
                ], note: "按规划里的次序，parent 是上一级。", of: CityPlanLine.shape, key: \.item.id
            ) { call in
                let lines = CityPlanLine.all(try await work.reading.one(call.segment("plan"), call.visit))
                let (owner, light) = (call.text("owner"), call.text("light"))
                guard owner != nil || light != nil else { return lines }
                return lines.filter { line in
                    guard let charge = line.charge else { return false }
                    return (owner.map { $0 == charge.owner || charge.coOwners.contains($0) } ?? true)
                        && (light.map { $0 == line.found.light.rawValue } ?? true)
                }
            },
            .get(
                "/city-plans/{plan}/lines/{item}", "getCityPlanLine", .cityPlans, LocalizedText(zh: "一条", en: "A line"), [one, line],
                note: "出处、目标、节点、各县的数、每一条填报和人工定灯的经过。", gives: CityPlanLineDetail.shape, version: \.version
            ) { call in try await detail(try await work.reading.one(call.segment("plan"), call.visit), call.segment("item")) },
        ] + cityPlanStepOperations(one, line)
    }

    /// A line with its history. Throws a 404 where the plan has no such line.
    private func detail(_ seen: SeenPlan, _ item: String) async throws -> CityPlanLineDetail {
        guard let line = CityPlanLine.all(seen).first(where: { $0.item.id == item }) else {
            throw Problem(.notFound, "这份规划里没有这一条，可能规划已换了新版", "The plan has no such line")
        }
        return CityPlanLineDetail(line: line, lights: try await work.cityPlans.reading.lights(item, seen.plan.id))
    }

    private func cityPlanStepOperations(_ one: Parameter, _ line: Parameter) -> [Operation] {
        let work = work.cityPlans
        let entry = Parameter.path("entry", "填报的编号", .text(1...64))
        let reason = Property("reason", .text(1...500), "理由")
        return [
            .post(
                "/city-plans/{plan}/lines/{item}/light", "setCityPlanLight", .cityPlans,
                LocalizedText(zh: "人工定灯，或取消", en: "Set a light by hand, or lift it"), needs: .duty(.supervise), [one, line],
                body: .json(
                    .object([
                        Property("light", .choice(PlanLight.allCases.map(\.rawValue)), "不写则取消人工定的灯", isRequired: false), reason,
                    ]), example: .object(("light", .text("atRisk")), ("reason", .text("名单已审定，待挂牌")))),
                isVersioned: true, note: "按佐证算出的灯照样给出（computed）。", gives: CityPlanLineDetail.shape, version: \.version
            ) { call in
                let light = call.body["light"]?.string.flatMap { PlanLight(rawValue: $0) }
                let seen = try await work.steps.light(
                    light, call.segment("item"), call.segment("plan"), call.body["reason"]?.string ?? "", call.seen, call.visit)
                return try await detail(seen, call.segment("item"))
            },
            .post(
                "/city-plans/{plan}/lines/{item}/evidence", "enterCityPlanEvidence", .cityPlans,
                LocalizedText(zh: "填报一条进展", en: "Report on a line"), needs: .duty(.reportProgress), [one, line], body: EvidenceFilling.body,
                isVersioned: true, note: "要佐证材料的，没有交够之前不计入。", gives: CityPlanLineDetail.shape, version: \.version
            ) { call in
                let seen = try await work.steps.enter(
                    try EvidenceFilling.report(call), call.segment("item"), call.segment("plan"), call.body["county"]?.string, call.seen,
                    call.visit)
                return try await detail(seen, call.segment("item"))
            },
            .post(
                "/city-plans/{plan}/evidence/{entry}/withdraw", "withdrawCityPlanEvidence", .cityPlans,
                LocalizedText(zh: "撤回一条填报", en: "Take an entry back"), needs: .duty(.reportProgress), [one, entry],
                body: .json(.object([reason]), example: .object(("reason", .text("重复填报")))), isVersioned: true,
                note: "留着、看得到，不再计入。If-Match 是它那一条的 ETag。", gives: CityPlanLineDetail.shape, version: \.version
            ) { call in
                let (seen, item) = try await work.steps.withdraw(
                    call.segment("entry"), call.segment("plan"), call.body["reason"]?.string ?? "", call.seen, call.visit)
                return try await detail(seen, item)
            },
            .post(
                "/city-plans/{plan}/evidence/{entry}/documents", "attachCityPlanDocument", .cityPlans,
                LocalizedText(zh: "给一条填报加一份材料", en: "Add a document to an entry"), needs: .duty(.reportProgress), [one, entry],
                body: .file(fields: []), gives: CityPlanLineDetail.shape, version: \.version
            ) { call in
                guard let upload = call.upload else { throw Problem(.file) }
                let (seen, item) = try await work.steps.attach(upload, call.segment("entry"), call.segment("plan"), call.visit)
                return try await detail(seen, item)
            },
            Operation(
                method: .get, path: "/city-plans/{plan}/evidence/{entry}/documents/{number}", id: "getCityPlanDocument", group: .cityPlans,
                title: LocalizedText(zh: "一份佐证材料", en: "A document of an entry"), needs: .duty(.look),
                parameters: [one, entry, .path("number", "第几份，从0数", .integer(0...1_000))], success: .file(type: "application/octet-stream")
            ) { call in
                let file = try await work.reading.document(
                    call.integer("number") ?? 0, call.segment("entry"), call.segment("plan"), call.visit)
                return Reply(file: file.bytes, name: file.name, type: "application/octet-stream")
            },
        ]
    }
}

/// What a program reports of a line.
private enum EvidenceFilling {
    static let body = Operation.Body.json(
        .object([
            Property("county", .text(1...60), "各县分别判定的写县（市、区），全市的不写", isRequired: false),
            Property("day", .day, "说的是哪一天"), Property("amount", .number, "数量，按这一条的 unit；百分数写成小数，15% 写 0.15"),
            Property("note", .text(0...500), isRequired: false), Property("document", .text(0...200), "佐证材料的名称或文号", isRequired: false),
        ]), example: .object(("day", .text("2026-09-01")), ("amount", .integer(8)), ("document", .text("示教字〔2026〕40号"))))

    /// Throws a 422 where the number is none.
    static func report(_ call: Call) throws -> EvidenceReport {
        let amount: Double? =
            switch call.body["amount"] {
            case .integer(let number)?: Double(number)
            case .number(let number)?: number
            default: nil
            }
        guard let amount, let day = call.body["day"]?.string.flatMap({ Day(iso: $0) }) else { throw Problem(.body) }
        return EvidenceReport(
            day: day, amount: amount, note: call.body["note"]?.string ?? "",
            document: (call.body["document"]?.string ?? "").trimmingCharacters(in: .whitespaces))
    }
}
