import Foundation
import FoundationXML
import Reporting
import Testing

@testable import Documents

@Suite("公文") struct DocxTests {
    private let hostile = OfficialDocument(
        title: "<b>&\"标题", blocks: [.table(.init(caption: "表", headers: ["甲"], widths: [1], rows: [["1 < 2 & \u{1}x"]]))])

    @Test("名称里的尖括号、控制字符不会弄坏文件") func escaping() throws {
        let body = DocxBody(hostile).xml
        #expect(body.contains("&lt;b&gt;&amp;&quot;标题") && body.contains("1 &lt; 2 &amp; x"))
        #expect(XMLParserCheck.isWellFormed(body) && XMLParserCheck.isWellFormed(DocxParts.styles))
    }

    @Test("表头每页重复，两千行也写得出") func longTable() throws {
        let rows = (0..<2_000).map { ["学校\($0)"] }
        let document = OfficialDocument(title: "长表", blocks: [.table(.init(caption: "", headers: ["校"], widths: [1], rows: rows))])
        #expect(DocxBody(document).xml.contains("<w:tblHeader/>"))
        let data = try OfficialDocuments(python: "").docx(document)
        #expect(data.starts(with: [0x50, 0x4B]))
    }

    @Test("没有排版用的 Python：说明怎么办") func noPython() {
        #expect(throws: DocumentFailure.self) { try OfficialDocuments(python: "/nowhere/python").pdf(hostile) }
    }
}

/// Well-formedness by Foundation's parser: a second opinion on our own writer.
enum XMLParserCheck {
    static func isWellFormed(_ text: String) -> Bool { (try? XMLDocument(xmlString: text, options: [])) != nil }
}
