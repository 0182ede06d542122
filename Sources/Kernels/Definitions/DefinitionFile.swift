public import Foundation

/// One YAML file of a catalogue as text. `layer` 0 is the national catalogue; overlays count up.
public struct DefinitionFile: Sendable {
    public var path: String
    public var text: String
    public var layer: Int

    public init(path: String, text: String, layer: Int = 0) {
        self.path = path
        self.text = text
        self.layer = layer
    }

    /// Every `.yaml` and `.yml` file below a folder, in order of path.
    /// Throws what the file system throws.
    public static func folder(_ url: URL, layer: Int = 0) throws -> [DefinitionFile] {
        let root = url.standardizedFileURL
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        var files: [DefinitionFile] = []
        for case let file as URL in walk where ["yaml", "yml"].contains(file.pathExtension) {
            let relative = file.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" }
            files.append(DefinitionFile(path: String(relative), text: try String(contentsOf: file, encoding: .utf8), layer: layer))
        }
        return files.sorted { $0.path < $1.path }
    }
}
