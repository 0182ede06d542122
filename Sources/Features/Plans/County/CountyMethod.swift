internal import Foundation
public import Indicators
internal import Jobs
public import Planning
public import Vocabulary

/// A way of planning for one county that is asked through a form, worked out as a job, kept, held against today's data and adopted.
public protocol CountyMethod: Sendable {
    /// Stands in addresses and in the plans' records: `funds`.
    var id: String { get }
    var label: LocalizedText { get }
    /// What it answers, as a question: the title of its form.
    var question: String { get }
    var lead: String { get }
    /// What the form asks. `county` is there once one is chosen.
    func fields(_ county: CountyResult?) -> [MethodField]
    /// What is wrong with the answers to the form, sentence by sentence.
    func complaints(_ values: [String: String]) -> [String]
    /// Looks for a plan. Throws `JobFailure` where it cannot be looked for.
    func search(_ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult, _ run: MethodRun) throws -> MethodAnswer
    /// Whether a kept plan still answers today's problem and holds against every one of its rules.
    func holds(_ sheet: MethodSheet, _ question: MethodQuestion, _ evaluated: Evaluated, _ county: CountyResult) -> Bool
}

/// One thing a form asks.
public struct MethodField: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text
        case number
        case flag
        /// Values with their labels; the first is the default.
        case choice([Choice])
    }
    public struct Choice: Sendable, Hashable {
        public var value: String
        public var label: String
    }

    public var name: String
    public var label: String
    public var kind: Kind
    public var unit: String
    public var note: String
    /// Stands in the field at the beginning.
    public var usual: String
    /// Fields of one section stand together.
    public var section: String

    init(
        _ name: String, _ label: String, _ kind: Kind = .number, unit: String = "", note: String = "", usual: String = "", section: String
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.unit = unit
        self.note = note
        self.usual = usual
        self.section = section
    }
}

/// What somebody asks of a method, as it was filled in.
public struct MethodQuestion: Sendable, Codable, Hashable {
    public var method: String
    public var standard: String
    public var year: Int
    public var county: String
    public var values: [String: String]

    public init(method: String, standard: String, year: SchoolYear, county: String, values: [String: String]) {
        self.method = method
        self.standard = standard
        self.year = year.start
        self.county = county
        self.values = values
    }

    var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    init(text: String) throws {
        do {
            self = try JSONDecoder().decode(MethodQuestion.self, from: Data(text.utf8))
        } catch {
            throw StoreRefusal(.damaged, "这项任务的内容读不出来，请重新提交")
        }
    }
}

/// What a search may use while it runs.
public struct MethodRun: Sendable {
    public var isCancelled: @Sendable () -> Bool
    /// Says what is being done.
    public var say: @Sendable (String) -> Void
    public var today: Day
    public var papers: PlanPapers
}

public enum MethodAnswer: Sendable {
    case plan(MethodSheet, [ProposalFile])
    /// In words, with the rules that cannot all be kept.
    case none(String, rules: [String])
}

/// Numbers people write into forms.
enum MethodNumber {
    /// nil where nothing is written; throws the complaint.
    static func read(_ values: [String: String], _ field: String, _ label: String, _ range: ClosedRange<Double>) throws(MethodComplaint)
        -> Double?
    {
        let text = (values[field] ?? "").trimmingCharacters(in: .whitespaces).replacing(",", with: "")
        if text.isEmpty { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw MethodComplaint("\(label)写的是“\(text.prefix(20))”，请写\(plain(range.lowerBound))到\(plain(range.upperBound))之间的数")
        }
        return value
    }

    static func whole(_ values: [String: String], _ field: String, _ label: String, _ range: ClosedRange<Int>) throws(MethodComplaint)
        -> Int?
    {
        guard let value = try read(values, field, label, Double(range.lowerBound)...Double(range.upperBound)) else { return nil }
        guard let whole = Int(exactly: value) else { throw MethodComplaint("\(label)写的是“\(plain(value))”，请写整数") }
        return whole
    }

    static func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}

struct MethodComplaint: Error {
    var message: String
    init(_ message: String) { self.message = message }
}
