import CaseRules
import Casework
import Definitions
import Foundation
import Testing
import Vocabulary

/// A definition so plainly invented that nobody takes it for a bureau's work, with every field type and every way an action can be.
enum FlowerShow {
    static let posts = """
        posts: test
        list:
          everyone: { label: 任何人, level: everyone }
          gardener: { label: 园丁, level: school, held: [x] }
          judge: { label: 评委, level: county, held: [x] }
          minister: { label: 花卉部长, level: city, held: [x] }
        """

    static let text = """
        case: flower-show
        label: { zh: 花展, en: Flower show }
        version: "1"
        effective: { from: 2026-01-01 }
        subject: school
        series: 花
        opens: { by: [gardener, judge], state: entered, form: entry, unique: flower, owner: gardener, notice: welcome }
        states:
          entered: { label: 已报名, within: { workingDays: 3 }, escalate: [ { after: 1, to: minister, label: 报部长 } ] }
          signing: { label: 会签, within: { days: 10 } }
          shown: { label: 已展出, until: form.day }
          won: { label: 获奖, end: true }
          wilted: { label: 枯萎, end: true, abandoned: true }
        actions:
          water: { label: 浇水, from: entered, by: [owner], reason: optional }
          pass: { label: 转交, from: entered, by: [judge], handOver: { to: [gardener] }, reason: required, aside: true }
          send: { label: 送展, from: entered, to: signing, by: [owner], form: show, takes: true }
          sign: { label: 会签, from: signing, to: shown, joint: { need: all, of: owners } }
          wave: { label: 放行, from: signing, to: shown, joint: { need: any, of: [judge, minister] }, aside: true }
          measure: { label: 测量, from: shown, by: [assignee], aside: true, evidence: [ { kind: measurement, atLeast: 1, unit: cm } ] }
          prize:
            label: 授奖
            from: shown
            to: won
            by: [judge]
            waitsFor: subCases
            notAfter: [sign]
            when: stems >= 3
            evidence: [ { kind: photo, atLeast: 2, sinceOpening: true, within: { metres: 100 } } ]
          seed: { label: 另报一盆, from: shown, by: [judge], subCase: { case: flower-show, carries: { name: name, stems: stems } }, aside: true }
          wilt: { label: 枯了, from: any, to: wilted, by: [opener], reason: required, aside: true }
        forms:
          entry:
            label: 报名表
            fields:
              name: { label: 花名, type: text, required: true, most: 10 }
              story: { label: 来历, type: longText }
              stems: { label: 枝数, type: number, required: true, min: 1, max: 100, unit: 枝 }
              price: { label: 价格, type: money, min: 0 }
              born: { label: 播种日, type: date }
              colour: { label: 颜色, type: choice, options: { red: 红, white: 白 } }
              smells: { label: 气味, type: choices, most: 2, options: { sweet: 甜, sour: 酸, none: 无 } }
              wild: { label: 野生, type: yesNo }
              from: { label: 采自哪座山, type: text, required: true, shown: wild = yes }
              school: { label: 学校, type: school }
              unit: { label: 学段, type: schoolUnit }
              county: { label: 县, type: county }
              grower: { label: 种花人, type: person, private: [judge] }
              picture: { label: 照片, type: photo, most: 2 }
              paper: { label: 证书, type: file }
              bed: { label: 花圃, type: location }
              height: { label: 株高, type: measurement, unit: cm, min: 1 }
              pots: { label: 花盆, type: table, most: 3, columns: { kind: { label: 盆, type: text, required: true }, cost: { label: 价, type: money, required: true } } }
              total: { label: 合计, type: calculated, formula: price * stems + sum(pots.cost) }
          show:
            label: 送展表
            fields:
              day: { label: 展出日, type: date, required: true, future: true }
        notices:
          welcome: { title: 报名回执, to: gardener, from: judge, paragraphs: ["{title}已收到，编号{number}，{due}前送展。花名：{form.name}。"] }
        journeys:
          - name: 报名
            steps: [ { by: gardener, do: open, on: 2026-03-02, form: { name: 牡丹, stems: 3 }, state: entered, due: 2026-03-05 } ]
        """

    static let calendar = WorkingCalendar([
        WorkingCalendar.Year(year: 2026, document: "试", holidays: [Day(year: 2026, month: 3, day: 4)], workdays: [])
    ])

    static func compile(_ text: String = text, rules: [CaseRule] = []) -> (CaseDefinitions, [Diagnostic]) {
        let log = DiagnosticLog()
        let files = [DefinitionFile(path: "posts.yaml", text: posts), DefinitionFile(path: "show.yaml", text: text)]
        let definitions = CaseDefinitions(DefinitionSet(files, log), rules: rules, log)
        if !log.hasErrors { definitions.proveJourneys(log) }
        return (definitions, log.diagnostics)
    }

    static func definition() throws -> CaseDefinition {
        let (definitions, diagnostics) = compile()
        try #require(diagnostics.isEmpty, "\(diagnostics.map(\.description))")
        return try #require(definitions.current("flower-show", on: Day(year: 2026, month: 3, day: 2)))
    }

    // MARK: People and days

    static let garden = CasePlace(county: "甲县", school: "1", label: "甲校")
    static func gardener(_ school: String = "1") -> CaseActor {
        CaseActor(id: "g\(school)", name: "园丁\(school)", posts: [.init(role: "gardener", county: "甲县", school: school)])
    }
    static func judge(_ id: String = "j", county: String = "甲县") -> CaseActor {
        CaseActor(id: id, name: "评委\(id)", posts: [.init(role: "judge", county: county)])
    }
    static let minister = CaseActor(id: "m", name: "部长", posts: [.init(role: "minister")])
    static let today = Day(year: 2026, month: 3, day: 2)
    static let start = Date(timeIntervalSince1970: 1_772_420_400)
    static let around = CaseSurroundings(
        calendar: calendar, facts: CaseFacts([CaseFacts.schoolPosition: .position(CasePosition(longitude: 113, latitude: 23))]))

    static func command(
        _ verb: CaseCommand.Verb, _ by: CaseActor, day: Day = today, minute: Int = 0, answers: [String: FieldValue] = [:],
        evidence: [Evidence] = [], reason: String = "", target: CaseUnit? = nil, coOwners: [CaseUnit]? = nil
    ) -> CaseCommand {
        let seconds = Double(day.ordinal - today.ordinal) * 86_400 + Double(minute) * 60
        return CaseCommand(
            verb, by: by, at: start.addingTimeInterval(seconds), today: day, answers: answers, evidence: evidence, reason: reason,
            target: target, coOwners: coOwners, subCase: "child")
    }

    static let beginning = CaseBeginning(number: "花〔2026〕1号", title: "牡丹参展", place: garden, subject: "1")

    static func opened(
        _ answers: [String: FieldValue] = ["name": .text("牡丹"), "stems": .number(3)], coOwners: [CaseUnit]? = nil
    ) throws -> Case {
        let event = try definition().decide(
            command(.open(beginning), gardener(), answers: answers, coOwners: coOwners), on: nil, with: around)
        return try #require(Case("c1", events: [try event.get()]))
    }

    static func photo(_ digest: String, at: Date = start, longitude: Double = 113, latitude: Double = 23) -> Evidence {
        Evidence(
            kind: .photo, file: CaseFile(name: "\(digest).jpg", digest: digest, size: 9, type: "image/jpeg"), takenAt: at,
            position: CasePosition(longitude: longitude, latitude: latitude))
    }
}

extension Case {
    /// The case after a command that must succeed.
    func after(_ command: CaseCommand, _ around: CaseSurroundings = FlowerShow.around) throws -> Case {
        var next = self
        next.apply(try FlowerShow.definition().decide(command, on: self, with: around).get())
        return next
    }

    /// Why a command is refused; nil when it is not.
    func refusal(_ command: CaseCommand, _ around: CaseSurroundings = FlowerShow.around) throws -> CaseRefusal? {
        switch try FlowerShow.definition().decide(command, on: self, with: around) {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }
}
