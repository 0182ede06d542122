public import Definitions
public import Vocabulary

/// What the ledger and the finance figures are held against. Everything is data of a catalogue file with its source.
public struct SpendingRules: Sendable {
    /// One requirement with where it stands.
    public struct Clause: Sendable, Hashable {
        public var document: String
        public var clause: String
        public var from: Day?
        public var note: String

        public var citation: String { document + clause }
    }

    /// What a fund may be spent on.
    public struct Earmark: Sendable, Hashable {
        public var fund: String
        public var allowed: [String]
        public var forbidden: [String]
        public var note: String

        /// Nil where the purpose may be.
        func complaint(_ purpose: String) -> String? {
            if forbidden.contains(purpose) { return "“\(fund)”不得用于\(purpose)" }
            guard !allowed.isEmpty, !allowed.contains(purpose) else { return nil }
            let given = purpose.isEmpty ? "没有填用途" : "“\(purpose)”不在其中"
            return "“\(fund)”只能用于\(allowed.joined(separator: "、"))，\(given)"
        }
    }

    /// How much should be paid by the end of a month.
    public struct Pace: Sendable, Hashable {
        public var month: Int
        /// Ten-thousandths.
        public var share: Int
    }

    public static let documentKind = "spending"

    public var id: String
    public var label: LocalizedText
    public var growth: Clause
    /// Whether the same amount as in the year before counts as met.
    public var isEqualMet: Bool
    public var training: Clause
    /// Ten-thousandths of the budget for running costs.
    public var trainingShare: Int
    public var earmarks: [Earmark]
    public var pace: [Pace]
    public var paceNote: String
    /// Kinds of entries that must carry a paper or photo.
    public var evidence: Set<LedgerEntry.Kind>
    public var evidenceNote: String

    /// Compiles a definition; complaints go to `log` with file and line.
    public init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "growth", "training", "earmarks", "pace", "paceNote", "evidence", "evidenceNote"], log)
        id = definition.id
        label = body.localized("label", log)
        let growth = body.required("growth", log)
        self.growth = Clause(growth, ["equalIsMet"], log)
        isEqualMet = growth?.flag("equalIsMet", default: true, log) ?? true
        let training = body.required("training", log)
        self.training = Clause(training, ["share"], log)
        trainingShare = training?.tenThousandths("share", log) ?? 0
        earmarks = (body["earmarks"]?.list ?? []).map { node in
            node.only(["fund", "allowed", "forbidden", "note"], log)
            return Earmark(
                fund: node.requiredText("fund", log), allowed: node["allowed"]?.list.compactMap(\.text) ?? [],
                forbidden: node["forbidden"]?.list.compactMap(\.text) ?? [], note: node["note"]?.text ?? "")
        }
        pace = (body["pace"]?.list ?? []).map { node in
            node.only(["month", "share"], log)
            let month = node.requiredNumber("month", log)
            guard (1...12).contains(month), month == month.rounded() else {
                log.error("spending.month", at: node.place, "month 写 1 到 12 的整数")
                return Pace(month: 12, share: 0)
            }
            return Pace(month: Int(month), share: node.tenThousandths("share", log))
        }.sorted { $0.month < $1.month }
        paceNote = body["paceNote"]?.text ?? ""
        evidence = Set((body["evidence"]?.list ?? []).compactMap { SpendingRules.evidenceKind($0, log) })
        evidenceNote = body["evidenceNote"]?.text ?? ""
    }

    /// Budgets and what is carried over are written down by the county itself, without a paper from outside.
    private static func evidenceKind(_ node: DefinitionNode, _ log: DiagnosticLog) -> LedgerEntry.Kind? {
        let kind = node.text.flatMap { LedgerEntry.Kind(rawValue: $0) }
        if let kind, [.allotted, .paid].contains(kind) { return kind }
        log.error("spending.evidence", at: node.place, "evidence 写 allotted（下达）、paid（支付），或两样都写")
        return nil
    }

    func earmark(_ fund: String) -> Earmark? { earmarks.first { $0.fund == fund } }
}

extension SpendingRules.Clause {
    fileprivate init(_ node: DefinitionNode?, _ own: Set<String>, _ log: DiagnosticLog) {
        node?.only(own.union(["document", "clause", "from", "note"]), log)
        self.init(
            document: node?.requiredText("document", log) ?? "", clause: node?["clause"]?.text ?? "", from: node?.day("from", log),
            note: node?["note"]?.text ?? "")
    }
}

extension DefinitionNode {
    fileprivate func tenThousandths(_ key: String, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        guard number.isFinite else { return 0 }
        let basis = (number * 10_000).rounded()
        if (0...1).contains(number), abs(number * 10_000 - basis) < 1e-6 { return Int(basis) }
        log.error("spending.share", at: place, "“\(key)”写 0 到 1 之间的小数，如 5% 写 0.05，最多四位小数")
        return 0
    }
}
