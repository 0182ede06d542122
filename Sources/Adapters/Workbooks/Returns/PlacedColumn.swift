internal import Indicators

/// A column of the form where this sheet holds it, with all that reading one of its cells needs at hand.
final class PlacedColumn: Sendable {
    let form: ReturnForm.Column
    /// Sheet column, from 0.
    let place: Int
    let scale: Double
    /// Index of the form's column.
    let slot: Int
    let element: DataElement?
    private let bounds: ClosedRange<Double>
    private let isWhole: Bool

    init?(_ column: ReturnForm.Column, _ place: (column: Int, scale: Double)?, slot: Int, _ catalogue: IndicatorCatalogue) {
        guard let place else { return nil }
        form = column
        self.place = place.column
        scale = place.scale
        self.slot = slot
        if case .fact(let key) = column.field { element = catalogue.elements[key.element] } else { element = nil }
        let lowest = element?.minimum ?? -.infinity
        bounds = lowest...max(lowest, element?.maximum ?? .infinity)
        isWhole = element?.isWhole ?? false
    }

    /// The value of a plain number that nothing is to be said of, as nearly every cell holds; nil where a closer look is needed.
    func plain(_ cell: SheetCell) -> Double? {
        let number: Double? =
            switch cell {
            case .number(let value): value
            case .text(let text): CellNumber.plain(text)
            default: nil
            }
        guard let number else { return nil }
        let value = number * scale + 0
        return bounds.contains(value) && (!isWhole || value == value.rounded()) ? value : nil
    }
}

/// Where each key was first seen. Counties are kept once each: a hundred thousand schools share a few hundred.
final class SeenKeys {
    private var places: [String: (row: Int32, county: Int32)] = [:]
    private var counties: [String] = []
    private var numbers: [String: Int32] = [:]

    /// The row and county in which a key stood before; nil the first time, which is remembered.
    func first(_ key: String, _ row: Int, _ county: String) -> (row: Int, county: String)? {
        if let place = places[key] { return (Int(place.row), counties[Int(place.county)]) }
        let number = numbers[county] ?? Int32(counties.count)
        if Int(number) == counties.count {
            counties.append(county)
            numbers[county] = number
        }
        places[key] = (Int32(row), number)
        return nil
    }
}
