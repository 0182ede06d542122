internal import Foundation
internal import Indicators
public import Jobs
public import Pages
public import Planning
internal import Registry
internal import Vocabulary

/// A kept plan of a county's method as its page shows it.
public struct OpenedMethodPlan: Sendable {
    public var record: ProposalRecord
    public var sheet: MethodSheet
    /// Today's data still pose the problem it answers, and it still holds.
    public var isCurrent: Bool
}

/// What can be done with the methods asked county by county, whoever asks.
extension PlansDesk {
    /// Throws `PageMissing`.
    public func method(_ id: String) throws -> any CountyMethod {
        guard let method = methods.first(where: { $0.id == id }) else { throw PageMissing("没有这种方案，可能链接有误。请回到“达标方案”重新选择") }
        return method
    }

    /// Throws `PageMissing` for a plan of another method.
    public func methodPlan(_ id: ProposalID, _ visit: Visit) async throws -> OpenedMethodPlan {
        try await openedMethodPlan(try await record(id, visit))
    }

    func openedMethodPlan(_ record: ProposalRecord) async throws -> OpenedMethodPlan {
        let method = try method(record.method)
        let sheet = try MethodSheet(record)
        var isCurrent = false
        if let evaluated = try await evaluations.evaluated(record.standard, record.schoolYear, .official),
            let county = evaluated.result.county(record.county)
        {
            isCurrent = method.holds(sheet, sheet.question, evaluated, county)
        }
        return OpenedMethodPlan(record: record, sheet: sheet, isCurrent: isCurrent)
    }

    /// Has a question worked out by a job. Throws `QuestionRefusal`, and `PageMissing` where there are no data to plan with.
    public func ask(_ question: MethodQuestion, _ visit: Visit) async throws -> Job {
        let method = try method(question.method)
        try visit.require(.plan, in: question.county)
        let complaints = method.complaints(question.values)
        guard complaints.isEmpty else { throw QuestionRefusal(complaints: complaints) }
        let year = SchoolYear(question.year)
        try await requireData(question.standard, year, question.county)
        return try await order(
            JobOrder(
                id: newID(), kind: MethodJob.kind(method.id), title: "算\(question.county)\(method.label.zh)方案（\(year.label.zh)）",
                input: question.text, duty: "plan", county: question.county, person: visit.person.id, name: visit.person.name, at: now()))
    }

    /// The county's plan of this method from now on. Throws `StoreRefusal`.
    public func adoptMethodPlan(_ id: ProposalID, seen: Int?, _ visit: Visit) async throws -> OpenedMethodPlan {
        let record = try await record(id, visit)
        try visit.require(.adopt, in: record.county)
        let opened = try await openedMethodPlan(record)
        guard opened.isCurrent else { throw PlansDesk.outdated(record.county) }
        let by = ProposalSignature(by: visit.person.id, name: visit.person.name, at: now())
        let adopted = try await plans.adopt(record.id, seen: seen ?? record.version, by: by)
        return OpenedMethodPlan(record: adopted, sheet: opened.sheet, isCurrent: true)
    }

    static func outdated(_ county: String) -> StoreRefusal {
        StoreRefusal(.stale, "这份方案算出之后，\(county)的数据或费用表变了，方案不再有保证。请照原来的条件重算一份再采用")
    }
}
