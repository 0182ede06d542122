internal import Vocabulary

/// What a person may do with an import that has been read.
public enum ImportStep: String, Hashable, Sendable, CaseIterable {
    case apply
    case undo
    case discard

    var from: Set<ImportRecord.State> {
        switch self {
        case .apply: [.preview, .undone]
        case .undo: [.applied]
        case .discard: [.preview]
        }
    }

    var zh: String {
        switch self {
        case .apply: "确认导入"
        case .undo: "撤销"
        case .discard: "放弃"
        }
    }
}

extension ImportRecord {
    public var availableSteps: [ImportStep] { ImportStep.allCases.filter { $0.from.contains(state) } }

    /// Refuses a step that the state forbids, or that was asked for on an older version of this record.
    public func check(_ step: ImportStep, seen version: Int) throws(StoreRefusal) {
        guard self.version == version else {
            throw StoreRefusal(.stale, "“\(start.file.name)”刚被别人处理过，现在是“\(state.label.zh)”。请刷新页面，看过结果再决定")
        }
        guard step.from.contains(state) else {
            throw StoreRefusal(.state, "“\(start.file.name)”现在是“\(state.label.zh)”，不能\(step.zh)")
        }
    }
}

/// Which rows of an import to take.
public struct ImportChoice: Hashable, Sendable {
    /// Take the rows without errors even though others are refused.
    public var goodRowsOnly: Bool
    /// Let schools that another county holds move to the county this import names.
    public var movesSchools: Bool

    public init(goodRowsOnly: Bool = false, movesSchools: Bool = false) {
        self.goodRowsOnly = goodRowsOnly
        self.movesSchools = movesSchools
    }
}
