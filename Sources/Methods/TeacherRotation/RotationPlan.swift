/// The answer: who goes where. Nothing in it is computed.
public struct RotationPlan: Sendable, Hashable, Codable {
    public struct Move: Sendable, Hashable, Codable, Comparable {
        /// The teacher's code.
        public var teacher: String
        /// Ids of units.
        public var from: String
        public var to: String

        public init(teacher: String, from: String, to: String) {
            self.teacher = teacher
            self.from = from
            self.to = to
        }

        public static func < (left: Move, right: Move) -> Bool {
            (left.from, left.to, left.teacher) < (right.from, right.to, right.teacher)
        }
    }

    public var moves: [Move]

    public init(moves: [Move] = []) { self.moves = moves.sorted() }
}
