internal import Foundation
public import Vocabulary

extension CaseDefinition {
    /// The answers of a command as they are kept: unasked ones dropped, reckoned ones added. Throws `form` with every complaint.
    func checked(
        _ form: CaseForm?, _ known: [String: FieldValue], _ command: CaseCommand
    ) throws(CaseRefusal) -> [String: FieldValue] {
        guard let form else { return [:] }
        let (answers, complaints) = form.check(command.answers, known: known, today: command.today)
        guard complaints.isEmpty else {
            throw CaseRefusal(.form, complaints.map(\.message).joined(separator: "；"), complaints: complaints)
        }
        return answers
    }
}

extension CaseForm {
    /// `known` are answers from earlier forms, which conditions and formulas may name.
    public func check(
        _ given: [String: FieldValue], known: [String: FieldValue] = [:], today: Day
    ) -> (answers: [String: FieldValue], complaints: [FieldComplaint]) {
        FormField.check(fields, given, known: known, today: today, at: "", named: "")
    }
}

extension FormField {
    static func check(
        _ fields: [FormField], _ given: [String: FieldValue], known: [String: FieldValue], today: Day, at path: String, named: String
    ) -> (answers: [String: FieldValue], complaints: [FieldComplaint]) {
        var (answers, complaints): ([String: FieldValue], [FieldComplaint]) = ([:], [])
        for field in fields where field.shown?.holds(known.merging(answers) { $1 }) ?? true {
            let place = path + field.id
            if field.type == .calculated {
                answers[field.id] = field.formula?.value(known.merging(answers) { $1 }).map { .number($0) }
                continue
            }
            guard let value = given[field.id], !value.isEmpty else {
                if field.isRequired { complaints.append(FieldComplaint(place, "\(named)请填“\(field.label.zh)”")) }
                continue
            }
            guard field.accepts(value) else {
                complaints.append(FieldComplaint(place, "\(named)“\(field.label.zh)”应是\(field.type.label.zh)"))
                continue
            }
            if case .table(let rows) = value {
                let checked = field.checkRows(rows, known: known, today: today, at: place)
                complaints += checked.complaints
                answers[field.id] = .table(checked.rows)
            } else {
                answers[field.id] = value
            }
            if let message = field.objection(to: value, today: today) {
                complaints.append(FieldComplaint(place, "\(named)“\(field.label.zh)”\(message)"))
            }
        }
        return (answers, complaints)
    }

    private func checkRows(
        _ rows: [[String: FieldValue]], known: [String: FieldValue], today: Day, at place: String
    ) -> (rows: [[String: FieldValue]], complaints: [FieldComplaint]) {
        let checked = rows.enumerated().map { number, row in
            FormField.check(
                columns, row, known: known, today: today, at: "\(place)[\(number)].", named: "“\(label.zh)”第\(number + 1)行：")
        }
        return (checked.map(\.answers), checked.flatMap(\.complaints))
    }

    private func accepts(_ value: FieldValue) -> Bool {
        switch (type, value) {
        case (.text, .text), (.longText, .text), (.number, .number), (.measurement, .number), (.money, .money), (.date, .date),
            (.choice, .choice), (.choices, .choices), (.yesNo, .yesNo), (.photo, .files), (.file, .files), (.location, .location),
            (.table, .table):
            true
        case (_, .reference): type.isReference
        default: false
        }
    }

    /// What is wrong with an answer of the right kind; nil when nothing is.
    private func objection(to value: FieldValue, today: Day) -> String? {
        switch value {
        case .number, .money: return value.number.flatMap(range)
        case .text(let text):
            let most = mostCount ?? (type == .longText ? 4_000 : 200)
            return text.count > most ? "最多\(most)字，现有\(text.count)字" : nil
        case .date(let day): return isFuture && day < today ? "不能早于今天（\(today.chinese)）" : nil
        case .choice(let id): return option(id) == nil ? "请从列出的选项里选" : nil
        case .choices(let ids):
            if ids.contains(where: { option($0) == nil }) { return "请从列出的选项里选" }
            return mostCount.flatMap { ids.count > $0 ? "最多选\($0)项" : nil }
        case .files(let files): return mostCount.flatMap { files.count > $0 ? "最多\($0)个文件" : nil }
        case .table(let rows): return mostCount.flatMap { rows.count > $0 ? "最多\($0)行" : nil }
        case .location(let place):
            return abs(place.latitude) <= 90 && abs(place.longitude) <= 180 ? nil : "不是地球上的位置"
        case .yesNo, .reference, .sealed: return nil
        }
    }

    private func range(_ number: Double) -> String? {
        let unit = type == .money ? "元" : unit
        if !number.isFinite { return "应是一个数" }
        if let least, number < least { return "不能小于\(FormField.text(least))\(unit)" }
        if let most, number > most { return "不能大于\(FormField.text(most))\(unit)" }
        return nil
    }

    /// A number without needless zeros.
    static func text(_ number: Double) -> String {
        // People read four decimals; a coefficient of variation has no more.
        let shown = abs(number) < 1e11 ? (number * 10_000).rounded() / 10_000 : number
        return shown == shown.rounded() && abs(shown) < 1e15 ? String(Int(shown)) : String(shown)
    }
}
