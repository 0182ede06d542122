import Testing

@testable import Reporting

@Suite("公文标题") struct OfficialDocumentTests {
    @Test("标题按公文层次编号") func headings() {
        let document = OfficialDocument(
            title: "", blocks: [.heading(1, "甲"), .heading(2, "乙"), .heading(2, "丙"), .heading(1, "丁"), .heading(2, "戊")])
        let texts = document.numbered.map { if case .heading(_, let text) = $0 { text } else { "" } }
        #expect(texts == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"])
    }
}
