internal import Casework
public import Foundation
internal import Indicators
public import Inspection
public import Pages
internal import Registry
internal import Reporting
internal import Vocabulary

/// What can be done at a school and with what was found there, whoever asks.
extension SupervisionDesk {
    /// A visit the person may see. Throws `PageMissing`, `PageForbidden`.
    public func one(_ id: String, _ visit: Pages.Visit) async throws -> OpenedVisit {
        let (one, sight) = try await sighted(id, visit)
        return opened(one, sight)
    }

    func sighted(_ id: String, _ visit: Pages.Visit) async throws -> (visit: SchoolVisit, sight: InspectionSight) {
        guard let one = try await store.visit(id) else {
            throw PageMissing("没有这次督导，可能链接有误。请回到“督导计划”重新选择")
        }
        let sight = InspectionSight(visit, try await store.responsibilities(one.county))
        guard sight.sees(one) else { throw PageForbidden("这所学校不在你的督导范围内。需要查看请联系县督导室") }
        return (one, sight)
    }

    /// A visit the person may go on.
    func mine(_ id: String, _ visit: Pages.Visit) async throws -> (visit: SchoolVisit, sight: InspectionSight) {
        let (one, sight) = try await sighted(id, visit)
        guard sight.mayInspect(one) else {
            throw PageForbidden("这次督导由\(one.inspectorName.isEmpty ? "责任督学" : one.inspectorName)办理，你可以查看，不能填写")
        }
        return (one, sight)
    }

    /// What a change of the school's visits of the year makes of one of them, as they stand in the transaction.
    func change(
        _ one: SchoolVisit, seen: Int?, _ decide: @escaping @Sendable ([SchoolVisit]) throws -> [SchoolVisit]
    ) async throws -> SchoolVisit {
        let written = try await store.change(school: one.school, year: one.year) { all in
            if let seen, let now = all.first(where: { $0.id == one.id }), now.version != seen {
                throw InspectionRefusal("这次督导刚被别人改动过，请重新读取后再办", .stale)
            }
            return try decide(all)
        }
        return written.first { $0.id == one.id } ?? one
    }

    /// One change of one visit, as it stands in the transaction.
    private func change(
        _ one: SchoolVisit, seen: Int? = nil, step: @escaping @Sendable (inout SchoolVisit) throws -> Void
    ) async throws -> SchoolVisit {
        try await change(one, seen: seen) { all in
            guard var visit = all.first(where: { $0.id == one.id }) else { throw InspectionRefusal("没有这次督导，请刷新页面", .unknown) }
            try step(&visit)
            return [visit]
        }
    }

    /// The arrival at the school; why there is no position is kept where there is none. Throws `InspectionRefusal`.
    public func arrive(_ id: String, at position: VisitPosition?, because reason: String, _ visit: Pages.Visit) async throws -> OpenedVisit
    {
        let (one, sight) = try await mine(id, visit)
        let place = try await schools().first { $0.code == one.school }?.position
        let reason = String(reason.prefix(100))
        let arrival = CheckIn(
            signed: signed(visit), position: position, reason: reason.isEmpty ? "设备没有提供位置" : reason, school: place,
            rules: catalogue.rules)
        return opened(try await change(one) { try $0.arrive(arrival) }, sight)
    }

    /// The last step of a visit: every item is judged. Throws `InspectionRefusal`.
    public func finish(_ id: String, seen: Int? = nil, _ visit: Pages.Visit) async throws -> OpenedVisit {
        let (one, sight) = try await mine(id, visit)
        let (rubrics, signed) = (catalogue.rubrics(of: one), signed(visit))
        return opened(try await change(one, seen: seen) { try $0.finish(rubrics, signed) }, sight)
    }

    func card(_ one: SchoolVisit, _ rubric: String, _ item: String) throws -> (rubric: Rubric, item: Rubric.Item) {
        guard let rubric = catalogue.rubric(rubric, of: one), let item = rubric.item(item) else {
            throw PageMissing("这次督导没有这一项，请返回重新选择")
        }
        return (rubric, item)
    }

    /// The judgement of one item with what was found and photographed: `level`, `note`, `problem` with `finishBy`, `e.position`,
    /// and files named `e.photo`. Throws `InspectionRefusal`.
    public func judge(
        _ id: String, _ rubric: String, _ item: String, _ parts: PostedParts, _ visit: Pages.Visit
    ) async throws -> OpenedVisit {
        let (one, sight) = try await mine(id, visit)
        let (rubric, item) = try card(one, rubric, item)
        let signed = signed(visit)
        let mark = VisitMark(level: parts["level"] ?? "", note: parts["note"] ?? "", signed: signed)
        let finding = try finding(parts, rubric, item, signed, visit)
        let position = parts["e.position"].flatMap { VisitPosition(text: $0) }
        let kept = try await VisitPhotos(parts: parts, files: files).keep(rubric.id, item.id, position)
        return opened(
            try await change(one) { visit in
                try visit.judge(item.id, of: rubric, mark)
                for photo in kept { try visit.add(photo) }
                if let finding { try visit.add(finding) }
            }, sight)
    }

    private func finding(
        _ parts: PostedParts, _ rubric: Rubric, _ item: Rubric.Item, _ signed: SchoolVisit.Signature, _ visit: Pages.Visit
    ) throws -> VisitFinding? {
        let text = (parts["problem"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return nil }
        guard let day = Day(iso: parts["finishBy"] ?? ""), day > visit.today else {
            throw InspectionRefusal("写了问题，请写明整改期限，晚于今天", .input)
        }
        let once = (parts["once"] ?? "").filter { $0.isLetter && $0.isASCII || $0.isNumber && $0.isASCII }
        return VisitFinding(
            id: once.isEmpty ? newID() : String(once.prefix(40)), rubric: rubric.id, item: item.id, text: text, finishBy: day,
            signed: signed)
    }

    /// A photo of a visit: its bytes, what it was called, what it is.
    public func photo(_ digest: String, of id: String, _ visit: Pages.Visit) async throws -> (bytes: Data, name: String, type: String) {
        let (one, _) = try await sighted(id, visit)
        guard let photo = one.photos.first(where: { $0.digest == digest }),
            let bytes = try await files.bytes(of: KeptFile(name: photo.name, digest: photo.digest, size: photo.size))
        else { throw PageMissing("没有这张照片，可能链接有误") }
        return (Data(bytes), photo.name, photo.type)
    }

    /// Makes a case of a finding, once. Throws `CaseRefusal`, `InspectionRefusal`.
    public func openCase(_ finding: String, of id: String, _ visit: Pages.Visit) async throws -> OpenedVisit {
        let (one, sight) = try await mine(id, visit)
        guard let finding = one.findings.first(where: { $0.id == finding }) else { throw PageMissing("没有这条发现，请刷新页面") }
        guard finding.caseID.isEmpty else { throw InspectionRefusal("这条发现已经立件：\(finding.caseNumber)") }
        guard let start = FindingCase(one, finding, catalogue) else { throw InspectionRefusal("这条发现没有整改期限，不能立件") }
        let command = CaseCommand(
            .note, by: actor(visit.person, visit.today), at: now(), today: visit.today, answers: start.answers, links: [start.link])
        let begun = try await office.open(FindingCase.kind, start.beginning, command)
        return opened(try await change(one) { try $0.link(finding.id, case: begun.id, number: begun.number) }, sight)
    }

    /// 督导报告 of one visit, `docx` or `pdf`. Throws `PageProblem`.
    public func report(_ id: String, _ kind: String, _ visit: Pages.Visit) async throws -> (bytes: Data, name: String) {
        let (one, _) = try await sighted(id, visit)
        return (try paper(VisitPaper(self, one, visit.today).document, kind), "\(one.schoolName)督导报告.\(kind)")
    }
}
