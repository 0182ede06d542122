public import Foundation
public import Inspection
public import Pages
internal import Registry
internal import Reporting
internal import Vocabulary

/// What a county and a school score, whoever asks.
extension SupervisionDesk {
    /// 督政评分 of a county. Throws `NotAllowed`, `PageMissing`.
    public func score(of county: String, _ visit: Pages.Visit) async throws -> ScoreSheet { try await judged(county, visit).sheet }

    /// 校长体检 of a school. Throws `NotAllowed`, `PageForbidden`, `PageMissing`.
    public func score(of school: String, in county: String, _ visit: Pages.Visit) async throws -> ScoreSheet {
        try await judged(school, in: county, visit).sheet
    }

    /// 督导报告 of a county, `docx` or `pdf`. Throws `NotAllowed`, `PageMissing`, `PageProblem`.
    public func report(of county: String, _ kind: String, _ visit: Pages.Visit) async throws -> (bytes: Data, name: String) {
        try visit.require(.look, in: county)
        let (sheet, visits) = try await judged(county, visit)
        let document = CountyPaper(self, county: county, sheet, visits, visit.today).document
        return (try paper(document, kind), "\(county)督导报告.\(kind)")
    }

    func judged(_ county: String, _ visit: Pages.Visit) async throws -> (sheet: ScoreSheet, visits: [SchoolVisit]) {
        try visit.requireSight(of: county)
        guard try await schools().contains(where: { $0.county == county }) else { throw PageMissing("没有“\(county)”的学校数据") }
        return try await sheet(county, nil, visit)
    }

    func judged(
        _ school: String, in county: String, _ visit: Pages.Visit
    ) async throws -> (school: SupervisedSchool, sheet: ScoreSheet, visits: [SchoolVisit]) {
        try visit.requireSight(of: school, in: county)
        guard InspectionSight(visit, try await store.responsibilities(county)).sees(school, in: county) else {
            throw PageForbidden("这所学校不在你的督导范围内。需要查看请联系县督导室")
        }
        guard let found = try await schools().first(where: { $0.code == school && $0.county == county }) else {
            throw PageMissing("没有这所学校，可能链接有误")
        }
        let (sheet, visits) = try await sheet(county, school, visit)
        return (found, sheet, visits)
    }

    private func sheet(
        _ county: String, _ school: String?, _ visit: Pages.Visit
    ) async throws -> (sheet: ScoreSheet, visits: [SchoolVisit]) {
        guard let card = catalogue.scorecard(school == nil ? .county : .school) else { throw PageMissing("目录里没有评分的组成，请管理员补上") }
        let visits = try await store.visits(VisitFilter(year: visit.today.year, county: county, school: school))
        let inputs = ScoreInputs(desk: self, county: county, school: school, today: visit.today, visits: visits)
        return (card.judge(try await inputs.run(card)), visits)
    }
}
