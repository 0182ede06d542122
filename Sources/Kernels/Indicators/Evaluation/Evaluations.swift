public import Vocabulary

/// Where pages get their results from: one evaluation per standard, school year and view.
public protocol Evaluations: Sendable {
    var catalogue: IndicatorCatalogue { get }
    /// Years with data for each standard, newest first; standards without data are left out.
    func availability() async throws -> [String: [SchoolYear]]
    /// Nil when the year has no data for the standard, or the standard is not known.
    func evaluated(_ standard: String, _ year: SchoolYear, _ view: DataView) async throws -> Evaluated?
}

/// Which rows an evaluation takes.
public enum DataView: String, Hashable, Sendable, CaseIterable {
    /// A county's frozen rows where there are any, else today's as a preview.
    case official
    /// Today's rows of every county.
    case live
}

/// An evaluation with its result and where its data come from.
public struct Evaluated: Sendable {
    public var evaluation: Evaluation
    public var result: StandardResult
    public var view: DataView
    /// How far the returns of each county have come.
    public var standings: [String: CountyStanding]

    public init(_ evaluation: Evaluation, view: DataView, standings: [String: CountyStanding]) {
        self.evaluation = evaluation
        result = evaluation.run()
        self.view = view
        self.standings = standings
    }

    /// A county the store knows nothing of stands at its beginning.
    public func standing(_ county: String) -> CountyStanding { standings[county] ?? CountyStanding() }
    /// Whether every county is judged by frozen rows.
    public var isFrozen: Bool { result.counties.allSatisfy { standing($0.county).isFrozen } }
    public var frozenCounties: Int { result.counties.count { standing($0.county).isFrozen } }
}

/// How far the returns behind one county's result have come.
public struct CountyStanding: Hashable, Sendable {
    /// State of the newest report; nil before the first.
    public var state: Snapshot.State?
    /// The report whose rows are judged, where they are frozen.
    public var frozen: Snapshot?
    /// Names of the files the judged rows were read from.
    public var files: [String]

    public init(state: Snapshot.State? = nil, frozen: Snapshot? = nil, files: [String] = []) {
        self.state = state
        self.frozen = frozen
        self.files = files
    }

    public var isFrozen: Bool { frozen?.seal != nil }
    /// A correction is under way beside the frozen rows.
    public var hasCorrection: Bool { isFrozen && state != .frozen }

    /// `已冻结 · 3f9a…c21e`, `预览 · 已上报`.
    public var badge: String {
        if let seal = frozen?.seal { return "已冻结 · \(seal.shortHash)" }
        return "预览 · \(state?.label.zh ?? "尚未上报")"
    }

    /// In words, with the files: for leads, explanations and reports.
    public var source: String {
        let names = files.count > 3 ? "\(files.prefix(3).joined(separator: "、"))等\(files.count)份表" : files.joined(separator: "、")
        guard let frozen, let seal = frozen.seal else { return "\(names)（预览，尚未审核冻结）" }
        let approver = frozen.signature(of: .approve).map { "，\($0.name)审核" } ?? ""
        return "\(names)（\(frozen.title)已冻结\(approver)，校验码 \(seal.shortHash)）"
    }
}
