internal import CSolverDL
internal import Foundation
internal import Planning

/// The HiGHS shared library, opened once per process.
public struct HighsLibrary: Sendable {
    let path: String
    let api: junheng_highs_api

    /// Opens the first library that can be opened of `candidates`. Throws `SolverFailure` saying what is missing and how to get it.
    public init(candidates: [String]) throws {
        var complaints: [String] = []
        for candidate in candidates {
            var api = junheng_highs_api()
            var problem = [CChar](repeating: 0, count: 512)
            if junheng_open_highs(candidate, &api, &problem, Int32(problem.count)) == 0 {
                self.api = api
                path = candidate
                return
            }
            let end = problem.firstIndex(of: 0) ?? problem.endIndex
            complaints.append(String(decoding: problem[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        throw SolverFailure(
            "找不到求解器 HiGHS，做不了方案。请执行 make setup，或执行 pip install highspy==1.15.1 并把环境变量 JUNHENG_HIGHS 设为其中 libhighs.so.1 的路径。已找过：\n"
                + complaints.map { "  \($0)" }.joined(separator: "\n"))
    }

    /// Where to look: `JUNHENG_HIGHS` alone if set, else the Python environment `make setup` prepares and the one beside an installed
    /// package, else the system's library.
    public static func candidates(_ environment: [String: String], home: String, installed: String = "/opt/junheng") -> [String] {
        if let named = environment["JUNHENG_HIGHS"], !named.isEmpty { return [named] }
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.cache"
        return [cache + "/junheng/venv", installed].flatMap { folder in
            let lib = URL(fileURLWithPath: folder + "/lib")
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: lib.path)) ?? []
            let pythons = versions.filter { $0.hasPrefix("python") }.sorted()
            return pythons.map { lib.appendingPathComponent("\($0)/site-packages/highspy/libhighs.so.1").path }
        } + ["libhighs.so.1"]
    }
}
