/// A small drawing of a school ground as PNG, in place of a photo: the city is invented, and so nothing in it was photographed.
/// The same number gives the same bytes.
public struct DemoPicture: Sendable {
    private static let width = 160
    private static let height = 120
    /// Sky, ground, wall, roof, window, tree, path, sun.
    private static let palette: [UInt8] = [
        0xD7, 0xE8, 0xF2, 0xB9, 0xC9, 0x9A, 0xEE, 0xE6, 0xD8, 0x9C, 0x5B, 0x4A, 0x6F, 0x8F, 0xA8, 0x5D, 0x86, 0x5A, 0xCF, 0xC7, 0xB8, 0xF2,
        0xD0,
        0x6B,
    ]

    private let number: UInt64

    public init(_ number: UInt64) { self.number = number }

    /// An indexed PNG of 160 × 120.
    public var png: [UInt8] {
        var chance = SeededChance(seed: number)
        let pixels = draw(&chance)
        var raw: [UInt8] = []
        for row in 0..<DemoPicture.height {
            raw.append(0)
            raw += pixels[row * DemoPicture.width..<(row + 1) * DemoPicture.width]
        }
        let header = DemoPicture.big(DemoPicture.width) + DemoPicture.big(DemoPicture.height) + [8, 3, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + DemoPicture.chunk("IHDR", header)
            + DemoPicture.chunk("PLTE", DemoPicture.palette) + DemoPicture.chunk("IDAT", DemoPicture.stored(raw))
            + DemoPicture.chunk("IEND", [])
    }

    private func draw(_ chance: inout SeededChance) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: DemoPicture.width * DemoPicture.height)
        func fill(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ colour: UInt8) {
            for y in max(0, top)..<min(DemoPicture.height, max(bottom, 0)) {
                for x in max(0, left)..<min(DemoPicture.width, max(right, 0)) { pixels[y * DemoPicture.width + x] = colour }
            }
        }
        let horizon = Int(chance.between(70, 84))
        fill(0, horizon, DemoPicture.width, DemoPicture.height, 1)
        let sun = Int(chance.between(8, 140))
        fill(sun, 8, sun + 12, 20, 7)
        let (floors, bays) = (Int(chance.between(2, 5)), Int(chance.between(4, 9)))
        let (left, wide) = (Int(chance.between(14, 40)), bays * 12 + 6)
        let top = horizon - floors * 13
        fill(left, top, left + wide, horizon, 2)
        fill(left - 3, top - 5, left + wide + 3, top, 3)
        for floor in 0..<floors {
            for bay in 0..<bays { fill(left + 6 + bay * 12, top + 4 + floor * 13, left + 13 + bay * 12, top + 10 + floor * 13, 4) }
        }
        for _ in 0..<Int(chance.between(2, 6)) {
            let tree = Int(chance.between(2, 150))
            fill(tree, horizon - 12, tree + 9, horizon - 3, 5)
            fill(tree + 3, horizon - 3, tree + 6, horizon + 4, 3)
        }
        let path = left + wide / 2
        for y in horizon..<DemoPicture.height { fill(path - (y - horizon) / 2 - 4, y, path + (y - horizon) / 2 + 4, y + 1, 6) }
        return pixels
    }

    // MARK: The format

    private static func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }

    private static func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(kind.utf8) + body
        return big(body.count) + named + big(Int(crc(named)))
    }

    /// zlib without compression: blocks of at most 65,535 bytes, then the Adler checksum.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var start = 0
        while start < bytes.count {
            let count = min(65_535, bytes.count - start)
            out.append(start + count == bytes.count ? 1 : 0)
            out += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8((~count >> 8) & 255)]
            out += bytes[start..<start + count]
            start += count
        }
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return out + big(b << 16 | a)
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
