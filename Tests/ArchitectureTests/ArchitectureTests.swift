import Foundation
import Testing

/// The sources as text.
struct SourceTree {
    struct File: Sendable {
        var path: String
        var text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// Names of the modules it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 2, words.indices.contains(place + 1) else { return nil }
                guard words[..<place].allSatisfy({ ["public", "internal", "private", "@testable", "@preconcurrency"].contains($0) })
                else { return nil }
                return String(words[place + 1].prefix { $0 != "." && $0 != ";" })
            }
        }
        /// `Kernels` of `Sources/Kernels/Indicators/…`.
        var layer: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var module: String { path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "" }
    }

    static let root = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }

    static func files(_ folder: String) -> [File] {
        let base = root.appendingPathComponent(folder)
        let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        var found: [File] = []
        while let url = walk?.nextObject() as? URL {
            guard url.pathExtension == "swift", let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            found.append(File(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
        }
        return found.sorted { $0.path < $1.path }
    }

    static let sources = files("Sources")

    static func modules(_ layer: String) -> Set<String> { Set(sources.filter { $0.layer == layer }.map(\.module)) }
}

@Suite("房屋的规矩") struct ArchitectureTests {
    private let outside: [String: Set<String>] = [
        "Vocabulary": ["Foundation"],
        "Kernels": ["Foundation", "Dispatch", "Yams"],
    ]

    @Test("每层只引用规定的层") func layers() {
        let kernels = SourceTree.modules("Kernels")
        let adapters = SourceTree.modules("Adapters")
        let features = SourceTree.modules("Features")
        let methods = SourceTree.modules("Methods")
        for file in SourceTree.sources {
            for name in file.imports where name != file.module {
                switch file.layer {
                case "Vocabulary": #expect(outside["Vocabulary"]?.contains(name) == true, "\(file.path): \(name)")
                case "Kernels":
                    #expect(
                        name == "Vocabulary" || name == "Definitions" || outside["Kernels"]?.contains(name) == true, "\(file.path): \(name)"
                    )
                case "Methods":
                    #expect(
                        name == "Vocabulary" || name == "Foundation" || kernels.contains(name) || name == "Dispatch",
                        "\(file.path): \(name)")
                case "Rules":
                    #expect(name == "Vocabulary" || name == "Foundation" || kernels.contains(name), "\(file.path): \(name)")
                case "Adapters":
                    #expect(!methods.contains(name), "\(file.path): \(name)")
                    // Drivers implement the port that Storage declares.
                    #expect(!features.contains(name) && (!adapters.contains(name) || name == "Storage"), "\(file.path): \(name)")
                case "Features":
                    #expect(!adapters.contains(name), "\(file.path): \(name)")
                    #expect(!features.contains(name) || ["SiteMap", "Pages"].contains(name), "\(file.path): \(name)")
                default: break
                }
            }
        }
        #expect(kernels.contains("Indicators"))
    }

    @Test("只有 Definitions 读 YAML") func yaml() {
        for file in SourceTree.sources where file.imports.contains("Yams") { #expect(file.module == "Definitions", "\(file.path)") }
    }

    @Test("内核不看钟、不掷骰子、不读环境") func pureKernels() {
        for file in SourceTree.sources where ["Kernels", "Methods", "Rules"].contains(file.layer) {
            for word in ["Date()", "random(", "ProcessInfo", "SystemRandom", "URLSession", "getenv"] {
                #expect(!file.text.contains(word), "\(file.path): \(word)")
            }
        }
    }

    @Test("没有超过300行的文件") func sizes() {
        for file in SourceTree.sources + SourceTree.files("Tests") { #expect(file.lines.count <= 300, "\(file.path): \(file.lines.count)") }
    }

    @Test("没有没做完的记号，没有会让程序停下的捷径") func unfinished() {
        for file in SourceTree.sources {
            for word in ["TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "try" + "!"] {
                #expect(!file.text.contains(word), "\(file.path): \(word)")
            }
        }
    }

    @Test("房间有名字：没有 Core、Utils 一类文件夹") func names() {
        let banned: Set<String> = ["Core", "Common", "Utils", "Utilities", "Helpers", "Extensions", "Managers", "Misc"]
        for file in SourceTree.sources {
            #expect(banned.isDisjoint(with: Set(file.path.split(separator: "/").map(String.init))), "\(file.path)")
        }
    }

    @Test("阈值在目录里，不在代码里") func thresholds() {
        for file in SourceTree.sources where ["Kernels", "Methods"].contains(file.layer) {
            for number in ["0.85", "0.45", "4.505", "3.57", "0.65", "0.55", "1.32"] {
                let code = file.lines.filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
                #expect(!code.contains { $0.contains(number) }, "\(file.path): \(number)")
            }
        }
    }
}
