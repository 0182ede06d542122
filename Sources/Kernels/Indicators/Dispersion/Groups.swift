/// A partition of rows into groups, kept so that the rows of one group lie side by side.
public struct Groups: Sendable {
    /// Row numbers, group after group, in their old order within a group.
    public let order: [Int]
    /// Where each group begins in `order`; one more than there are groups.
    public let offsets: [Int]

    public var count: Int { offsets.count - 1 }

    /// `groupOf[row]` is the group of a row, from 0 to `count` − 1; a negative one leaves the row out.
    public init(groupOf: [Int], count: Int) {
        var sizes = [Int](repeating: 0, count: count + 1)
        for group in groupOf where group >= 0 { sizes[group + 1] += 1 }
        for group in 0..<count { sizes[group + 1] += sizes[group] }
        offsets = sizes
        var next = sizes
        var order = [Int](repeating: 0, count: sizes[count])
        for (row, group) in groupOf.enumerated() where group >= 0 {
            order[next[group]] = row
            next[group] += 1
        }
        self.order = order
    }

    /// The places in `order` of one group.
    public func places(_ group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }
    /// The rows of one group.
    public func rows(_ group: Int) -> ArraySlice<Int> { order[places(group)] }
}
