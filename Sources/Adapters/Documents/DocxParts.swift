/// The fixed parts of a docx in the layout of GB/T 9704: A4, margins 37/35/28/26 mm, 28.95 pt lines.
enum DocxParts {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument.wordprocessingml"

    static let contentTypes =
        head + """
            <Types xmlns="\(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/word/document.xml" ContentType="\(type).document.main+xml"/>\
            <Override PartName="/word/styles.xml" ContentType="\(type).styles+xml"/>\
            <Override PartName="/word/settings.xml" ContentType="\(type).settings+xml"/>\
            <Override PartName="/word/footer1.xml" ContentType="\(type).footer+xml"/>\
            <Override PartName="/word/footer2.xml" ContentType="\(type).footer+xml"/></Types>
            """

    static let relations =
        head + """
            <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/officeDocument" Target="word/document.xml"/></Relationships>
            """

    static let documentRelations =
        head + """
            <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/styles" Target="styles.xml"/>\
            <Relationship Id="rId2" Type="\(office)/settings" Target="settings.xml"/>\
            <Relationship Id="rId3" Type="\(office)/footer" Target="footer1.xml"/>\
            <Relationship Id="rId4" Type="\(office)/footer" Target="footer2.xml"/></Relationships>
            """

    static let settings = head + "<w:settings \(word)><w:evenAndOddHeaders/></w:settings>"

    /// The page number on the outer side; under it who took the document away.
    static func footer(_ side: String, _ stamp: String) -> String {
        let run = "<w:r><w:rPr><w:rFonts w:eastAsia=\"宋体\" w:ascii=\"宋体\" w:hAnsi=\"宋体\"/><w:sz w:val=\"28\"/></w:rPr>"
        return head
            + "<w:ftr \(word)><w:p><w:pPr><w:jc w:val=\"\(side)\"/></w:pPr>\(run)<w:t xml:space=\"preserve\">— </w:t></w:r>"
            + "\(run)<w:fldChar w:fldCharType=\"begin\"/></w:r>\(run)<w:instrText>PAGE</w:instrText></w:r>"
            + "\(run)<w:fldChar w:fldCharType=\"end\"/></w:r>\(run)<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>\(line(stamp))</w:ftr>"
    }

    private static func line(_ stamp: String) -> String {
        if stamp.isEmpty { return "" }
        let look = "<w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:color w:val=\"7F7F7F\"/><w:sz w:val=\"15\"/></w:rPr>"
        return
            "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r>\(look)<w:t xml:space=\"preserve\">\(XmlText.escaped(stamp))</w:t></w:r></w:p>"
    }

    static let styles =
        head
        + "<w:styles \(word)><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/><w:lang w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
        + style("Body", "正文", "仿宋_GB2312", 32, "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>")
        + style(
            "DocTitle", "公文标题", "方正小标宋简体", 44,
            "<w:spacing w:before=\"0\" w:after=\"240\" w:line=\"660\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>", isTitle: true)
        + style("Subtitle2", "副标题", "楷体_GB2312", 32, "<w:spacing w:after=\"400\"/><w:jc w:val=\"center\"/>")
        + style("H1", "一级标题", "黑体", 32, "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"0\"/>")
        + style(
            "H2", "二级标题", "楷体_GB2312", 32, "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"1\"/>")
        + style(
            "H3", "三级标题", "仿宋_GB2312", 32, "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"2\"/>")
        + style("Caption2", "表题", "黑体", 24, "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"80\"/><w:jc w:val=\"center\"/>", line: 400)
        + style("CellText", "表格文字", "宋体", 21, "", line: 320)
        + style("Sign", "落款", "仿宋_GB2312", 32, "<w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>")
        + style("Source2", "来源", "宋体", 21, "<w:spacing w:before=\"400\"/>", line: 340) + "</w:styles>"

    private static func style(
        _ id: String, _ name: String, _ font: String, _ size: Int, _ paragraph: String, line: Int = 579, isTitle: Bool = false
    ) -> String {
        let spacing = isTitle || paragraph.contains("w:spacing") ? "" : "<w:spacing w:line=\"\(line)\" w:lineRule=\"exact\"/>"
        return "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/><w:pPr>\(ordered(paragraph, spacing))</w:pPr>"
            + "<w:rPr><w:rFonts w:eastAsia=\"\(font)\"/><w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/></w:rPr></w:style>"
    }

    /// The schema wants keepNext, spacing, ind, jc, outlineLvl in this order.
    private static func ordered(_ paragraph: String, _ spacing: String) -> String {
        let keep = "<w:keepNext/>"
        guard paragraph.hasPrefix(keep) else { return spacing + paragraph }
        return keep + spacing + paragraph.dropFirst(keep.count)
    }
}
