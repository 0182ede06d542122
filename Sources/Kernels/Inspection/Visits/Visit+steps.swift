internal import Vocabulary

/// What happens at the school. Each step refuses in the user's words where the visit does not stand so.
extension Visit {
    public mutating func arrive(_ arrival: CheckIn) throws(InspectionRefusal) {
        try requireOpen()
        // Sent again over a bad line: the first arrival stands.
        if checkIn == nil { checkIn = arrival }
    }

    public mutating func judge(_ item: String, of rubric: Rubric, _ mark: VisitMark) throws(InspectionRefusal) {
        try requireArrived()
        guard rubrics.contains(rubric.id), rubric.item(item) != nil else { throw InspectionRefusal("这次督导没有这一项，请返回后重新选择", .unknown) }
        guard mark.isNotApplicable || rubric.level(mark.level) != nil else { throw InspectionRefusal("请选择一个等级，或选“不适用”", .input) }
        guard mark.note.count <= Visit.longest else { throw InspectionRefusal("说明最多\(Visit.longest)字", .input) }
        marks[rubric.id, default: [:]][item] = mark
    }

    /// The same picture of the same item is kept once.
    public mutating func add(_ photo: VisitPhoto) throws(InspectionRefusal) {
        try requireArrived()
        if photos.contains(where: { $0.digest == photo.digest && $0.rubric == photo.rubric && $0.item == photo.item }) { return }
        guard photos.count < Visit.mostPhotos else { throw InspectionRefusal("一次督导最多\(Visit.mostPhotos)张照片") }
        photos.append(photo)
    }

    public mutating func add(_ finding: VisitFinding) throws(InspectionRefusal) {
        try requireArrived()
        if findings.contains(where: { $0.id == finding.id }) { return }
        guard !finding.text.isEmpty, finding.text.count <= Visit.longest else {
            throw InspectionRefusal("写明发现的问题，最多\(Visit.longest)字", .input)
        }
        findings.append(finding)
    }

    /// Every item judged, or said not to apply.
    public mutating func finish(_ known: [Rubric], _ signed: Signature) throws(InspectionRefusal) {
        try requireArrived()
        for id in rubrics {
            guard let rubric = known.first(where: { $0.id == id }) else { continue }
            let score = RubricScore(rubric, marks[id] ?? [:])
            guard score.judged == score.of else {
                throw InspectionRefusal("“\(rubric.label.zh)”还有\(score.of - score.judged)项没有评，不能结束。没有查到的请选“不适用”")
            }
        }
        state = .done
        finished = signed
    }

    /// The finding has become a case.
    public mutating func link(_ finding: String, case id: String, number: String) throws(InspectionRefusal) {
        guard let place = findings.firstIndex(where: { $0.id == finding }) else { throw InspectionRefusal("没有这条发现，请刷新页面", .unknown) }
        findings[place].caseID = id
        findings[place].caseNumber = number
    }

    public static let longest = 500
    static let mostPhotos = 200

    private func requireOpen() throws(InspectionRefusal) {
        switch state {
        case .approved: return
        case .requested: throw InspectionRefusal("这次督导还没有批准列入计划，不能入校")
        case .done: throw InspectionRefusal("这次督导已经结束，不能再改")
        case .declined: throw InspectionRefusal("这次督导没有获得批准，不能入校")
        case .merged: throw InspectionRefusal("这次督导已合并到另一次，请打开那一次")
        }
    }

    private func requireArrived() throws(InspectionRefusal) {
        try requireOpen()
        if checkIn == nil { throw InspectionRefusal("请先签到，再评分") }
    }
}
