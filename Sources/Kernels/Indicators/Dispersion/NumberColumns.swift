/// Named columns of numbers side by side in one block of memory. NaN is an absent number.
public struct NumberColumns: Sendable {
    public let count: Int
    private var places: [String: Int] = [:]
    private var storage: [Double] = []

    public init(count: Int) { self.count = count }

    public var names: [String] { places.sorted { $0.value < $1.value }.map(\.key) }

    /// Adds or replaces a column; it must hold `count` numbers.
    public mutating func set(_ name: String, _ column: [Double]) {
        precondition(column.count == count, "column \(name) has \(column.count) numbers, the table \(count) rows")
        if let place = places[name] {
            storage.replaceSubrange(place * count..<(place + 1) * count, with: column)
        } else {
            places[name] = places.count
            storage.append(contentsOf: column)
        }
    }

    public subscript(name: String) -> ArraySlice<Double>? {
        places[name].map { storage[$0 * count..<($0 + 1) * count] }
    }

    /// The same rows in another order, or some of them.
    public func picking(_ rows: [Int]) -> NumberColumns {
        var copy = NumberColumns(count: rows.count)
        copy.places = places
        copy.storage.reserveCapacity(rows.count * places.count)
        for place in 0..<places.count {
            for row in rows { copy.storage.append(storage[place * count + row]) }
        }
        return copy
    }

    func place(_ name: String) -> Int? { places[name] }

    func withColumns<R>(_ body: ([UnsafePointer<Double>]) -> R) -> R {
        storage.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return body([]) }
            return body((0..<places.count).map { base + $0 * count })
        }
    }
}
