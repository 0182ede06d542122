/// The texts cells refer to by number, one after the other in one buffer: a string of its own for each would cost several times as much.
struct SharedStrings: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    /// Most bytes of text a workbook may share; more is not a return of schools.
    static let limit = 400_000_000

    mutating func append(_ text: [UInt8]) -> Bool {
        guard bytes.count + text.count <= SharedStrings.limit else { return false }
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
        return true
    }

    /// The text of a number; nil when there is none.
    subscript(place: Int) -> String? {
        guard ends.indices.contains(place) else { return nil }
        let start = place == 0 ? 0 : Int(ends[place - 1])
        return bytes.withUnsafeBufferPointer { String(decoding: $0[start..<Int(ends[place])], as: UTF8.self) }
    }
}
