/// The schools cases may be about.
public protocol CasePlaces: Sendable {
    /// Of the newest school year with data; by county and name.
    func schools() async throws -> [CaseSchool]
}

public struct CaseSchool: Hashable, Sendable {
    /// 学校标识码.
    public var code: String
    public var name: String
    public var county: String

    public init(code: String, name: String, county: String) {
        self.code = code
        self.name = name
        self.county = county
    }
}
