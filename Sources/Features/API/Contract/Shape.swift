internal import Foundation
internal import Vocabulary

/// A kind of value as the interface shows it: its schema and how it is written, said in one place, so that neither can say
/// what the other does not.
struct Shape<Value: Sendable>: Sendable {
    let schema: Schema
    let write: @Sendable (Value) -> JSON

    /// The same under another view of a value.
    func of<Other>(_ value: @escaping @Sendable (Other) -> Value) -> Shape<Other> {
        Shape<Other>(schema: schema) { write(value($0)) }
    }

    var list: Shape<[Value]> { Shape<[Value]>(schema: .list(schema)) { .list($0.map(write)) } }

    /// By name, in order of the names.
    var map: Shape<[String: Value]> {
        Shape<[String: Value]>(schema: .map(schema)) { values in
            .object(values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, write($0.value)) })
        }
    }

    static func object(_ name: String, _ fields: [Field<Value>]) -> Shape {
        Shape(schema: .named(name, .object(fields.map(\.property)))) { value in
            .object(fields.compactMap { field in field.write(value).map { JSON.Member(field.property.name, $0) } })
        }
    }
}

/// A member of an object: its name, what it is, what it means, where it comes from.
struct Field<Owner: Sendable>: Sendable {
    let property: Property
    let write: @Sendable (Owner) -> JSON?

    init<Value>(_ name: String, _ shape: Shape<Value>, _ note: String = "", _ value: @escaping @Sendable (Owner) -> Value) {
        property = Property(name, shape.schema, note)
        write = { shape.write(value($0)) }
    }

    /// A member that is left out where there is none.
    static func maybe<Value>(
        _ name: String, _ shape: Shape<Value>, _ note: String = "", _ value: @escaping @Sendable (Owner) -> Value?
    ) -> Field {
        Field(property: Property(name, shape.schema, note, isRequired: false)) { value($0).map(shape.write) }
    }

    /// The same member of something that holds an owner.
    func of<Other>(_ owner: @escaping @Sendable (Other) -> Owner) -> Field<Other> {
        Field<Other>(property: property) { write(owner($0)) }
    }

    private init(property: Property, write: @escaping @Sendable (Owner) -> JSON?) {
        self.property = property
        self.write = write
    }
}

extension Shape where Value == String {
    static var text: Shape { Shape(schema: .said) { .text($0) } }
}

extension Shape where Value == Int {
    static var count: Shape { Shape(schema: .count) { .integer($0) } }
    static var year: Shape { Shape(schema: .integer(1949...2200)) { .integer($0) } }
}

extension Shape where Value == Bool {
    static var flag: Shape { Shape(schema: .flag) { .flag($0) } }
}

extension Shape where Value == Date {
    /// RFC 3339 in UTC, to the second.
    static var moment: Shape { Shape(schema: .moment) { .text(Moment.text($0)) } }
}

extension Shape where Value == Day {
    static var day: Shape { Shape(schema: .day) { .text($0.padded) } }
}

extension Shape where Value == LocalizedText {
    /// Chinese with the English beside it.
    static var label: Shape { LabelShape.shape }
}

extension Shape where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static var word: Shape { Shape(schema: .choice(Value.allCases.map(\.rawValue))) { .text($0.rawValue) } }
}

/// Moments as the interface writes them.
enum Moment {
    static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}

/// Held once: every quantity that is not known writes one.
private enum LabelShape {
    static let shape = Shape<LocalizedText>.object("Label", [Field("zh", .text) { $0.zh }, Field("en", .text) { $0.en }])
}
