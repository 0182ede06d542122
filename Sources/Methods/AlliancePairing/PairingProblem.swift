internal import Foundation
internal import Planning
internal import Vocabulary

/// Everything a pairing of strong and weak schools depends on. All numbers are whole, so that sums and bounds are exact.
public struct PairingProblem: Sendable {
    /// Where a school lies, in millionths of a degree.
    public struct Place: Sendable, Hashable {
        public var latitude: Int
        public var longitude: Int

        public init(latitude: Int, longitude: Int) {
            self.latitude = latitude
            self.longitude = longitude
        }

        /// Metres along the earth's surface.
        public func metres(to other: Place) -> Int {
            func radians(_ value: Int) -> Double { Double(value) / 1_000_000 * .pi / 180 }
            let (north, east) = (radians(other.latitude - latitude) / 2, radians(other.longitude - longitude) / 2)
            let half =
                sin(north) * sin(north) + cos(radians(latitude)) * cos(radians(other.latitude)) * sin(east) * sin(east)
            return Int((2 * 6_371_008.8 * asin(half.squareRoot())).rounded())
        }
    }

    /// A strong school that can lead a group.
    public struct Lead: Sendable, Identifiable {
        public var id: String
        public var title: String
        public var stage: String
        /// Nil where the returns give none: distances to it cannot be checked.
        public var place: Place?
        /// The load it can carry.
        public var capacity: Int
        /// By item, how far it lies above the threshold, in thousandths of the threshold.
        public var strengths: [String: Int]

        public init(id: String, title: String, stage: String, place: Place?, capacity: Int, strengths: [String: Int]) {
            self.id = id
            self.title = title
            self.stage = stage
            self.place = place
            self.capacity = capacity
            self.strengths = strengths
        }
    }

    /// A weak school that is to be led.
    public struct Member: Sendable, Identifiable {
        public var id: String
        public var title: String
        public var stage: String
        public var place: Place?
        /// What it asks of its lead, above zero: 1 where schools count alike, or classes, or pupils in hundreds.
        public var load: Int
        /// By item, how far it lies below the threshold, in thousandths of the threshold.
        public var needs: [String: Int]

        public init(id: String, title: String, stage: String, place: Place?, load: Int = 1, needs: [String: Int]) {
            self.id = id
            self.title = title
            self.stage = stage
            self.place = place
            self.load = load
            self.needs = needs
        }
    }

    /// A lead and a member, by id.
    public struct Pair: Sendable, Hashable, Codable {
        public var lead: String
        public var member: String

        public init(lead: String, member: String) {
            self.lead = lead
            self.member = member
        }
    }

    public var title: String
    public var leads: [Lead]
    public var members: [Member]
    /// Schools in a group, the lead among them; two or more.
    public var groupSize: Int
    /// Metres between lead and member at most; nil for no limit.
    public var reach: Int?
    /// Points of gain one kilometre costs.
    public var travelPoints: Int
    /// Pairs that have worked together, and the points of gain that is worth.
    public var history: Set<Pair> = []
    public var historyPoints = 0
    /// Pairs that stay as they are, and pairs that must not be.
    public var kept: Set<Pair> = []
    public var barred: Set<Pair> = []
    /// Thousandths of the best total that may be given up so that the member that gains least gains more.
    public var concession: Int
    /// Rules put aside, by id, when conflicts are looked for.
    public var waived: Set<String> = []

    public init(
        title: String, leads: [Lead], members: [Member], groupSize: Int, reach: Int? = nil, travelPoints: Int = 0, concession: Int = 0
    ) {
        self.title = title
        self.leads = leads
        self.members = members
        self.groupSize = groupSize
        self.reach = reach
        self.travelPoints = travelPoints
        self.concession = concession
    }

    /// Schools whose returns give no place: their distances were not checked.
    public var unplaced: [String] { leads.filter { $0.place == nil }.map(\.title) + members.filter { $0.place == nil }.map(\.title) }

    /// Metres between them; nil where one of them has no place.
    public func metres(_ lead: Lead, _ member: Member) -> Int? {
        guard let one = lead.place, let other = member.place else { return nil }
        return one.metres(to: other)
    }

    /// Points of the member's needs that the lead's strengths cover, less travel, plus what working together before is worth.
    /// An unknown way counts as the longest allowed (or known), never as none.
    func gain(_ lead: Lead, _ member: Member, longest: Int) -> Int {
        let covered = member.needs.reduce(0) { $0 + Swift.min($1.value, Swift.max(0, lead.strengths[$1.key] ?? 0)) }
        return covered + extra(lead, member, longest: longest)
    }

    /// What working together before is worth, less travel.
    func extra(_ lead: Lead, _ member: Member, longest: Int) -> Int {
        let travel = travelPoints == 0 ? 0 : travelPoints * (metres(lead, member) ?? longest) / 1000
        guard !history.isEmpty, history.contains(Pair(lead: lead.id, member: member.id)) else { return -travel }
        return historyPoints - travel
    }

    /// What an unknown way is taken for, in metres.
    var longest: Int {
        if let reach { return reach }
        guard travelPoints > 0, leads.contains(where: { $0.place == nil }) || members.contains(where: { $0.place == nil }) else { return 0 }
        return leads.flatMap { lead in members.compactMap { metres(lead, $0) } }.max() ?? 0
    }

    /// Tells this problem from any other.
    public var digest: String {
        var digest = ProblemDigest()
        func words(_ place: Place?) -> String { place.map { "\($0.latitude),\($0.longitude)" } ?? "" }
        func words(_ numbers: [String: Int]) -> String {
            numbers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        }
        func words(_ pairs: Set<Pair>) -> String { pairs.map { "\($0.lead)>\($0.member)" }.sorted().joined(separator: ",") }
        digest.add("\(title)|\(groupSize)|\(reach ?? -1)|\(travelPoints)|\(historyPoints)|\(concession)|\(waived.sorted())")
        for lead in leads { digest.add("\(lead.id)|\(lead.stage)|\(words(lead.place))|\(lead.capacity)|\(words(lead.strengths))") }
        for member in members {
            digest.add("\(member.id)|\(member.stage)|\(words(member.place))|\(member.load)|\(words(member.needs))")
        }
        for pairs in [history, kept, barred] { digest.add(words(pairs)) }
        return digest.hex
    }
}
