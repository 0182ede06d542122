internal import Foundation

/// Pieces of SVG. Charts are drawn on the server: they need no script, print, and are links throughout.
public enum Svg {
    /// A chart `width` × `height` units wide, scaled to its place on the page. `label` says what it shows, `style` adds classes.
    public static func chart(_ width: Double, _ height: Double, _ label: String, _ shapes: String, style: String = "") -> String {
        // A group, not an image: the links inside stay reachable for the keyboard and for screen readers.
        "<svg class=\"chart\(style.isEmpty ? "" : " \(style)")\" viewBox=\"0 0 \(plain(width)) \(plain(height))\" role=\"group\" aria-label=\"\(escaped(label))\">\(shapes)</svg>"
    }

    public static func text(_ x: Double, _ y: Double, _ text: String, anchor: String = "start", style: String = "") -> String {
        "<text x=\"\(plain(x))\" y=\"\(plain(y))\" text-anchor=\"\(anchor)\"\(style.isEmpty ? "" : " class=\"\(style)\"")>\(escaped(text))</text>"
    }

    public static func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, title: String = "") -> String {
        "<line class=\"\(style)\" x1=\"\(plain(x1))\" y1=\"\(plain(y1))\" x2=\"\(plain(x2))\" y2=\"\(plain(y2))\"\(title.isEmpty ? "/>" : "><title>\(escaped(title))</title></line>")"
    }

    public static func bar(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, title: String = "") -> String {
        "<rect class=\"\(style)\" x=\"\(plain(x))\" y=\"\(plain(y))\" width=\"\(plain(width))\" height=\"\(plain(height))\"\(title.isEmpty ? "/>" : "><title>\(escaped(title))</title></rect>")"
    }

    public static func circle(_ style: String, _ x: Double, _ y: Double, _ radius: Double, title: String = "") -> String {
        "<circle class=\"\(style)\" cx=\"\(plain(x))\" cy=\"\(plain(y))\" r=\"\(plain(radius))\"\(title.isEmpty ? "/>" : "><title>\(escaped(title))</title></circle>")"
    }

    /// The mark of a light: ● ▲ ■ ○, so that no chart speaks by colour alone.
    public static func mark(_ light: Light, _ x: Double, _ y: Double, _ radius: Double, title: String = "") -> String {
        let style = "dot-\(light.style)"
        let words = title.isEmpty ? "" : "<title>\(escaped(title))</title>"
        switch light.shape {
        case "■":
            let side = radius * 1.75
            return
                "<rect class=\"\(style)\" x=\"\(plain(x - side / 2))\" y=\"\(plain(y - side / 2))\" width=\"\(plain(side))\" height=\"\(plain(side))\">\(words)</rect>"
        case "▲":
            let points = [(x, y - radius * 1.1), (x + radius, y + radius * 0.8), (x - radius, y + radius * 0.8)]
            return "<polygon class=\"\(style)\" points=\"\(path(points))\">\(words)</polygon>"
        default: return circle(style, x, y, radius, title: title)
        }
    }

    public static func polyline(_ style: String, _ points: [(Double, Double)]) -> String {
        "<polyline class=\"\(style)\" points=\"\(path(points))\"/>"
    }

    public static func link(_ url: String, _ shapes: String) -> String { "<a href=\"\(escaped(url))\">\(shapes)</a>" }

    /// Text made safe inside elements and quoted attributes.
    public static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { [38, 60, 62, 34, 39].contains($0) }) else { return text }
        return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
            .replacing("'", with: "&#39;")
    }

    /// A coordinate with one decimal at most.
    public static func plain(_ number: Double) -> String {
        let tenths = (number * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e12 else { return "0" }
        let whole = Int(tenths)
        return whole % 10 == 0 ? String(whole / 10) : "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
    }

    private static func path(_ points: [(Double, Double)]) -> String {
        points.map { "\(plain($0.0)),\(plain($0.1))" }.joined(separator: " ")
    }
}
