/// A table as HTML. It is complete without a script: headers are links, the filter is a form. `tables.js` only makes it quick.
struct TableMarkup {
    let table: DataTable
    /// Rows before filtering.
    let whole: Int
    /// Places of the columns shown; the rest are there, hidden, for the script to show.
    let visible: Set<Int>
    let filter: String
    let query: PageQuery

    var html: String {
        // The headline above already says that there is nothing.
        if !table.hasTools, whole == 0 { return "" }
        var text = "<div class=\"table\(table.columns.count < 5 ? " few" : "")\" id=\"t-\(table.id)\" data-whole=\"\(whole)\">"
        if table.hasTools { text += tools }
        let isTall = table.rows.count > 14
        text += "<div class=\"scroll\(isTall ? " tall" : "")\" tabindex=\"0\" role=\"region\" aria-label=\"\(Svg.escaped(table.caption))\">"
        text += "<table><caption>\(Svg.escaped(table.caption))</caption>\(head)<tbody>"
        for row in table.rows { text += self.row(row, isTotal: false) }
        text += "</tbody>"
        if table.hasTotals { text += "<tfoot>\(row(table.totals, isTotal: true))</tfoot>" }
        text += "</table></div>"
        if table.rows.isEmpty { text += "<p class=\"note\">\(filter.isEmpty ? "没有要列出的行。" : "没有与“\(Svg.escaped(filter))”相符的行。")</p>" }
        return text + "</div>"
    }

    // MARK: Above the table

    private var tools: String {
        let hidden = (query.others.filter { !$0.value.isEmpty } + [.init(name: "t", value: table.id)]).map {
            "<input type=\"hidden\" name=\"\(Svg.escaped($0.name))\" value=\"\(Svg.escaped($0.value))\">"
        }
        let sort = query.order(table.id).map { ($0.isFalling ? "-" : "") + $0.key } ?? ""
        let choices = table.columns.enumerated().dropFirst().map { place, column in
            "<label><input type=\"checkbox\" name=\"cols\" value=\"\(Svg.escaped(column.key))\"\(visible.contains(place) ? " checked" : "")> \(Svg.escaped(column.label))</label>"
        }
        let count = table.rows.count == whole ? "共\(whole)行" : "\(table.rows.count) / \(whole)行"
        return
            "<form class=\"tools\" method=\"get\" action=\"#t-\(table.id)\">\(hidden.joined())<input type=\"hidden\" name=\"sort\" value=\"\(Svg.escaped(sort))\">"
            + "<input type=\"search\" name=\"q\" value=\"\(Svg.escaped(filter))\" placeholder=\"筛选\" aria-label=\"筛选：\(Svg.escaped(table.caption))\">"
            + "<input type=\"hidden\" name=\"cols\" value=\"\"><details><summary>选列</summary><fieldset><legend>显示哪些列</legend>\(choices.joined())</fieldset></details>"
            + "<button class=\"apply\">应用</button><button name=\"export\" value=\"xlsx\">导出 Excel</button><output>\(count)</output></form>"
    }

    private var head: String {
        let order = query.order(table.id)
        let cells = table.columns.enumerated().map { place, column in
            let isSorted = order?.key == column.key
            let falls = isSorted && order?.isFalling == true
            let state = isSorted ? " aria-sort=\"\(falls ? "descending" : "ascending")\"" : ""
            let label = Svg.escaped(column.label)
            let next = isSorted ? (falls ? column.key : "-\(column.key)") : column.isNumber ? "-\(column.key)" : column.key
            let link = "<a href=\"\(Svg.escaped(query.link(table.id, sort: next)))\">\(label)</a>"
            return
                "<th scope=\"col\"\(classes(column, place))\(hidden(place)) data-key=\"\(Svg.escaped(column.key))\"\(total(column))\(state)>\(table.hasTools ? link : label)</th>"
        }
        return "<thead><tr>\(cells.joined())</tr></thead>"
    }

    private func total(_ column: DataTable.Column) -> String {
        switch column.total {
        case .none: ""
        case .sum: " data-total=\"sum\" data-decimals=\"\(column.decimals)\""
        case .mean(let weight): " data-total=\"mean\" data-weight=\"\(Svg.escaped(weight))\" data-decimals=\"\(column.decimals)\""
        }
    }

    // MARK: Rows

    private func row(_ cells: [DataTable.Cell], isTotal: Bool) -> String {
        var text = "<tr>"
        for (place, cell) in cells.enumerated() {
            let column = table.columns[place]
            let tag = place == 0 ? "th" : "td"
            text += "<\(tag)\(place == 0 ? " scope=\"row\"" : "")\(classes(column, place))\(hidden(place))"
            if column.isNumber, let number = cell.number { text += " data-v=\"\(number)\"" }
            text += ">\(content(cell))</\(tag)>"
        }
        return text + "</tr>"
    }

    private func content(_ cell: DataTable.Cell) -> String {
        if let light = cell.light {
            return "<span class=\"light \(light.style)\"><span aria-hidden=\"true\">\(light.shape)</span> \(Svg.escaped(light.word))</span>"
        }
        let text = Svg.escaped(cell.text)
        let style = cell.style.isEmpty ? "" : " class=\"\(cell.style)\""
        if let url = cell.url { return "<a\(style) href=\"\(Svg.escaped(url))\">\(text)</a>" }
        return style.isEmpty ? text : "<span\(style)>\(text)</span>"
    }

    private func classes(_ column: DataTable.Column, _ place: Int) -> String {
        column.isNumber ? " class=\"n\"" : column.isTight ? " class=\"w\"" : ""
    }

    private func hidden(_ place: Int) -> String { visible.contains(place) ? "" : " hidden" }
}
