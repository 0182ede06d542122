public import Foundation
public import Vocabulary

/// Makes names unreadable for whoever holds the database alone. `subject` is the record a name belongs to: a sealed name put into
/// another record does not open.
public protocol NameSeal: Sendable {
    func sealed(_ name: String, of subject: String) throws -> String
    func opened(_ sealed: String, of subject: String) throws -> String
}

/// Which turns to list.
public struct ExchangeFilter: Hashable, Sendable {
    /// Nil for all.
    public var county: String?
    public var year: SchoolYear?
    public var teacher: String?

    public init(county: String? = nil, year: SchoolYear? = nil, teacher: String? = nil) {
        self.county = county
        self.year = year
        self.teacher = teacher
    }
}

/// What writing turns into the register came to.
public struct ExchangeTally: Hashable, Sendable {
    public var added: Int
    public var changed: Int
    public var same: Int

    public init(added: Int = 0, changed: Int = 0, same: Int = 0) {
        self.added = added
        self.changed = changed
        self.same = same
    }
}

/// The register of exchanges over the years, with plans not yet carried out.
public protocol ExchangeStore: Sendable {
    /// Whether names are kept: only where there is a seal for them.
    var keepsNames: Bool { get }

    /// In the order of year (newest first), county, receiving school and teacher.
    func exchanges(_ filter: ExchangeFilter) async throws -> [Exchange]
    /// Writes turns in. A teacher has one turn a year in a county: a second one replaces the first unless it is over.
    /// Throws `ExchangeRefusal` then, and nothing is written.
    func write(_ exchanges: [Exchange]) async throws -> ExchangeTally
    /// A turn begins, ends or is called off. Throws `ExchangeRefusal` where its state does not allow it or somebody was quicker.
    func step(_ id: String, to state: Exchange.State, ended: SchoolYear?, seen version: Int) async throws -> Exchange

    func base(_ county: String, _ year: SchoolYear) async throws -> ExchangeBase?
    func bases(_ year: SchoolYear) async throws -> [ExchangeBase]
    func set(_ base: ExchangeBase) async throws

    /// Of one job one plan is kept: answers the first.
    @discardableResult
    func keep(_ plan: RosterPlan) async throws -> RosterPlan
    func plan(_ id: String) async throws -> RosterPlan?
    func plan(ofJob job: String) async throws -> RosterPlan?
    /// Newest first.
    func plans(_ county: String, _ year: SchoolYear) async throws -> [RosterPlan]
    /// Adopts a plan and writes its turns, both or neither. Throws `ExchangeRefusal` where it is adopted already or a turn is over.
    func adopt(_ id: String, by: String, at: Date, _ exchanges: [Exchange]) async throws -> ExchangeTally
}

/// A "no" of the register in the user's words.
public struct ExchangeRefusal: Refusal, Hashable {
    public var message: String
    public var ground: RefusalGround

    public init(_ message: String, _ ground: RefusalGround = .rule) {
        self.message = message
        self.ground = ground
    }
}
