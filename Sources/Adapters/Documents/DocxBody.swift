internal import Foundation
internal import Reporting

/// The text part of a docx.
struct DocxBody {
    private let document: OfficialDocument
    /// Width of the text area in twentieths of a point: 156 mm.
    private let width = 8_844.0

    init(_ document: OfficialDocument) { self.document = document }

    var xml: String {
        var body = paragraph("DocTitle", document.title)
        if !document.subtitle.isEmpty { body += paragraph("Subtitle2", document.subtitle) }
        for block in document.numbered {
            switch block {
            case .heading(let level, let text): body += paragraph("H\(Swift.min(Swift.max(level, 1), 3))", text)
            case .paragraph(let text): body += paragraph("Body", text)
            case .table(let table): body += self.table(table)
            }
        }
        // The office and the date are never parted by the end of a page.
        if !document.signature.isEmpty {
            body += paragraph("Body", "", "<w:keepNext/>") + paragraph("Sign", document.signature, "<w:keepNext/>")
        }
        if !document.date.isEmpty { body += paragraph("Sign", document.date) }
        if !document.source.isEmpty { body += paragraph("Source2", document.source) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
            + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>\(body)\(section)</w:body></w:document>"
    }

    private var section: String {
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/>"
            + "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
            + "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/></w:sectPr>"
    }

    private func paragraph(_ style: String, _ text: String, _ more: String = "", bold: Bool = false) -> String {
        let run =
            text.isEmpty
            ? "" : "<w:r>\(bold ? "<w:rPr><w:b/></w:rPr>" : "")<w:t xml:space=\"preserve\">\(XmlText.escaped(text))</w:t></w:r>"
        return "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(more)</w:pPr>\(run)</w:p>"
    }

    private func table(_ table: OfficialDocument.Table) -> String {
        let whole = table.widths.reduce(0, +)
        let widths = table.widths.map { Int(width * $0 / Swift.max(whole, 1)) }
        let edges = ["top", "left", "bottom", "right", "insideH", "insideV"]
        let borders = edges.map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"404040\"/>" }.joined()
        var xml = table.caption.isEmpty ? "" : paragraph("Caption2", table.caption)
        xml += "<w:tbl><w:tblPr><w:tblW w:w=\"\(Int(width))\" w:type=\"dxa\"/><w:tblBorders>\(borders)</w:tblBorders>"
        xml += "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>\(widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined())</w:tblGrid>"
        xml += row(table.headers, widths, table.numeric, isHeader: true)
        for cells in table.rows { xml += row(cells, widths, table.numeric, isHeader: false) }
        return xml + "</w:tbl>" + paragraph("CellText", "")
    }

    private func row(_ cells: [String], _ widths: [Int], _ numeric: Set<Int>, isHeader: Bool) -> String {
        let properties = "<w:trPr><w:cantSplit/>\(isHeader ? "<w:tblHeader/>" : "")</w:trPr>"
        let columns = widths.indices.map { place in
            let align = isHeader ? "center" : numeric.contains(place) ? "right" : "left"
            let text = cells.indices.contains(place) ? cells[place] : ""
            return "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[place])\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
                + paragraph("CellText", text, "<w:jc w:val=\"\(align)\"/>", bold: isHeader) + "</w:tc>"
        }
        return "<w:tr>\(properties)\(columns.joined())</w:tr>"
    }
}

/// Texts made safe for XML.
enum XmlText {
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result += " "
            default: if scalar.value >= 32, scalar.value != 0xFFFE, scalar.value != 0xFFFF { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
