internal import Foundation

/// Row multipliers as short text: only those that are not zero, on the grid of `SafeBound`.
public enum PackedMultipliers {
    private static let grid = 1_073_741_824.0

    public static func text(_ multipliers: [Double]) -> String {
        var bytes = Data()
        var last = -1
        for (row, multiplier) in multipliers.enumerated() where multiplier.isFinite && abs(multiplier) < 1e9 {
            let steps = Int((multiplier * grid).rounded())
            guard steps != 0 else { continue }
            append(UInt64(row - last), to: &bytes)
            append(UInt64(bitPattern: Int64((steps << 1) ^ (steps >> 63))), to: &bytes)
            last = row
        }
        return bytes.base64EncodedString()
    }

    /// Nil where the text is none of ours or speaks of rows there are not.
    public static func read(_ text: String, count: Int) -> [Double]? {
        guard let data = Data(base64Encoded: text) else { return nil }
        var multipliers = [Double](repeating: 0, count: count)
        var rest = data[...]
        var row = -1
        while !rest.isEmpty {
            guard let gap = next(&rest), let code = next(&rest), gap > 0, gap <= UInt64(count), row + Int(gap) < count else { return nil }
            row += Int(gap)
            multipliers[row] = Double(Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)) / grid
        }
        return multipliers
    }

    private static func append(_ value: UInt64, to bytes: inout Data) {
        var rest = value
        while rest >= 128 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func next(_ bytes: inout Data.SubSequence) -> UInt64? {
        var (value, shift) = (UInt64(0), UInt64(0))
        while let byte = bytes.popFirst() {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
            shift += 7
        }
        return nil
    }
}
