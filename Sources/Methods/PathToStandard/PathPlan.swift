/// The answer: what is done where. Nothing in it is computed.
public struct PathPlan: Sendable, Hashable, Codable {
    /// So many steps of an action at a school, or at a unit for what belongs to a stage.
    public struct Step: Sendable, Hashable, Codable {
        public var action: String
        /// A school's code or a unit's id.
        public var place: String
        public var count: Int

        public init(action: String, place: String, count: Int) {
            self.action = action
            self.place = place
            self.count = count
        }
    }

    /// So many teachers from one unit to another.
    public struct Move: Sendable, Hashable, Codable {
        public var action: String
        public var from: String
        public var to: String
        public var count: Int

        public init(action: String, from: String, to: String, count: Int) {
            self.action = action
            self.from = from
            self.to = to
            self.count = count
        }
    }

    public var steps: [Step]
    public var moves: [Move]

    public init(steps: [Step] = [], moves: [Move] = []) {
        self.steps = steps
        self.moves = moves
    }
}
