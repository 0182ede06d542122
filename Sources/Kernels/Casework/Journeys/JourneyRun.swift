internal import Definitions
internal import Foundation
internal import Vocabulary

/// Invented files and places for journeys.
enum CaseSample {
    static let school = CasePosition(longitude: 113.0, latitude: 23.0)

    static func files(_ count: Int, _ word: String) -> [CaseFile] {
        (0..<count).map { CaseFile(name: "\(word)-\($0).jpg", digest: "\(word)-\($0)", size: 1, type: "image/jpeg") }
    }
}

/// Walks the journeys of a definition through the kernel itself.
struct JourneyRun {
    let definition: CaseDefinition
    let all: CaseDefinitions

    init(_ definition: CaseDefinition, _ all: CaseDefinitions) {
        self.definition = definition
        self.all = all
    }

    func prove(_ log: DiagnosticLog) { for journey in definition.journeys { walk(journey, log) } }

    private func walk(_ journey: CaseJourney, _ log: DiagnosticLog) {
        var item: Case?
        var today = definition.from
        for (number, step) in journey.steps.enumerated() {
            today = step.on ?? today
            func complain(_ message: String) {
                log.error("journey.wrong", at: step.place, "“\(journey.name)”第\(number + 1)步：\(message)")
            }
            if let open = step.openSubCases { item?.openSubCases = open }
            switch (definition.decide(command(step, number, today), on: item, with: surroundings(step)), step.refused) {
            case (.success(let event), nil):
                item =
                    item.map {
                        var next = $0; next.apply(event); return next
                    } ?? Case("journey", events: [event])
            case (.success, let code?): return complain("应被拒绝（\(code)），却办成了")
            case (.failure(let refusal), nil): return complain("应能办成，却被拒绝：\(refusal.message)（\(refusal.code.rawValue)）")
            case (.failure(let refusal), let code?):
                if refusal.code.rawValue != code { return complain("应以 \(code) 拒绝，实为 \(refusal.code.rawValue)：\(refusal.message)") }
            }
            if let wrong = expectation(step, item, today) { return complain(wrong) }
        }
    }

    private func expectation(_ step: CaseJourney.Step, _ item: Case?, _ today: Day) -> String? {
        guard let item else { return nil }
        if let state = step.state, state != item.state { return "应到“\(state)”，实为“\(item.state)”" }
        if let due = step.due, item.due.day != due { return "期限应是\(due.chinese)，算出的是\(item.due.day?.chinese ?? "无")" }
        if let light = step.light {
            let seen = definition.summary(item).light(today)
            if seen != light { return "灯应是\(light.label.zh)，实为\(seen.label.zh)" }
        }
        return nil
    }

    // MARK: Invented surroundings

    private func surroundings(_ step: CaseJourney.Step) -> CaseSurroundings {
        var facts = CaseFacts([CaseFacts.schoolPosition: .position(CaseSample.school)])
        for (name, verdict) in step.facts { facts.values[name] = .verdict(verdict, value: nil, sentence: "算例：\(verdict.label.zh)") }
        return all.surroundings(facts)
    }

    private var place: CasePlace {
        switch definition.subject {
        case .school, .schoolUnit, .person: CasePlace(county: "甲县", school: "1", label: "甲县某校")
        case .county: CasePlace(county: "甲县", label: "甲县")
        case .city: CasePlace(label: "全市")
        }
    }

    private func actor(_ step: CaseJourney.Step) -> CaseActor {
        guard let role = definition.roles[step.by], role.level != .everyone else {
            return step.by.isEmpty ? .clock : .anonymous
        }
        let here = step.isElsewhere ? CasePlace(county: "乙县", school: "2", label: "乙县某校") : place
        let unit = here.unit(of: role) ?? CaseUnit(role: role.name)
        return CaseActor(
            id: "\(step.by)-\(step.person)", name: role.label.zh,
            posts: [CaseActor.Post(role: role.name, county: unit.county, school: unit.school)])
    }

    private func command(_ step: CaseJourney.Step, _ number: Int, _ today: Day) -> CaseCommand {
        let at = Date(timeIntervalSince1970: Double(today.ordinal) * 86_400 + 36_000 + Double(number) * 60)
        let links = definition.opening.from.prefix(1).map { CaseLink(kind: $0, target: "1", label: "算例") }
        let verb: CaseCommand.Verb =
            switch step.doing {
            case .open: .open(CaseBeginning(number: "〔算例〕1号", title: "算例", place: place, subject: place.school ?? place.label))
            case .act(let name): .act(name)
            case .escalate: .escalate
            }
        let target = step.target.flatMap { definition.roles[$0] }.map { place.unit(of: $0) ?? CaseUnit(role: $0.name) }
        let coOwners = step.coOwners.compactMap { definition.roles[$0] }.compactMap { place.unit(of: $0) }
        return CaseCommand(
            verb, by: actor(step), at: at, today: today, answers: step.answers, evidence: pieces(step, number, at), reason: step.reason,
            target: target, coOwners: coOwners.isEmpty ? nil : coOwners, links: step.doing == .open ? Array(links) : [],
            subCase: "journey-child")
    }

    private func pieces(_ step: CaseJourney.Step, _ number: Int, _ at: Date) -> [Evidence] {
        EvidenceKind.allCases.flatMap { kind -> [Evidence] in
            let count = step.evidence[kind] ?? 0
            let files = CaseSample.files(count, "step-\(number)-\(kind.rawValue)")
            let unit = definition.actions.flatMap(\.evidence).first { $0.kind == kind }?.unit ?? ""
            return (0..<count).map { place in
                Evidence(
                    kind: kind, file: kind.isFile ? files[place] : nil, takenAt: at, position: CaseSample.school,
                    value: kind == .measurement ? 1 : nil, unit: unit)
            }
        }
    }
}
