internal import Foundation
internal import Vocabulary

extension CaseDefinition {
    /// Holds the evidence of a command against what is asked; answers what is to be noted.
    func proven(
        _ rules: [EvidenceRule], _ command: CaseCommand, openedAt: Date, held: [Evidence], _ around: CaseSurroundings
    ) throws(CaseRefusal) -> [Finding] {
        var (complaints, notes): ([FieldComplaint], [Finding]) = ([], [])
        for piece in command.evidence {
            if let wrong = CaseDefinition.flaw(piece) { complaints.append(FieldComplaint("evidence.\(piece.kind.rawValue)", wrong)) }
        }
        for rule in rules {
            var check = EvidenceCheck(
                rule: rule, openedAt: openedAt, at: command.at, site: around.facts[CaseFacts.schoolPosition], used: around.used)
            check.look(command.evidence.filter { $0.kind == rule.kind }, held: held)
            complaints += check.complaints.map { FieldComplaint("evidence.\(rule.kind.rawValue)", $0) }
            notes += check.notes
        }
        guard complaints.isEmpty else {
            throw CaseRefusal(.evidence, complaints.map(\.message).joined(separator: "；"), complaints: complaints)
        }
        return notes
    }

    private static func flaw(_ piece: Evidence) -> String? {
        switch piece.kind {
        case .photo, .document: piece.file == nil ? "\(piece.kind.label.zh)没有上传成功，请重新选择文件" : nil
        case .location: piece.position == nil ? "没有取到位置，请允许定位后重试" : nil
        case .measurement: piece.value?.isFinite == true ? nil : "请填实测的数"
        }
    }
}

/// One rule over the pieces of its kind.
private struct EvidenceCheck {
    let rule: EvidenceRule
    let openedAt: Date
    let at: Date
    let site: CaseFact
    let used: [String: EvidenceUse]
    var complaints: [String] = []
    var notes: [Finding] = []

    mutating func look(_ pieces: [Evidence], held: [Evidence]) {
        let files = pieces.compactMap(\.file?.digest)
        let old = Set(held.compactMap(\.file?.digest))
        if files.contains(where: old.contains) { complaints.append("\(rule.label.zh)里有这件以前交过的文件，请交新的") }
        // The same file twice proves once.
        let count = rule.kind.isFile ? Set(files).subtracting(old).count : pieces.count
        if count < rule.atLeast {
            let same = files.count > Set(files).count ? "（相同的文件只算一份）" : ""
            complaints.append("\(rule.label.zh)至少要\(rule.atLeast)份，现有\(count)份\(same)")
        }
        for piece in pieces {
            checkUse(piece)
            if rule.sinceOpening { checkTime(piece) }
            if let metres = rule.within { checkPlace(piece, metres) }
            if rule.kind == .measurement, !rule.unit.isEmpty, piece.unit != rule.unit {
                complaints.append("\(rule.label.zh)的单位应是\(rule.unit)")
            }
        }
    }

    private mutating func checkUse(_ piece: Evidence) {
        guard rule.reuse != .allow, let file = piece.file, let use = used[file.digest] else { return }
        if rule.reuse == .refuse {
            complaints.append("\(name(piece))已经在\(use.words)里作过佐证，请交这件自己的")
        } else {
            // Kept for whoever may read this case; which the others are, each reader is told as far as they may know.
            notes.append(Finding("evidence.used", "\(name(piece))在另外\(use.count)件里也作过佐证，请核对是否属实", refuses: false))
        }
    }

    private mutating func checkTime(_ piece: Evidence) {
        guard let taken = piece.takenAt else {
            notes.append(Finding("evidence.time", "\(name(piece))没有拍摄时间，未能核对是否在立件之后", refuses: false))
            return
        }
        // Clocks of telephones go wrong by minutes.
        if taken < openedAt.addingTimeInterval(-600) { complaints.append("\(name(piece))是立件以前的，请交立件以后的") }
        if taken > at.addingTimeInterval(600) { complaints.append("\(name(piece))的拍摄时间晚于现在，请核对设备时间") }
    }

    private mutating func checkPlace(_ piece: Evidence, _ metres: Double) {
        guard case .position(let site) = site else {
            notes.append(Finding("evidence.site", "学校坐标没有登记，\(name(piece))未能核对位置", refuses: false))
            return
        }
        guard let position = piece.position else {
            notes.append(Finding("evidence.place", "\(name(piece))没有位置信息，未能核对是否在校内", refuses: false))
            return
        }
        let away = position.metres(to: site)
        // What the device itself is unsure of counts for whoever stood there.
        if away - (position.accuracy ?? 0) > metres {
            complaints.append("\(name(piece))离学校约\(Int(away.rounded()))米，超出\(Int(metres))米")
        }
    }

    private func name(_ piece: Evidence) -> String { piece.file.map { "“\($0.name)”" } ?? piece.kind.label.zh }
}
