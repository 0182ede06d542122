internal import Dispatch
internal import Establishments
internal import Foundation
internal import Indicators
internal import Staffing
internal import Vocabulary

/// What the pages of 编制与配置 need of files.
struct StaffingUploads: Sendable {
    let catalogue: IndicatorCatalogue
    let returns: any ReturnStore
    let rules: StaffingRules

    /// A county's survey and problem of posts out of a workbook; its own sheet of schools counts before the current returns.
    @Sendable func read(_ file: URL, _ county: String, _ year: SchoolYear) async throws -> StaffingAnswer {
        guard let form = catalogue.forms[StaffingFile.schoolForm] else { return .refused(["目录里没有学校数据表的格式"]) }
        let current = try await returns.table(form, year, county: county)
        return await withCheckedContinuation { continuation in
            // On a thread that may be kept busy, so that other pages go on being answered.
            DispatchQueue.global(qos: .utility).async { continuation.resume(returning: answer(file, county, year, current)) }
        }
    }

    private func answer(_ file: URL, _ county: String, _ year: SchoolYear, _ current: ReturnTable) -> StaffingAnswer {
        let reading = StaffingFile.read(
            file, current: current, county: county, year: year, rules: rules, catalogue: catalogue, today: year.countDay)
        switch reading {
        case .refused(let diagnostics):
            let errors = diagnostics.filter { $0.severity == .error }.map(\.description)
            return .refused(errors.isEmpty ? ["\(county)\(year.label.zh)还没有学校数据。请先导入学校数据，或在工作簿里加一张“学校数据”表"] : errors)
        case .read(let files, let diagnostics):
            guard let read = files.first, read.members != nil else {
                let words = diagnostics.filter { $0.code == "staffing.none" }.map(\.description)
                return .refused(words.isEmpty ? ["工作簿里没有“教师名册”这张表"] : words)
            }
            return .read(read.survey, read.matchable)
        }
    }
}
