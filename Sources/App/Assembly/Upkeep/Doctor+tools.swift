internal import Foundation
internal import HighsSolver
internal import Planning

/// The doctor's look at the programs papers and plans need.
extension Doctor {
    func typesetting() -> Finding {
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return Finding(grade: .warn, name: "排版", words: "没有找到 \(python)，不能存 PDF，可以存 .docx。请用 python 设置指明装有 typst 的 Python")
        }
        guard Doctor.run(python, ["-c", "import typst"]) != nil else {
            return Finding(grade: .warn, name: "排版", words: "\(python) 里没有 typst，不能存 PDF。请执行 \(python) -m pip install typst")
        }
        return Finding(grade: .ok, name: "排版", words: "可以存 PDF")
    }

    /// Fonts of official papers; without the first three the PDF falls back to Noto, without Noto hanzi are boxes.
    func fonts() -> Finding {
        guard let listed = Doctor.run("/usr/bin/fc-list", [":", "family"]) else {
            return Finding(grade: .warn, name: "字体", words: "没有 fc-list，看不到字体。请安装 fontconfig")
        }
        let needed = [("Noto Serif CJK SC", "fonts-noto-cjk"), ("FandolFang", "fonts-fandol"), ("FandolKai", "fonts-fandol")]
        let missing = needed.filter { !listed.contains($0.0) }
        guard let first = missing.first else { return Finding(grade: .ok, name: "字体", words: "仿宋、楷体、思源宋体都在") }
        let names = missing.map(\.0).joined(separator: "、")
        if first.0.hasPrefix("Noto") {
            return Finding(grade: .warn, name: "字体", words: "缺少 \(names)，PDF 里的汉字会变成方框。请安装 fonts-noto-cjk")
        }
        return Finding(grade: .warn, name: "字体", words: "缺少 \(names)，PDF 的仿宋、楷体改用思源宋体。请安装 Fandol 字体（Debian 的 texlive-lang-chinese）")
    }

    func solver() -> Finding {
        let candidates = HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())
        guard let library = try? HighsLibrary(candidates: candidates) else {
            return Finding(
                grade: .warn, name: "求解器",
                words: "没有找到 HiGHS，做不了达标路径方案，其余照常。装法见设置文件里“存 PDF、算方案”一段，或把 JUNHENG_HIGHS 设为 libhighs.so.1 的路径")
        }
        return Finding(grade: .ok, name: "求解器", words: HighsSolver(library).version)
    }

    /// What a program prints; nil when it cannot be run or fails.
    private static func run(_ program: String, _ words: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text : nil
    }
}
