public import Definitions
public import Vocabulary

/// Which forms an alliance may take and how far its numbers may go. Everything is data of a catalogue file with its source.
public struct AllianceRules: Sendable {
    /// A form of working together, with where its name stands.
    public struct Form: Hashable, Sendable, Identifiable {
        public var id: String
        public var label: LocalizedText
        public var document: String
        /// The days on which it may be chosen; what was chosen earlier stays.
        public var from: Day?
        public var until: Day?
        /// Schools at most, the lead among them; nil where the common limit holds.
        public var most: Int?
        public var note: String

        func isOpen(on day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true) }
    }

    public static let documentKind = "alliances"

    public var id: String
    public var label: LocalizedText
    /// Schools of an alliance at most, the lead among them.
    public var most: Int
    public var mostNote: String
    public var forms: [Form]
    /// The form of what is made of a pairing.
    public var pairingForm: String
    public var subjects: [String]
    /// What one entry may say at most: beyond it a number was mistyped.
    public var teachers, days, lessons, visits: Int
    public var limitsNote: String

    public func form(_ id: String) -> Form? { forms.first { $0.id == id } }
    public func open(on day: Day) -> [Form] { forms.filter { $0.isOpen(on: day) } }
    public func most(_ form: String) -> Int { self.form(form)?.most ?? most }

    func limit(_ kind: AllianceActivity.Kind) -> Int {
        switch kind {
        case .staff: teachers
        case .lesson: lessons
        case .visit: visits
        }
    }

    /// Compiles a definition; complaints go to `log` with file and line.
    public init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "size", "forms", "pairing", "subjects", "limits"], log)
        id = definition.id
        label = body.localized("label", log)
        let size = body.required("size", log)
        size?.only(["most", "note"], log)
        most = size?.whole("most", from: 2, log) ?? 2
        mostNote = size?["note"]?.text ?? ""
        forms = (body.required("forms", log)?.list ?? []).map { node in
            node.only(["id", "label", "document", "from", "until", "most", "note"], log)
            return Form(
                id: node.requiredText("id", log), label: node.localized("label", log), document: node.requiredText("document", log),
                from: node.day("from", log), until: node.day("until", log),
                most: node["most"] == nil ? nil : node.whole("most", from: 2, log), note: node["note"]?.text ?? "")
        }
        pairingForm = body.requiredText("pairing", log)
        subjects = (body.required("subjects", log)?.list ?? []).compactMap(\.text)
        let limits = body.required("limits", log)
        limits?.only(["teachers", "days", "lessons", "visits", "note"], log)
        teachers = limits?.whole("teachers", from: 1, log) ?? 1
        days = limits?.whole("days", from: 1, log) ?? 1
        lessons = limits?.whole("lessons", from: 1, log) ?? 1
        visits = limits?.whole("visits", from: 1, log) ?? 1
        limitsNote = limits?["note"]?.text ?? ""
        if !forms.contains(where: { $0.id == pairingForm }), let node = body["pairing"] {
            log.error("alliances.pairing", at: node.place, "pairing 写的“\(pairingForm)”不在 forms 里")
        }
        for (place, form) in forms.enumerated() where forms.firstIndex(where: { $0.id == form.id }) != place {
            log.error("alliances.form", at: body["forms"]?.list[place].place ?? body.place, "形式“\(form.id)”写了两次")
        }
    }
}

extension DefinitionNode {
    fileprivate func whole(_ key: String, from least: Int, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        if number.isFinite, number == number.rounded(), number >= Double(least), number < 1e6 { return Int(number) }
        if number.isFinite { log.error("alliances.whole", at: self[key]?.place ?? place, "“\(key)”写不小于\(least)的整数") }
        return least
    }
}
