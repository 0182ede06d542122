internal import Casework
internal import Pages
internal import Vocabulary

/// The questions of a request's own form, but for the table the check fills in.
struct RequestMarkup {
    private let form: CaseForm?
    private let counties: [String]
    private let parts: PostedParts

    init(_ definition: CaseDefinition, _ counties: [String], _ parts: PostedParts) {
        form = definition.form(definition.opening.form)
        self.counties = counties
        self.parts = parts
    }

    var html: String {
        (form?.fields ?? []).filter { ![.table, .calculated].contains($0.type) }.map(row).joined()
    }

    private func row(_ field: FormField) -> String {
        let (name, id) = ("f.\(field.id)", "i-f.\(field.id)")
        let must = field.isRequired ? " <span class=\"must\">必填</span>" : ""
        let help = field.help.isEmpty ? "" : "<span class=\"note\">\(Svg.escaped(field.help))</span>"
        return
            "<div class=\"field\"><label for=\"\(id)\">\(Svg.escaped(field.label.zh))\(must)</label>\(input(field, name, id))\(help)</div>"
    }

    private func input(_ field: FormField, _ name: String, _ id: String) -> String {
        let base = "id=\"\(id)\" name=\"\(name)\"\(field.isRequired ? " required" : "")"
        let typed = parts[name] ?? ""
        let text = Svg.escaped(typed)
        switch field.type {
        case .longText: return "<textarea \(base) rows=\"3\" maxlength=\"\(field.mostCount ?? 4_000)\">\(text)</textarea>"
        case .number, .money, .measurement:
            let unit = field.type == .money ? "元" : field.unit
            return "<span class=\"unit\"><input \(base) value=\"\(text)\" inputmode=\"decimal\" size=\"12\"> \(Svg.escaped(unit))</span>"
        case .date: return "<input type=\"date\" \(base) value=\"\(text)\">"
        case .choice, .yesNo:
            let options = field.type == .yesNo ? [("yes", "是"), ("no", "否")] : field.options.map { ($0.id, $0.label.zh) }
            return select(base, options, typed)
        case .county: return select(base, counties.map { ($0, $0) }, typed)
        default: return "<input \(base) value=\"\(text)\" maxlength=\"\(field.mostCount ?? 200)\">"
        }
    }

    private func select(_ base: String, _ options: [(String, String)], _ chosen: String) -> String {
        let list = options.map { value, label in
            "<option value=\"\(Svg.escaped(value))\"\(value == chosen ? " selected" : "")>\(Svg.escaped(label))</option>"
        }
        return "<select \(base)><option value=\"\">请选择</option>\(list.joined())</select>"
    }
}
