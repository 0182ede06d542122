import Casework
import Foundation
import Vocabulary

/// One invented case, every step of it decided by the kernel as a real one is. A step whose day has not come ends the story.
struct CaseStory {
    let id: String
    let definition: CaseDefinition
    let all: CaseDefinitions
    let around: CaseSurroundings
    let today: Day
    private(set) var item: Case?
    private(set) var events: [CaseEvent] = []

    init(_ id: String, _ definition: CaseDefinition, _ all: CaseDefinitions, today: Day) {
        (self.id, self.definition, self.all, self.today) = (id, definition, all, today)
        around = all.surroundings(CaseFacts(["verdict.now": .verdict(.met, value: 4.6, sentence: "现值4.6，标准4.5")]))
    }

    /// False where the day has not come.
    mutating func take(
        _ verb: CaseCommand.Verb, _ by: CaseActor, on day: Day, _ answers: [String: FieldValue] = [:], evidence: [Evidence] = [],
        reason: String = "", target: CaseUnit? = nil, links: [CaseLink] = []
    ) throws -> Bool {
        guard day <= today else { return false }
        let at = Date(timeIntervalSince1970: Double(day.ordinal) * 86_400 + Double(events.count) * 60 + 30_000)
        let command = CaseCommand(
            verb, by: by, at: at, today: day, answers: answers, evidence: evidence, reason: reason, target: target, links: links)
        add(try definition.sealed(try definition.decide(command, on: item, with: around).get(), of: id, with: Sealing()))
        return true
    }

    /// So many remarks, a day apart.
    mutating func note(_ count: Int, _ by: CaseActor, from day: Day) throws {
        for step in 0..<count {
            guard try take(.note, by, on: day.adding(days: step), reason: "已与学校联系，按进度推进") else { return }
        }
    }

    /// Tells the offices what became late before the day.
    mutating func tell(before day: Day) {
        let at = Date(timeIntervalSince1970: Double(day.ordinal) * 86_400)
        while let item {
            let command = CaseCommand(.escalate, by: .clock, at: at, today: day)
            guard case .success(let event) = definition.decide(command, on: item, with: around) else { return }
            add(event)
        }
    }

    private mutating func add(_ event: CaseEvent) {
        events.append(event)
        if item == nil { item = Case(id, events: [event]) } else { item?.apply(event) }
    }
}

/// Keeps private answers as long as sealed ones are. Nothing invented here is private.
private struct Sealing: PrivateFields {
    func seal(_ bytes: [UInt8], context: String) -> String {
        "bench:" + Data(bytes + [UInt8](repeating: 7, count: 40)).base64EncodedString()
    }
    func open(_ sealed: String, context: String) -> [UInt8] { [] }
}
