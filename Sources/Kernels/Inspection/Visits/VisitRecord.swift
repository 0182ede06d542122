public import Foundation
public import Vocabulary

/// Where somebody was, as a device tells it.
public struct VisitPosition: Hashable, Sendable, Codable {
    public var longitude: Double
    public var latitude: Double
    /// In metres; nil where the device does not say.
    public var accuracy: Double?

    public init(longitude: Double, latitude: Double, accuracy: Double? = nil) {
        self.longitude = longitude
        self.latitude = latitude
        self.accuracy = accuracy
    }

    /// `longitude,latitude[,accuracy]`; nil where it is no place on Earth.
    public init?(text: String) {
        let numbers = text.split { $0 == "," || $0 == "，" || $0 == " " }.compactMap { Double($0) }
        guard numbers.count >= 2, (-180...180).contains(numbers[0]), (-90...90).contains(numbers[1]) else { return nil }
        let accuracy = numbers.count > 2 && (0...VisitPosition.farthest).contains(numbers[2]) ? numbers[2] : nil
        self.init(longitude: numbers[0], latitude: numbers[1], accuracy: accuracy)
    }

    /// In metres: a place on Earth is not less certain than this.
    private static let farthest = 20_040_000.0

    /// Metres along the great circle.
    public func metres(to other: VisitPosition) -> Double {
        let radian = Double.pi / 180
        let (a, b) = (latitude * radian, other.latitude * radian)
        let (dy, dx) = ((b - a) / 2, (other.longitude - longitude) * radian / 2)
        let h = sin(dy) * sin(dy) + cos(a) * cos(b) * sin(dx) * sin(dx)
        return 2 * 6_371_000 * asin(min(1, h.squareRoot()))
    }
}

/// The arrival at a school. What could not be told is noted and never invented.
public struct CheckIn: Hashable, Sendable, Codable {
    public enum Standing: String, Hashable, Sendable, Codable {
        /// Near the school.
        case near
        case far
        /// Too uncertain to say.
        case vague
        /// The school's own place is not registered.
        case unplaced
        /// The device gave no position.
        case none
    }

    public var signed: Visit.Signature
    public var position: VisitPosition?
    /// Why there is none, as the device says.
    public var reason: String
    public var standing: Standing
    public var metres: Double?

    public init(
        signed: Visit.Signature, position: VisitPosition?, reason: String, school: VisitPosition?, rules: InspectionRules
    ) {
        self.signed = signed
        self.position = position
        self.reason = reason
        let metres = position.flatMap { own in school.map { own.metres(to: $0) } }
        self.metres = metres
        if position == nil {
            standing = .none
        } else if let accuracy = position?.accuracy, accuracy > Double(rules.accuracy) {
            standing = .vague
        } else if let metres {
            standing = metres <= Double(rules.metres) ? .near : .far
        } else {
            standing = .unplaced
        }
    }

    /// `距学校登记位置120米（定位精度20米）`.
    public var sentence: String {
        let accuracy = position?.accuracy.map { "（定位精度\(Int($0.rounded()))米）" } ?? ""
        let distance = metres.map { "距学校登记位置\(Int($0.rounded()))米" } ?? ""
        switch standing {
        case .near: return "\(distance)\(accuracy)"
        case .far: return "不在学校附近：\(distance)\(accuracy)"
        case .vague: return "定位精度不足，不能说明是否在学校\(accuracy)"
        case .unplaced: return "学校没有登记坐标，没有核对距离\(accuracy)"
        case .none: return "没有取得定位\(reason.isEmpty ? "" : "：\(reason)")"
        }
    }
}

/// The judgement of one item.
public struct VisitMark: Hashable, Sendable, Codable {
    public static let notApplicable = "na"

    /// Id of a level, or `notApplicable`.
    public var level: String
    public var note: String
    public var signed: Visit.Signature

    public init(level: String, note: String, signed: Visit.Signature) {
        self.level = level
        self.note = note
        self.signed = signed
    }

    public var isNotApplicable: Bool { level == VisitMark.notApplicable }
}

/// A picture taken at the school; the bytes lie with the kept files.
public struct VisitPhoto: Hashable, Sendable, Codable {
    public var digest: String
    public var name: String
    public var size: Int
    public var type: String
    /// The rubric and item it shows.
    public var rubric: String
    public var item: String
    public var position: VisitPosition?
    public var takenAt: Date?

    public init(
        digest: String, name: String, size: Int, type: String, rubric: String, item: String, position: VisitPosition?, takenAt: Date?
    ) {
        self.digest = digest
        self.name = name
        self.size = size
        self.type = type
        self.rubric = rubric
        self.item = item
        self.position = position
        self.takenAt = takenAt.map { Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded()) }
    }
}

/// Something to be put right.
public struct VisitFinding: Hashable, Sendable, Codable, Identifiable {
    /// Given by the form, so that a form sent twice makes one finding.
    public var id: String
    public var rubric: String
    public var item: String
    public var text: String
    /// `2026-05-01`; when it is to be put right.
    public var finishBy: String
    public var signed: Visit.Signature
    /// The case that was opened for it; empty until then.
    public var caseID: String
    public var caseNumber: String

    public init(id: String, rubric: String, item: String, text: String, finishBy: Day, signed: Visit.Signature) {
        self.id = id
        self.rubric = rubric
        self.item = item
        self.text = text
        self.finishBy = finishBy.description
        self.signed = signed
        caseID = ""
        caseNumber = ""
    }
}
