internal import Foundation
public import Vocabulary

/// An answer.
public enum FieldValue: Hashable, Sendable {
    case text(String)
    /// In the field's unit.
    case number(Double)
    /// 分, hundredths of a yuan.
    case money(Int)
    case date(Day)
    /// Id of an option.
    case choice(String)
    case choices([String])
    case yesNo(Bool)
    /// Id of a school, unit, county or person, with its name as it was then.
    case reference(id: String, label: String)
    case files([CaseFile])
    case location(CasePosition)
    case table([[String: FieldValue]])
    /// A private answer as it is kept.
    case sealed(String)

    /// What conditions and formulas reckon with: numbers as such, money in yuan.
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .money(let fen): Double(fen) / 100
        default: nil
        }
    }

    public var isEmpty: Bool {
        switch self {
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .choices(let ids): ids.isEmpty
        case .files(let files): files.isEmpty
        case .table(let rows): rows.isEmpty
        default: false
        }
    }
}

/// A file kept by its digest.
public struct CaseFile: Hashable, Sendable, Codable {
    public var name: String
    /// SHA-256 of its bytes.
    public var digest: String
    public var size: Int
    /// Such as `image/jpeg`.
    public var type: String

    public init(name: String, digest: String, size: Int, type: String) {
        self.name = name
        self.digest = digest
        self.size = size
        self.type = type
    }
}

/// A place in WGS-84 degrees.
public struct CasePosition: Hashable, Sendable, Codable {
    public var longitude: Double
    public var latitude: Double
    /// Metres within which the device says it is right; nil where it does not say.
    public var accuracy: Double?

    public init(longitude: Double, latitude: Double, accuracy: Double? = nil) {
        self.longitude = longitude
        self.latitude = latitude
        self.accuracy = accuracy
    }

    /// Metres between two places over a sphere of 6371 km.
    public func metres(to other: CasePosition) -> Double {
        let toRadians = Double.pi / 180
        let (a, b) = (latitude * toRadians, other.latitude * toRadians)
        let (up, across) = (sin((b - a) / 2), sin((other.longitude - longitude) * toRadians / 2))
        return 2 * 6_371_000 * asin(Swift.min(1, (up * up + cos(a) * cos(b) * across * across).squareRoot()))
    }
}

extension FieldValue: Codable {
    private enum Key: String, CodingKey {
        case text, number, money, date, choice, choices, yesNo, id, label, files, location, table, sealed
    }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        if let id = try box.decodeIfPresent(String.self, forKey: .id) {
            self = .reference(id: id, label: try box.decode(String.self, forKey: .label))
            return
        }
        guard let key = box.allKeys.first else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "an answer without a kind"))
        }
        switch key {
        case .text: self = .text(try box.decode(String.self, forKey: key))
        case .number: self = .number(try box.decode(Double.self, forKey: key))
        case .money: self = .money(try box.decode(Int.self, forKey: key))
        case .date: self = .date(try box.decode(Day.self, forKey: key))
        case .choice: self = .choice(try box.decode(String.self, forKey: key))
        case .choices: self = .choices(try box.decode([String].self, forKey: key))
        case .yesNo: self = .yesNo(try box.decode(Bool.self, forKey: key))
        case .files: self = .files(try box.decode([CaseFile].self, forKey: key))
        case .location: self = .location(try box.decode(CasePosition.self, forKey: key))
        case .table: self = .table(try box.decode([[String: FieldValue]].self, forKey: key))
        case .sealed: self = .sealed(try box.decode(String.self, forKey: key))
        case .id, .label:
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a reference without an id"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        switch self {
        case .text(let value): try box.encode(value, forKey: .text)
        case .number(let value): try box.encode(value, forKey: .number)
        case .money(let value): try box.encode(value, forKey: .money)
        case .date(let value): try box.encode(value, forKey: .date)
        case .choice(let value): try box.encode(value, forKey: .choice)
        case .choices(let value): try box.encode(value, forKey: .choices)
        case .yesNo(let value): try box.encode(value, forKey: .yesNo)
        case .reference(let id, let label):
            try box.encode(id, forKey: .id)
            try box.encode(label, forKey: .label)
        case .files(let value): try box.encode(value, forKey: .files)
        case .location(let value): try box.encode(value, forKey: .location)
        case .table(let value): try box.encode(value, forKey: .table)
        case .sealed(let value): try box.encode(value, forKey: .sealed)
        }
    }
}
