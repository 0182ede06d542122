/// A QR code as SVG, with the quiet zone scanners ask for.
public enum SquarePicture {
    public static func svg(_ squares: [[Bool]], label: String) -> String {
        let margin = 4
        let width = squares.count + 2 * margin
        var path = ""
        for (y, row) in squares.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                // Neighbours in a row are one stroke: no hair lines between them on any screen.
                let start = x
                while x < row.count, row[x] { x += 1 }
                path += "M\(start + margin) \(y + margin)h\(x - start)v1h-\(x - start)z"
            }
        }
        return
            "<svg class=\"square\" viewBox=\"0 0 \(width) \(width)\" role=\"img\" aria-label=\"\(Svg.escaped(label))\" shape-rendering=\"crispEdges\"><rect width=\"\(width)\" height=\"\(width)\" fill=\"#fff\"/><path d=\"\(path)\" fill=\"#000\"/></svg>"
    }
}
