extension Schema {
    /// As JSON Schema 2020-12 says it, the dialect of OpenAPI 3.1.
    var document: JSON {
        switch self {
        case .text(let length, let format):
            var members: [JSON.Member] = [.init("type", .text("string"))]
            // A format fixes the length by itself.
            if let format {
                members.append(.init("format", .text(format)))
            } else {
                if length.lowerBound > 0 { members.append(.init("minLength", .integer(length.lowerBound))) }
                members.append(.init("maxLength", .integer(length.upperBound)))
            }
            if format == nil { members.append(.init("pattern", .text("^[^\\x00-\\x1f\\x7f]*$"))) }
            return .object(members)
        case .said: return .object(("type", .text("string")))
        case .choice(let words): return .object(("type", .text("string")), ("enum", .list(words.map { .text($0) })))
        case .constant(let word): return .object(("type", .text("string")), ("const", .text(word)))
        case .integer(let range):
            return .object(("type", .text("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound)))
        case .count: return .object(("type", .text("integer")), ("minimum", .integer(0)))
        case .number: return .object(("type", .text("number")))
        case .flag: return .object(("type", .text("boolean")))
        case .list(let schema, let most):
            var members: [JSON.Member] = [.init("type", .text("array")), .init("items", schema.document)]
            if let most { members.append(.init("maxItems", .integer(most))) }
            return .object(members)
        case .object(let properties): return Schema.object(properties)
        case .map(let schema): return .object(("type", .text("object")), ("additionalProperties", schema.document))
        case .named(let name, _): return .object(("$ref", .text("#/components/schemas/\(name)")))
        case .variants(let schemas): return .object(("oneOf", .list(schemas.map(\.document))))
        }
    }

    private static func object(_ properties: [Property]) -> JSON {
        let members = properties.map { property -> JSON.Member in
            guard !property.note.isEmpty, case .object(let members) = property.schema.document else {
                return JSON.Member(property.name, property.schema.document)
            }
            return JSON.Member(property.name, .object(members + [.init("description", .text(property.note))]))
        }
        let required = properties.filter(\.isRequired).map { JSON.text($0.name) }
        var object: [JSON.Member] = [.init("type", .text("object")), .init("properties", .object(members))]
        if !required.isEmpty { object.append(.init("required", .list(required))) }
        return .object(object + [.init("additionalProperties", .flag(false))])
    }

    /// Every named schema in it, with those inside them.
    func collect(into found: inout [String: Schema]) {
        switch self {
        case .named(let name, let schema):
            guard found[name] == nil else { return }
            found[name] = schema
            schema.collect(into: &found)
        case .list(let schema, _), .map(let schema): schema.collect(into: &found)
        case .object(let properties): for property in properties { property.schema.collect(into: &found) }
        case .variants(let schemas): for schema in schemas { schema.collect(into: &found) }
        case .text, .said, .choice, .integer, .count, .number, .flag, .constant: break
        }
    }
}
