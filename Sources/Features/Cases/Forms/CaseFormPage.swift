internal import Casework
internal import Pages
internal import Vocabulary

/// The form of one action, or of an opening.
struct CaseFormPage: Sendable {
    struct EvidenceInput: Sendable {
        var label: String
        var note: String
        var html: String
    }

    let page: PageFrame
    let notice: [String]
    let url: String
    let revision: String
    let fields: String
    let asksTitle: Bool
    let title: String
    let places: [PageFrame.Choice]
    let asksPlace: Bool
    let placeLabel: String
    let asksSubject: Bool
    let subject: String
    let evidence: [EvidenceInput]
    let hasEvidence: Bool
    let targets: [PageFrame.Choice]
    let hasTargets: Bool
    let coOwners: [PageFrame.Choice]
    let hasCoOwners: Bool
    let asksReason: Bool
    let needsReason: Bool
    let reason: String
    let label: String
    let back: String
    let hidden: [PageFrame.Choice]

    struct Material: Sendable {
        var form: CaseForm?
        var rules: [EvidenceRule]
        var label: String
        var url: String
        var back: String
        var revision = 0
        var parts: PostedParts
        var refusal: CaseRefusal?
        var answers: [String: FieldValue] = [:]
        var schools: [CaseSchool]
        var people: [(id: String, label: String)] = []
        var reason: CaseAction.Reason = .none
        var targets: [(key: String, label: String)] = []
        var coOwners: [(key: String, label: String)] = []
        var opening: CaseDefinition?
        var hidden: [(String, String)] = []
    }

    init(_ frame: PageFrame, _ material: Material) {
        page = frame
        let typed = FormReading.typed(material.parts)
        let complaints = Dictionary((material.refusal?.complaints ?? []).map { ($0.field, $0.message) }) { $0 + "；" + $1 }
        notice = material.refusal.map { [$0.message] } ?? []
        url = material.url
        back = material.back
        revision = String(material.revision)
        label = material.label
        fields =
            material.form.map {
                FormMarkup(
                    form: $0, schools: material.schools, people: material.people, typed: typed, answers: material.answers,
                    complaints: complaints
                ).html
            } ?? ""
        asksTitle = material.opening != nil
        title = typed["title"]?.first ?? ""
        subject = typed["subject"]?.first ?? ""
        let about = material.opening?.subject
        asksSubject = about == .person
        placeLabel = about == .county ? "县（市、区）" : "学校"
        asksPlace = about != nil && about != .city
        let chosen = typed["place"]?.first ?? ""
        let options =
            about == .county
            ? Set(material.schools.map(\.county)).sorted().map { ($0, $0) }
            : material.schools.map { ($0.code, "\($0.county) \($0.name)") }
        places = asksPlace ? options.map { PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) } : []
        evidence = material.rules.map { CaseFormPage.input($0, complaints["evidence.\($0.kind.rawValue)"]) }
        hasEvidence = !evidence.isEmpty
        targets = material.targets.map { PageFrame.Choice(value: $0.key, label: $0.label, isChosen: typed["target"]?.first == $0.key) }
        hasTargets = !targets.isEmpty
        coOwners = material.coOwners.map { unit in
            PageFrame.Choice(value: unit.key, label: unit.label, isChosen: typed["coOwner"]?.contains(unit.key) ?? false)
        }
        hasCoOwners = !coOwners.isEmpty
        asksReason = material.reason != .none
        needsReason = material.reason == .required
        reason = typed["reason"]?.first ?? ""
        hidden = material.hidden.map { PageFrame.Choice(value: $0.1, label: $0.0, isChosen: false) }
    }

    private static func input(_ rule: EvidenceRule, _ complaint: String?) -> EvidenceInput {
        let wrong = complaint.map { "<span class=\"wrong\">\(Svg.escaped($0))</span>" } ?? ""
        let required = rule.atLeast > 0 ? " required" : ""
        var notes = rule.atLeast > 0 ? ["至少\(rule.atLeast)份"] : []
        if rule.sinceOpening { notes.append("须是立件以后的") }
        if let metres = rule.within { notes.append("须在学校\(Int(metres))米以内") }
        let html: String
        switch rule.kind {
        case .photo:
            html =
                "<input type=\"file\" name=\"e.photo\" accept=\"image/*\" capture=\"environment\" multiple aria-label=\"\(Svg.escaped(rule.label.zh))\"\(required)>"
        case .document: html = "<input type=\"file\" name=\"e.document\" multiple aria-label=\"\(Svg.escaped(rule.label.zh))\"\(required)>"
        case .location:
            html =
                "<input name=\"e.location\" placeholder=\"经度,纬度\" size=\"26\" data-locate aria-label=\"\(Svg.escaped(rule.label.zh))\"\(required)>"
        case .measurement:
            html =
                "<span class=\"unit\"><input name=\"e.measurement\" inputmode=\"decimal\" size=\"12\" aria-label=\"\(Svg.escaped(rule.label.zh))\"\(required)> \(Svg.escaped(rule.unit))</span>"
        }
        return EvidenceInput(label: rule.label.zh, note: notes.joined(separator: "，"), html: html + wrong)
    }
}
