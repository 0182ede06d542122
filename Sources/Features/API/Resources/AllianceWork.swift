public import Alliances
public import Foundation
public import Pages
public import Vocabulary

/// The work with alliances of schools, as the pages of 教联体 do it.
public struct AllianceWork: Sendable {
    public typealias Paper = (name: String, bytes: Data)

    /// What there is.
    public struct Reading: Sendable {
        var groups: @Sendable (_ county: String?, SchoolYear?, Visit) async throws -> [ToldAlliance]
        var group: @Sendable (_ alliance: String, SchoolYear?, Visit) async throws -> ToldAlliance
        var effect: @Sendable (_ alliance: String, Visit) async throws -> ToldEffect
        var pairings: @Sendable (_ county: String, Visit) async throws -> [OfferedPairing]
        var report: @Sendable (_ county: String, SchoolYear?, _ kind: String, Visit) async throws -> Paper

        public init(
            groups: @escaping @Sendable (String?, SchoolYear?, Visit) async throws -> [ToldAlliance],
            group: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> ToldAlliance,
            effect: @escaping @Sendable (String, Visit) async throws -> ToldEffect,
            pairings: @escaping @Sendable (String, Visit) async throws -> [OfferedPairing],
            report: @escaping @Sendable (String, SchoolYear?, String, Visit) async throws -> Paper
        ) {
            self.groups = groups
            self.group = group
            self.effect = effect
            self.pairings = pairings
            self.report = report
        }
    }

    /// What makes new ones.
    public struct Founding: Sendable {
        var found: @Sendable (AllianceWish, _ county: String, Visit) async throws -> ToldAlliance
        var takeIn:
            @Sendable (_ file: URL, _ name: String, _ county: String, Visit) async throws -> TakenIn<(alliances: Int, activities: Int)>
        var adoptFile: @Sendable (Data, _ county: String, _ founded: Day, Visit) async throws -> [ToldAlliance]
        var adoptPlan: @Sendable (_ plan: String, _ county: String, _ founded: Day, Visit) async throws -> [ToldAlliance]

        public init(
            found: @escaping @Sendable (AllianceWish, String, Visit) async throws -> ToldAlliance,
            takeIn: @escaping @Sendable (URL, String, String, Visit) async throws -> TakenIn<(alliances: Int, activities: Int)>,
            adoptFile: @escaping @Sendable (Data, String, Day, Visit) async throws -> [ToldAlliance],
            adoptPlan: @escaping @Sendable (String, String, Day, Visit) async throws -> [ToldAlliance]
        ) {
            self.found = found
            self.takeIn = takeIn
            self.adoptFile = adoptFile
            self.adoptPlan = adoptPlan
        }
    }

    /// What changes one; `seen` is the version somebody saw.
    public struct Changing: Sendable {
        var join: @Sendable (_ alliance: String, AllianceWish.Member, Day, _ seen: Int?, Visit) async throws -> ToldAlliance
        var leave: @Sendable (_ alliance: String, _ member: Int, Day, _ reason: String, _ seen: Int?, Visit) async throws -> ToldAlliance
        var end: @Sendable (_ alliance: String, Day, _ reason: String, _ seen: Int?, Visit) async throws -> ToldAlliance
        var record:
            @Sendable (_ alliance: String, ActivityWish, _ seen: Int?, Visit) async throws -> (
                activity: AllianceActivity, told: ToldAlliance
            )
        var strike: @Sendable (_ activity: String, _ alliance: String, _ reason: String, _ seen: Int?, Visit) async throws -> ToldAlliance

        public init(
            join: @escaping @Sendable (String, AllianceWish.Member, Day, Int?, Visit) async throws -> ToldAlliance,
            leave: @escaping @Sendable (String, Int, Day, String, Int?, Visit) async throws -> ToldAlliance,
            end: @escaping @Sendable (String, Day, String, Int?, Visit) async throws -> ToldAlliance,
            record:
                @escaping @Sendable (String, ActivityWish, Int?, Visit) async throws -> (
                    activity: AllianceActivity, told: ToldAlliance
                ),
            strike: @escaping @Sendable (String, String, String, Int?, Visit) async throws -> ToldAlliance
        ) {
            self.join = join
            self.leave = leave
            self.end = end
            self.record = record
            self.strike = strike
        }
    }

    var reading: Reading
    var founding: Founding
    var changing: Changing

    public init(reading: Reading, founding: Founding, changing: Changing) {
        self.reading = reading
        self.founding = founding
        self.changing = changing
    }
}
