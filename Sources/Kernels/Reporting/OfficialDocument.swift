public import Foundation

/// A document in the layout of official papers (GB/T 9704), as a sequence of blocks.
public struct OfficialDocument: Sendable {
    public var title: String
    /// Under the title in 楷体, such as the issuing office or the school year.
    public var subtitle: String
    public var blocks: [Block]
    public var signature: String
    public var date: String
    /// Small print at the end: snapshot, date of the data, software.
    public var source: String

    public init(title: String, subtitle: String = "", blocks: [Block], signature: String = "", date: String = "", source: String = "") {
        self.title = title
        self.subtitle = subtitle
        self.blocks = blocks
        self.signature = signature
        self.date = date
        self.source = source
    }

    public enum Block: Sendable {
        /// Level 1 to 3; numbered 一、 （一） 1. in order.
        case heading(Int, String)
        case paragraph(String)
        case table(Table)
    }

    public struct Table: Sendable {
        public var caption: String
        public var headers: [String]
        /// Widths relative to each other.
        public var widths: [Double]
        public var rows: [[String]]
        /// Columns set to the right: numbers.
        public var numeric: Set<Int>

        public init(caption: String, headers: [String], widths: [Double], rows: [[String]], numeric: Set<Int> = []) {
            self.caption = caption
            self.headers = headers
            self.widths = widths
            self.rows = rows
            self.numeric = numeric
        }
    }

    /// The blocks with the numbers of their headings written out.
    public var numbered: [Block] {
        var counts = [0, 0, 0]
        return blocks.map { block in
            guard case .heading(let level, let text) = block, (1...3).contains(level) else { return block }
            counts[level - 1] += 1
            for deeper in level..<3 { counts[deeper] = 0 }
            let number = ChineseNumber.text(counts[level - 1])
            switch level {
            case 1: return .heading(1, "\(number)、\(text)")
            case 2: return .heading(2, "（\(number)）\(text)")
            default: return .heading(3, "\(counts[2]).\(text)")
            }
        }
    }
}

/// Writes documents as files.
public protocol DocumentWriter: Sendable {
    /// The bytes of a docx file.
    func docx(_ document: OfficialDocument) throws -> Data
    /// The bytes of a PDF file.
    func pdf(_ document: OfficialDocument) throws -> Data
}

/// Numbers in hanzi, as headings count.
enum ChineseNumber {
    static func text(_ number: Int) -> String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        switch number {
        case 0..<10: return digits[number]
        case 10..<20: return "十" + (number == 10 ? "" : digits[number - 10])
        case 20..<100: return digits[number / 10] + "十" + (number % 10 == 0 ? "" : digits[number % 10])
        default: return String(number)
        }
    }
}
