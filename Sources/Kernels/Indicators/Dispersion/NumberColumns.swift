/// Named columns of numbers. NaN is an absent number.
public struct NumberColumns: Sendable {
    public let count: Int
    private var places: [String: Int] = [:]
    private var storage: [[Double]] = []

    public init(count: Int) { self.count = count }

    public var names: [String] { places.sorted { $0.value < $1.value }.map(\.key) }

    /// Adds or replaces a column; it must hold `count` numbers.
    public mutating func set(_ name: String, _ column: [Double]) {
        precondition(column.count == count, "column \(name) has \(column.count) numbers, the table \(count) rows")
        if let place = places[name] {
            storage[place] = column
        } else {
            places[name] = places.count
            storage.append(column)
        }
    }

    public subscript(name: String) -> ArraySlice<Double>? { array(name)?[...] }

    /// The same rows in another order, or some of them.
    public func picking(_ rows: [Int]) -> NumberColumns {
        var copy = NumberColumns(count: rows.count)
        copy.places = places
        copy.storage = storage.map { column in rows.map { column[$0] } }
        return copy
    }

    func place(_ name: String) -> Int? { places[name] }
    func array(_ name: String) -> [Double]? { places[name].map { storage[$0] } }

    func withColumns<R>(_ body: ([UnsafePointer<Double>]) -> R) -> R { NumberColumns.pointers(to: storage[...], [], body) }

    /// Pointers to the numbers of several columns at once, in their order.
    static func pointers<R>(to arrays: [[Double]], _ body: ([UnsafePointer<Double>]) -> R) -> R { pointers(to: arrays[...], [], body) }

    private static func pointers<R>(
        to arrays: ArraySlice<[Double]>, _ found: [UnsafePointer<Double>], _ body: ([UnsafePointer<Double>]) -> R
    ) -> R {
        guard let first = arrays.first else { return body(found) }
        return first.withUnsafeBufferPointer { buffer in
            // An empty array may have no address; nothing is ever read through its place.
            let pointer = buffer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Double>.alignment)
            return pointers(to: arrays.dropFirst(), found + [pointer].compactMap { $0 }, body)
        }
    }
}
