/// One data element over the rows of a table. A NaN is an absent number; `absences` says why where it is not simply blank.
public struct FactColumn: Sendable, Equatable {
    public var values: [Double]
    public var absences: [Int: Absence]

    public init(values: [Double] = [], absences: [Int: Absence] = [:]) {
        self.values = values
        self.absences = absences
    }

    /// A column in which every row lacks the number for the same reason.
    public init(absent reason: Absence, count: Int) {
        values = Array(repeating: .nan, count: count)
        absences = reason == .blank ? [:] : Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, reason) })
    }

    public mutating func append(_ fact: Fact) {
        switch fact {
        case .known(let number): values.append(number)
        case .absent(let reason):
            if reason != .blank { absences[values.count] = reason }
            values.append(.nan)
        }
    }

    public func absence(_ row: Int) -> Absence? { values[row].isNaN ? absences[row] ?? .blank : nil }

    public subscript(row: Int) -> Fact {
        absence(row).map(Fact.absent) ?? .known(values[row])
    }

    public static func == (left: FactColumn, right: FactColumn) -> Bool {
        left.absences == right.absences && left.values.count == right.values.count
            && zip(left.values, right.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
}

/// A number as reported, or the reason why there is none.
public enum Fact: Hashable, Sendable {
    case known(Double)
    case absent(Absence)

    public var number: Double? {
        if case .known(let number) = self { return number }
        return nil
    }
}
