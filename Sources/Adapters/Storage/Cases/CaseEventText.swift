internal import Casework
internal import Foundation

/// Events as they are kept: JSON with sorted keys, chained by a digest over the event before and this one.
enum CaseEventText {
    static let origin = String(repeating: "0", count: 64)

    static func text(_ event: CaseEvent) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var box = encoder.singleValueContainer()
            try box.encode(Int((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return String(decoding: try encoder.encode(event), as: UTF8.self)
    }

    static func event(_ text: String) throws -> CaseEvent {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            Date(timeIntervalSince1970: Double(try decoder.singleValueContainer().decode(Int.self)) / 1000)
        }
        return try decoder.decode(CaseEvent.self, from: Data(text.utf8))
    }

    /// What the digest of an event is taken of. Every part with its length in front, so that no two share a text.
    static func chained(_ body: String, of id: CaseID, number: Int, previous: String) -> String {
        [previous, id, String(number), body].map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
    }
}

/// Days as the tables of cases keep them.
enum CaseDays {
    /// Stands for no deadline; sorts after every day.
    static let none = 9_999_999
}
