internal import CSolverDL
public import Planning

/// HiGHS as a linear solver: one thread and a fixed seed, so that a run with a node limit repeats itself.
public struct HighsSolver: LinearSolver {
    let library: HighsLibrary

    public init(_ library: HighsLibrary) { self.library = library }

    public var version: String { "HiGHS \(library.api.version().map { String(cString: $0) } ?? "?")" }

    public func solve(
        _ model: LinearModel, _ options: SolverOptions, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> LinearSolution {
        if isCancelled() { return LinearSolution(status: .stopped, values: [], objective: .infinity, bound: -.infinity) }
        guard let highs = library.api.create() else { throw SolverFailure("求解器 HiGHS 没有启动，可能内存不足") }
        defer { library.api.destroy(highs) }
        set(options, on: highs)
        guard pass(model, to: highs) >= 0 else { throw SolverFailure("求解器 HiGHS 不接受这个模型") }
        if let start = options.start, start.count == model.columns.count { _ = library.api.set_solution(highs, start, nil, nil, nil) }
        let question = CancelQuestion(isCancelled)
        return withExtendedLifetime(question) {
            var watch = junheng_watch(
                should_stop: { context in
                    guard let context else { return 0 }
                    return Unmanaged<CancelQuestion>.fromOpaque(context).takeUnretainedValue().isCancelled() ? 1 : 0
                }, context: Unmanaged.passUnretained(question).toOpaque())
            return withUnsafeMutablePointer(to: &watch) { watch in
                withUnsafePointer(to: library.api) { junheng_watch_highs($0, highs, watch) }
                _ = library.api.run(highs)
                return read(model, highs)
            }
        }
    }

    private func set(_ options: SolverOptions, on highs: UnsafeMutableRawPointer) {
        let api = library.api
        _ = api.set_bool(highs, "output_flag", 0)
        _ = api.set_int(highs, "threads", 1)
        _ = api.set_int(highs, "random_seed", 0)
        _ = api.set_double(highs, "time_limit", options.seconds)
        _ = api.set_double(highs, "mip_rel_gap", options.gap)
        if options.fromInterior { _ = api.set_string(highs, "solver", "ipm") }
        if !options.guesses {
            let ways = ["rins", "rens", "root_reduced_cost", "feasibility_jump", "zi_round", "shifting"]
            for way in ways { _ = api.set_bool(highs, "mip_heuristic_run_\(way)", 0) }
        }
        if let nodes = options.nodes { _ = api.set_int(highs, "mip_max_nodes", Int32(clamping: nodes)) }
    }

    private func pass(_ model: LinearModel, to highs: UnsafeMutableRawPointer) -> Int32 {
        let sparse = SparseRows(model)
        let (columns, rows) = (model.columns, model.rows)
        let counts = (Int32(columns.count), Int32(rows.count), Int32(sparse.values.count))
        let bounds = (columns.map(\.cost), columns.map(\.lower), columns.map(\.upper), rows.map(\.lower), rows.map(\.upper))
        // 2: row after row; 1: minimise.
        if columns.contains(where: \.isWhole) {
            return library.api.pass_mip(
                highs, counts.0, counts.1, counts.2, 2, 1, 0, bounds.0, bounds.1, bounds.2, bounds.3, bounds.4, sparse.starts,
                sparse.columns,
                sparse.values, columns.map { $0.isWhole ? 1 : 0 })
        }
        return library.api.pass_lp(
            highs, counts.0, counts.1, counts.2, 2, 1, 0, bounds.0, bounds.1, bounds.2, bounds.3, bounds.4, sparse.starts, sparse.columns,
            sparse.values)
    }

    private func read(_ model: LinearModel, _ highs: UnsafeMutableRawPointer) -> LinearSolution {
        let isMixed = model.columns.contains(where: \.isWhole)
        let objective = number("objective_function_value", highs)
        let bound = isMixed ? number("mip_dual_bound", highs) : objective
        var hasValues: Int32 = 0
        _ = library.api.get_int(highs, "primal_solution_status", &hasValues)
        var values = [Double](repeating: 0, count: model.columns.count)
        var reduced = values
        var activity = [Double](repeating: 0, count: model.rows.count)
        var duals = activity
        _ = library.api.get_solution(highs, &values, &reduced, &activity, &duals)
        // 2: feasible.
        let found = hasValues == 2 ? values : []
        switch library.api.model_status(highs) {
        case 7: return LinearSolution(status: .optimal, values: found, objective: objective, bound: bound, rowDuals: isMixed ? [] : duals)
        case 8: return LinearSolution(status: .infeasible, values: [], objective: .infinity, bound: .infinity)
        case 9, 10: return LinearSolution(status: .unbounded, values: [], objective: -.infinity, bound: -.infinity)
        default:
            return LinearSolution(status: .stopped, values: isMixed ? found : [], objective: objective, bound: isMixed ? bound : -.infinity)
        }
    }

    private func number(_ name: String, _ highs: UnsafeMutableRawPointer) -> Double {
        var value = 0.0
        _ = library.api.get_double(highs, name, &value)
        return value
    }
}

/// Carries the caller's question through C.
private final class CancelQuestion: Sendable {
    let isCancelled: @Sendable () -> Bool
    init(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled = isCancelled }
}

/// The rows of a model as the solver takes them.
private struct SparseRows {
    var starts: [Int32] = []
    var columns: [Int32] = []
    var values: [Double] = []

    init(_ model: LinearModel) {
        for row in model.rows {
            starts.append(Int32(columns.count))
            for term in row.terms {
                columns.append(Int32(term.column))
                values.append(term.factor)
            }
        }
    }
}
