import Foundation
import Testing

@Suite("办件内核不认识任何一个系统") struct CaseNamesTests {
    @Test("内核、存储和通用页面里没有一种办事规则的名字") func names() throws {
        let folder = SourceTree.root.appendingPathComponent("Catalogue/national/cases")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for file in files {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if line.hasPrefix("case: ") { names.insert(String(line.dropFirst(6))) }
                if line.hasPrefix("series: ") { names.insert(String(line.dropFirst(8))) }
            }
        }
        #expect(names.isSuperset(of: ["rectification", "safety-hazard", "home-visit", "整改", "隐患", "家访"]))
        let rooms = ["Sources/Kernels/Casework/", "Sources/Adapters/Storage/Cases/", "Sources/Features/Cases/"]
        let generic = SourceTree.sources.filter { file in rooms.contains { file.path.hasPrefix($0) } }
        #expect(generic.count > 30)
        for file in generic { for name in names { #expect(!file.text.contains(name), "\(file.path): \(name)") } }
    }
}
