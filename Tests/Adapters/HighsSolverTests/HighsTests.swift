import Foundation
import HighsSolver
import Planning
import Testing

@Suite("求解器 HiGHS") struct HighsTests {
    let solver: HighsSolver

    init() throws {
        solver = HighsSolver(
            try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())))
    }

    private var knapsack: LinearModel {
        // max 5a + 4b + 3c with 2a + 3b + c ≤ 5, 4a + b + 2c ≤ 11, 3a + 4b + 2c ≤ 8, whole: 13 at (2, 0, 1).
        var model = LinearModel()
        let a = model.column("a", 0, 9, cost: -5, isWhole: true), b = model.column("b", 0, 9, cost: -4, isWhole: true)
        let c = model.column("c", 0, 9, cost: -3, isWhole: true)
        model.row("1", [.init(a, 2), .init(b, 3), .init(c, 1)], atMost: 5)
        model.row("2", [.init(a, 4), .init(b, 1), .init(c, 2)], atMost: 11)
        model.row("3", [.init(a, 3), .init(b, 4), .init(c, 2)], atMost: 8)
        return model
    }

    @Test("整数规划的已知答案") func whole() throws {
        let answer = try solver.solve(knapsack, SolverOptions(gap: 0), isCancelled: { false })
        #expect(answer.status == .optimal)
        #expect(answer.values.map { $0.rounded() } == [2, 0, 1])
        #expect(abs(answer.bound + 13) < 1e-6)
        #expect(solver.version.hasPrefix("HiGHS 1."))
    }

    @Test("线性松弛的乘子给出精确下界") func duals() throws {
        let model = knapsack.relaxed
        let answer = try solver.solve(model, SolverOptions(), isCancelled: { false })
        let bound = try #require(SafeBound.lower(model, multipliers: answer.rowDuals))
        #expect(abs(bound.approximate - answer.objective) < 1e-6)
    }

    @Test("无解说无解") func infeasible() throws {
        var model = LinearModel()
        let x = model.column("x", 0, 1, cost: 1, isWhole: true)
        model.row("r", [.init(x, 2)], atLeast: 1, atMost: 1)
        #expect(try solver.solve(model, SolverOptions(), isCancelled: { false }).status == .infeasible)
    }

    @Test("取消后不再求解") func cancelled() throws {
        #expect(try solver.solve(knapsack, SolverOptions(), isCancelled: { true }).status == .stopped)
    }

    @Test("找不到库时说怎样装") func missing() {
        #expect { try HighsLibrary(candidates: ["/nowhere/libhighs.so.1"]) } throws: {
            "\($0)".contains("make setup") && "\($0)".contains("/nowhere")
        }
        #expect(HighsLibrary.candidates(["JUNHENG_HIGHS": "/a"], home: "/h") == ["/a"])
    }

    @Test("装好的程序在 /opt/junheng 里找到求解器") func installed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("lib/python3.11"), withIntermediateDirectories: true)
        let wanted = folder.path + "/lib/python3.11/site-packages/highspy/libhighs.so.1"
        #expect(HighsLibrary.candidates([:], home: "/nowhere", installed: folder.path) == [wanted, "libhighs.so.1"])
    }
}
