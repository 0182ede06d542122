internal import Casework
internal import Foundation
internal import Vocabulary

/// The schools of an adopted plan of staff → one case each: how many of which subject go and come, by when. Never who.
struct OpenStaffTasks {
    static let kind = "staff-task"
    /// The kind of link between a case and the school's part in the year's plan.
    static let link = "staff-plan"

    /// How one of the schools went.
    struct Outcome {
        var title: String
        var opened: Case?
        var refusal: CaseRefusal?
    }

    private let office: CaseOffice

    init(_ office: CaseOffice) { self.office = office }

    /// Each for itself: what cannot be opened is told, the rest is opened. A school has one open task of a year's plan at a time.
    func run(
        _ plan: RosterPlan, _ tasks: [SchoolTask], finishBy: Day, by actor: CaseActor, at now: Date, today: Day
    ) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for task in tasks {
            let title = "\(task.schoolName)\(task.title)"
            do {
                let beginning = CaseBeginning(
                    title: task.title, place: CasePlace(county: plan.county, school: task.school, label: task.schoolName),
                    subject: task.school)
                let opened = try await office.open(
                    OpenStaffTasks.kind, beginning, command(plan, task, finishBy, actor, now, today))
                outcomes.append(Outcome(title: title, opened: opened, refusal: nil))
            } catch let refusal as CaseRefusal {
                outcomes.append(Outcome(title: title, opened: nil, refusal: refusal))
            }
        }
        return outcomes
    }

    private func command(
        _ plan: RosterPlan, _ task: SchoolTask, _ finishBy: Day, _ actor: CaseActor, _ now: Date, _ today: Day
    ) -> CaseCommand {
        let lines = task.lines.map { line in
            let parts = [line.out > 0 ? "派出\(line.out)人" : "", line.into > 0 ? "接收\(line.into)人" : ""].filter { !$0.isEmpty }
            return "\(line.subject)\(parts.joined(separator: "、"))"
        }
        return CaseCommand(
            .note, by: actor, at: now, today: today,
            answers: [
                "demand": .text(String("\(task.title)。\(lines.joined(separator: "；"))。名单以已采用的方案为准。".prefix(1_000))),
                "out": .number(Double(task.out)), "into": .number(Double(task.into)), "finishBy": .date(finishBy),
            ],
            links: [
                CaseLink(
                    kind: OpenStaffTasks.link, target: "\(task.matter)/\(plan.year.start)/\(task.school)",
                    label: "\(task.schoolName)\(task.title)")
            ])
    }
}
