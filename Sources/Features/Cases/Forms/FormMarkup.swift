internal import Casework
internal import Pages
internal import Vocabulary

/// A form of a definition as HTML: complete without a script. Questions asked only sometimes say when; `cases.js` hides them until then.
struct FormMarkup {
    let form: CaseForm
    let schools: [CaseSchool]
    let people: [(id: String, label: String)]
    /// As typed before, by input name.
    let typed: [String: [String]]
    /// Kept answers, shown where nothing has been typed.
    let answers: [String: FieldValue]
    /// What is wrong, by field.
    let complaints: [String: String]

    var html: String { form.fields.map { row($0, at: $0.id, name: "f.\($0.id)") }.joined() }

    private func row(_ field: FormField, at path: String, name: String) -> String {
        let id = "i-\(name)"
        let complaint = complaints[path].map { "<span class=\"wrong\" id=\"\(id)-wrong\">\(Svg.escaped($0))</span>" } ?? ""
        let mark = field.isRequired ? " <span class=\"must\" aria-hidden=\"true\">必填</span>" : ""
        let secret = field.isPrivate ? " <span class=\"note\">加密保存，只有指定岗位看得到</span>" : ""
        let when = field.shown.map { " data-shown=\"\(Svg.escaped($0.description))\"" } ?? ""
        let only = field.shown.map { "<span class=\"note when\">\(Svg.escaped(sometimes($0)))时填写</span>" } ?? ""
        let help = field.help.isEmpty ? "" : "<span class=\"note\">\(Svg.escaped(field.help))</span>"
        let label = Svg.escaped(field.label.zh) + mark + secret
        let input = input(field, name, id, path)
        if [.choice, .choices, .yesNo, .table].contains(field.type) {
            return
                "<fieldset class=\"field\" data-field=\"\(path)\"\(when)><legend>\(label)</legend>\(only)\(input)\(help)\(complaint)</fieldset>"
        }
        return
            "<div class=\"field\" data-field=\"\(path)\"\(when)><label for=\"\(id)\">\(label)</label>\(only)\(input)\(help)\(complaint)</div>"
    }

    /// The condition in words: 等级是“重大”.
    private func sometimes(_ condition: FieldCondition) -> String {
        condition.tests.map { test in
            let field = form.field(test.field)
            let values = test.values.map { value in
                value == "yes" ? "是" : value == "no" ? "否" : field?.option(value)?.label.zh ?? value
            }
            let sign =
                switch test.sign {
                case .equal: "是"
                case .unequal: "不是"
                case .atLeast: "不少于"
                case .atMost: "不超过"
                case .above: "多于"
                case .below: "少于"
                }
            return "“\(field?.label.zh ?? test.field)”\(sign)“\(values.joined(separator: "”或“"))”"
        }.joined(separator: "，且")
    }

    // MARK: Inputs

    private func value(_ field: FormField, _ name: String) -> [String] { typed[name] ?? answers[field.id].map(FormMarkup.plain) ?? [] }

    /// `spoken` names a field that has no label beside it: a cell of a table.
    private func input(_ field: FormField, _ name: String, _ id: String, _ path: String, spoken: String? = nil) -> String {
        let required = field.isRequired && field.shown == nil ? " required" : ""
        let wrong = complaints[path] == nil ? "" : " aria-invalid=\"true\" aria-describedby=\"\(id)-wrong\""
        let called = spoken.map { " aria-label=\"\(Svg.escaped($0))\"" } ?? ""
        let base = "id=\"\(id)\" name=\"\(name)\"\(called)\(required)\(wrong)"
        let text = Svg.escaped(value(field, name).first ?? "")
        switch field.type {
        case .text: return "<input \(base) value=\"\(text)\" maxlength=\"\(field.mostCount ?? 200)\">"
        case .longText: return "<textarea \(base) rows=\"3\" maxlength=\"\(field.mostCount ?? 4_000)\">\(text)</textarea>"
        case .number, .measurement:
            return
                "<span class=\"unit\"><input \(base) value=\"\(text)\" inputmode=\"decimal\" size=\"12\"> \(Svg.escaped(field.unit))</span>"
        case .money: return "<span class=\"unit\"><input \(base) value=\"\(text)\" inputmode=\"decimal\" size=\"14\"> 元</span>"
        case .date: return "<input type=\"date\" \(base) value=\"\(text)\">"
        case .choice: return choices(field, name, "radio", Set(value(field, name)))
        case .choices: return choices(field, name, "checkbox", Set(value(field, name)))
        case .yesNo:
            let chosen = value(field, name).first
            return [("yes", "是"), ("no", "否")].map { option, label in
                "<label class=\"option\"><input type=\"radio\" name=\"\(name)\" value=\"\(option)\"\(chosen == option ? " checked" : "")\(required)> \(label)</label>"
            }.joined()
        case .school, .schoolUnit: return reference(base, schools.map { ($0.code, "\($0.county) \($0.name)") }, text)
        case .county: return reference(base, Set(schools.map(\.county)).sorted().map { ($0, $0) }, text)
        case .person:
            return people.isEmpty
                ? "<input \(base) value=\"\(text)\" maxlength=\"100\">" : reference(base, people.map { ($0.id, $0.label) }, text)
        case .photo: return "<input type=\"file\" \(base) accept=\"image/*\" capture=\"environment\" multiple>"
        case .file: return "<input type=\"file\" \(base) multiple>"
        case .location:
            return
                "<span class=\"unit\"><input \(base) value=\"\(text)\" placeholder=\"经度,纬度\" size=\"26\" data-locate> <span class=\"note\">手机上可以自动取位置</span></span>"
        case .table: return table(field, name, path)
        case .calculated: return "<p class=\"note\">提交后自动计算\(field.unit.isEmpty ? "" : "（\(Svg.escaped(field.unit))）")</p>"
        }
    }

    private func choices(_ field: FormField, _ name: String, _ kind: String, _ chosen: Set<String>) -> String {
        let required = field.isRequired && kind == "radio" && field.shown == nil ? " required" : ""
        return field.options.map { option in
            "<label class=\"option\"><input type=\"\(kind)\" name=\"\(name)\" value=\"\(Svg.escaped(option.id))\"\(chosen.contains(option.id) ? " checked" : "")\(required)> \(Svg.escaped(option.label.zh))</label>"
        }.joined()
    }

    private func reference(_ base: String, _ options: [(id: String, label: String)], _ chosen: String) -> String {
        let list = options.map {
            "<option value=\"\(Svg.escaped($0.id))\"\(Svg.escaped($0.id) == chosen ? " selected" : "")>\(Svg.escaped($0.label))</option>"
        }
        return "<select \(base)><option value=\"\">请选择</option>\(list.joined())</select>"
    }

    /// Rows of a table: those there are and some blank ones; blank rows are not kept.
    private func table(_ field: FormField, _ name: String, _ path: String) -> String {
        var kept: [[String: FieldValue]] = []
        if case .table(let rows)? = answers[field.id] { kept = rows }
        let rows = Swift.min(field.mostCount ?? 50, Swift.max(kept.count + 3, FormReading.rows(typed, name)))
        let head = field.columns.map {
            "<th scope=\"col\">\(Svg.escaped($0.label.zh))\($0.isRequired ? " <span class=\"must\">必填</span>" : "")</th>"
        }
        let body = (0..<rows).map { row in
            let cells = field.columns.map { column in
                let cell = FormMarkup(
                    form: CaseForm(id: "", label: field.label, fields: [column]), schools: schools, people: people, typed: typed,
                    answers: row < kept.count ? kept[row] : [:], complaints: complaints)
                let name = "\(name).\(row).\(column.id)"
                let place = "\(path)[\(row)].\(column.id)"
                let wrong = complaints[place].map { "<span class=\"wrong\">\(Svg.escaped($0))</span>" } ?? ""
                var free = column
                free.isRequired = false
                return "<td>\(cell.input(free, name, "i-\(name)", place, spoken: "\(column.label.zh)，第\(row + 1)行"))\(wrong)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return
            "<div class=\"scroll\"><table class=\"entry\"><caption class=\"unseen\">\(Svg.escaped(field.label.zh))</caption><thead><tr>\(head.joined())</tr></thead><tbody>\(body.joined())</tbody></table></div>"
    }

    /// An answer as it would be typed.
    static func plain(_ value: FieldValue) -> [String] {
        switch value {
        case .text(let text): [text]
        case .number(let number): [number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"]
        case .money(let fen): [fen % 100 == 0 ? "\(fen / 100)" : "\(Double(fen) / 100)"]
        case .date(let day): [day.description]
        case .choice(let id): [id]
        case .choices(let ids): ids
        case .yesNo(let yes): [yes ? "yes" : "no"]
        case .reference(let id, _): [id]
        case .location(let place): ["\(place.longitude),\(place.latitude)"]
        case .files, .table, .sealed: []
        }
    }
}
