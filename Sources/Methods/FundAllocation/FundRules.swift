public import Planning
internal import Vocabulary

/// The rules an allocation keeps, with the words in which conflicts are told.
extension FundProblem {
    static func sourceID(_ source: Source) -> String { "source.\(source.id)" }
    static func shareID(_ share: Share) -> String { "share.\(share.mark)" }

    /// Rules in force that could be put aside.
    public var rules: [PlanRule] {
        var found = sources.map { source in
            PlanRule(
                FundProblem.sourceID(source),
                LocalizedText(zh: "“\(source.label)”不超过\(source.amount)元", en: "\(source.label) up to \(source.amount) yuan"), "资金来源的额度")
        }
        found += shares.map { share in
            let percent = (share.part * Fraction(100)).approximate
            return PlanRule(
                FundProblem.shareID(share),
                LocalizedText(zh: "用于\(share.label)的不少于总支出的\(percent)%", en: "At least \(percent)% for \(share.mark)"), "本次设定的倾斜比例")
        }
        let required = projects.filter(\.isRequired)
        if !required.isEmpty {
            found.append(
                PlanRule(
                    "required", LocalizedText(zh: "\(required.count)个已定项目必须安排", en: "\(required.count) projects promised"), "本次设定的已定项目"))
        }
        return found.filter { !waived.contains($0.id) }
    }

    var required: [Project] { waived.contains("required") ? [] : projects.filter(\.isRequired) }
    /// The shares in force.
    var keptShares: [Share] { shares.filter { !waived.contains(FundProblem.shareID($0)) } }

    /// What a source has; nil where its limit is put aside.
    func amount(_ source: Source) -> Int? { waived.contains(FundProblem.sourceID(source)) ? nil : source.amount }
}
