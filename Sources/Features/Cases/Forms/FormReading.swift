internal import Casework
internal import Foundation
internal import Indicators
internal import Pages
internal import Vocabulary

/// What somebody filled in, as answers and evidence.
struct FormReading {
    let parts: PostedParts
    let files: any ReturnFiles
    let schools: [CaseSchool]
    let people: [(id: String, label: String)]
    private(set) var complaints: [FieldComplaint] = []

    init(_ parts: PostedParts, files: any ReturnFiles, schools: [CaseSchool], people: [(id: String, label: String)]) {
        self.parts = parts
        self.files = files
        self.schools = schools
        self.people = people
    }

    /// As typed, by input name, to be shown again.
    static func typed(_ parts: PostedParts) -> [String: [String]] {
        var typed: [String: [String]] = [:]
        for (name, value) in parts.values { typed[name, default: []].append(value) }
        return typed
    }

    /// How many rows of a table were typed.
    static func rows(_ typed: [String: [String]], _ name: String) -> Int {
        typed.keys.compactMap { key -> Int? in
            guard key.hasPrefix(name + ".") else { return nil }
            return Int(key.dropFirst(name.count + 1).prefix { $0 != "." })
        }.max().map { $0 + 1 } ?? 0
    }

    mutating func answers(_ form: CaseForm?) async throws -> [String: FieldValue] {
        var answers: [String: FieldValue] = [:]
        for field in form?.fields ?? [] { answers[field.id] = try await answer(field, "f.\(field.id)", at: field.id) }
        return answers
    }

    private mutating func answer(_ field: FormField, _ name: String, at path: String) async throws -> FieldValue? {
        switch field.type {
        case .photo, .file:
            let kept = try await kept(name, isPhoto: field.type == .photo, path, field.label.zh)
            return kept.isEmpty ? nil : .files(kept)
        case .table: return try await table(field, name, at: path)
        default: break
        }
        do {
            guard let value = try field.read(parts.all(name)) else { return nil }
            guard case .reference(let id, let label) = value else { return value }
            return named(field, id, label, path)
        } catch {
            complaints.append(FieldComplaint(path, error.complaint.message))
            return nil
        }
    }

    /// A reference with the name it has today.
    private mutating func named(_ field: FormField, _ id: String, _ label: String, _ path: String) -> FieldValue? {
        switch field.type {
        case .school, .schoolUnit:
            if let school = schools.first(where: { $0.code == id }) { return .reference(id: id, label: school.name) }
        case .county:
            if schools.contains(where: { $0.county == id }) { return .reference(id: id, label: id) }
        default:
            if people.isEmpty { return .reference(id: id, label: label) }
            if let person = people.first(where: { $0.id == id }) { return .reference(id: id, label: person.label) }
        }
        complaints.append(FieldComplaint(path, "“\(field.label.zh)”请从列表里选择"))
        return nil
    }

    private mutating func table(_ field: FormField, _ name: String, at path: String) async throws -> FieldValue? {
        var rows: [[String: FieldValue]] = []
        let typed = FormReading.rows(FormReading.typed(parts), name)
        for row in 0..<Swift.min(typed, field.mostCount ?? 500) {
            var answers: [String: FieldValue] = [:]
            for column in field.columns {
                answers[column.id] = try await answer(column, "\(name).\(row).\(column.id)", at: "\(path)[\(rows.count)].\(column.id)")
            }
            if !answers.isEmpty { rows.append(answers) }
        }
        return rows.isEmpty ? nil : .table(rows)
    }

    // MARK: Evidence

    /// Pieces for the rules of an action; where and when they were taken comes with the form from the device.
    mutating func evidence(_ rules: [EvidenceRule]) async throws -> [Evidence] {
        var pieces: [Evidence] = []
        let position = position(parts["e.position"])
        for kind in EvidenceKind.allCases where rules.contains(where: { $0.kind == kind }) || kind.isFile {
            switch kind {
            case .photo, .document:
                let name = "e.\(kind.rawValue)"
                for file in try await kept(name, isPhoto: kind == .photo, "evidence.\(kind.rawValue)", kind.label.zh) {
                    pieces.append(
                        Evidence(kind: kind, file: file, takenAt: parts.takenAt(file.name), position: kind == .photo ? position : nil))
                }
            case .location:
                if let text = parts["e.location"], !text.isEmpty {
                    if let place = self.position(text) {
                        pieces.append(Evidence(kind: kind, takenAt: nil, position: place))
                    } else {
                        complaints.append(FieldComplaint("evidence.location", "位置应是经度和纬度，如 113.25,23.13"))
                    }
                }
            case .measurement:
                let unit = rules.first { $0.kind == kind }?.unit ?? ""
                for text in parts.all("e.measurement") where !text.isEmpty {
                    guard let number = Double(text), number.isFinite else {
                        complaints.append(FieldComplaint("evidence.measurement", "实测值应是一个数，写的是“\(text)”"))
                        continue
                    }
                    pieces.append(Evidence(kind: kind, value: number, unit: unit))
                }
            }
        }
        let note = parts["e.note"] ?? ""
        return pieces.map { piece in
            var piece = piece
            piece.note = note
            return piece
        }
    }

    private func position(_ text: String?) -> CasePosition? {
        let numbers = (text ?? "").split { $0 == "," || $0 == "，" || $0 == " " }.compactMap { Double($0) }
        guard numbers.count >= 2, (-180...180).contains(numbers[0]), (-90...90).contains(numbers[1]) else { return nil }
        return CasePosition(longitude: numbers[0], latitude: numbers[1], accuracy: numbers.count > 2 ? numbers[2] : nil)
    }

    private mutating func kept(_ field: String, isPhoto: Bool, _ path: String, _ label: String) async throws -> [CaseFile] {
        var kept: [CaseFile] = []
        for file in parts.files where file.field == field {
            let type = try FileKind.of(file.url)
            guard let type, !isPhoto || type.hasPrefix("image/") else {
                complaints.append(
                    FieldComplaint(
                        path,
                        "“\(label)”里的“\(file.name)”\(isPhoto ? "不是照片" : "不是能收的文件")，可交 JPEG、PNG、WebP\(isPhoto ? "" : "、PDF、Word、Excel、WPS")")
                )
                continue
            }
            let stored = try await files.keep(contentsOf: file.url, name: file.name)
            kept.append(CaseFile(name: file.name, digest: stored.digest, size: stored.size, type: type))
        }
        return kept
    }
}
