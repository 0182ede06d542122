internal import Documents
public import Foundation
public import Indicators
internal import Reporting
internal import Reports
public import Vocabulary
internal import Workbooks

/// What an evaluation hands out as files.
public struct EvaluationPapers: Sendable {
    let result: StandardResult
    let file: String
    let date: Day

    public init(_ result: StandardResult, file: String, date: Day) {
        self.result = result
        self.file = file
        self.date = date
    }

    /// 短板清单 as xlsx.
    public func shortfalls() throws -> Data { try XlsxWriter().write(ShortfallBook.make(result)) }

    /// 自评报告, county after county, as docx or PDF. Throws `DocumentFailure`.
    public func report(pdf: Bool, python: String) throws -> Data {
        let papers = result.counties.map { SelfAssessment(result, county: $0, date: date, source: file).document }
        guard var document = papers.first else { throw DocumentFailure(description: "没有可写进报告的县") }
        for paper in papers.dropFirst() {
            document.blocks.append(.heading(1, paper.title))
            document.blocks += paper.blocks
        }
        let writer = OfficialDocuments(python: python)
        return try pdf ? writer.pdf(document) : writer.docx(document)
    }
}
