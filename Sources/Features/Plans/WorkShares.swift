public import Indicators
internal import Vocabulary

/// What the works of a plan come to at the shortfalls they close. A work that closes several lays its money on each alike, to the fen;
/// several works at one shortfall lay theirs together. So none of it is lost, and none stands twice.
public struct WorkShares: Sendable {
    public struct Share: Sendable, Hashable {
        public var key: ShortfallKey
        public var works: [PlannedWork]
        /// 分.
        public var money: Int
    }

    /// In the order of the works.
    public private(set) var shares: [Share] = []
    /// Works that close none of the shortfalls.
    public private(set) var idle: [PlannedWork] = []

    /// `gaps` name the data element that is short.
    public init(_ works: [PlannedWork], _ gaps: [(key: ShortfallKey, element: String)]) {
        var places: [ShortfallKey: Int] = [:]
        for work in works {
            let own = gaps.filter { work.isAt($0.key) && work.elements.contains($0.element) }.map(\.key)
                .reduce(into: [ShortfallKey]()) { if !$0.contains($1) { $0.append($1) } }
            guard !own.isEmpty else {
                idle.append(work)
                continue
            }
            let (each, rest) = (work.cost * 100 / own.count, work.cost * 100 % own.count)
            for (number, key) in own.enumerated() {
                let place = places[key] ?? shares.count
                if place == shares.count { shares.append(Share(key: key, works: [], money: 0)) }
                places[key] = place
                shares[place].works.append(work)
                shares[place].money += each + (number < rest ? 1 : 0)
            }
        }
    }
}

extension PlannedWork {
    /// What a school shares reaches all its stages; what is bought for one stage reaches that one.
    fileprivate func isAt(_ key: ShortfallKey) -> Bool {
        key.school == school && (place == school || place == "\(key.school)/\(key.stage?.rawValue ?? "school")")
    }
}
