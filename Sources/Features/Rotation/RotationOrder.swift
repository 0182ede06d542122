public import Exchanges
internal import Foundation
internal import Indicators
internal import Vocabulary

/// What a plan is to be made by, besides the rules and the roster.
public struct RotationWish: Sendable, Hashable, Codable {
    /// Of what the basis counts; nil for what the rules say.
    public var percent: Double?
    public var basis: RotationRules.Basis?
    /// How long may be searched.
    public var seconds: Int
    /// Whether other rates are worked out beside.
    public var whatIf: Bool

    static let usualSeconds = 100
    static let seconds = 10...1_800

    public init(percent: Double? = nil, basis: RotationRules.Basis? = nil, seconds: Int? = nil, whatIf: Bool = false) {
        self.percent = percent
        self.basis = basis
        self.seconds = seconds ?? RotationWish.usualSeconds
        self.whatIf = whatIf
    }

    /// As a form was filled in. Throws `ExchangeRefusal` for what is no number.
    init(_ fields: [String: String]) throws {
        func written(_ name: String) -> String? {
            fields[name].map { $0.trimmingCharacters(in: .whitespaces) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let (rate, limit) = (written("rate"), written("seconds"))
        if let rate, Double(rate) == nil { throw RotationWish.noRate }
        if let limit, Int(limit) == nil { throw RotationWish.noLimit }
        self.init(
            percent: rate.flatMap(Double.init), basis: written("of").flatMap(RotationRules.Basis.init(rawValue:)),
            seconds: limit.flatMap { Int($0) }, whatIf: fields["whatIf"] != nil)
    }

    private static let noRate = ExchangeRefusal("比例填 0 到 100 之间的数，如 15", .input)
    private static let noLimit = ExchangeRefusal("最多算多少秒，填\(seconds.lowerBound)到\(seconds.upperBound)之间的整数", .input)

    /// The rules with what is wished. Throws `ExchangeRefusal` for wishes nobody can have.
    func applied(to rules: RotationRules) throws -> RotationRules {
        guard RotationWish.seconds.contains(seconds) else { throw RotationWish.noLimit }
        var own = rules
        if let percent {
            guard let share = Share(decimal: percent / 100) else { throw RotationWish.noRate }
            own.rate = share
        }
        if let basis { own.basis = basis }
        return own
    }
}

/// What a job that plans an exchange is told in plain; the roster is handed to it apart.
struct RotationOrder: Sendable, Codable {
    var wish: RotationWish
    /// First calendar year of the school year.
    var year: Int

    init(_ wish: RotationWish, _ year: SchoolYear) { (self.wish, self.year) = (wish, year.start) }

    var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    init(text: String) throws {
        do {
            self = try JSONDecoder().decode(RotationOrder.self, from: Data(text.utf8))
        } catch {
            throw StoreRefusal(.damaged, "这项任务的内容读不出来，请重新提交")
        }
    }
}
