public import Foundation
internal import Mustache

/// All templates of all features, parsed and checked at start: a missing partial stops the server from starting, not a page.
public struct TemplateLibrary: Sendable {
    private let library: MustacheLibrary

    /// Reads every `.mustache` file of the folders. Throws `TemplateProblem` for a template that does not parse, that bears another's
    /// name, or that names a partial that is not there.
    public init(folders: [URL]) throws {
        var templates: [String: MustacheTemplate] = [:]
        var texts: [String: String] = [:]
        for folder in folders {
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            where file.pathExtension == "mustache" {
                let name = file.deletingPathExtension().lastPathComponent
                let text = try String(contentsOf: file, encoding: .utf8)
                guard texts[name] == nil else { throw TemplateProblem(description: "\(name).mustache: 有两个同名的模板，请改其中一个的名字") }
                do {
                    templates[name] = try MustacheTemplate(string: text)
                } catch {
                    throw TemplateProblem(description: "\(file.lastPathComponent): \(error)")
                }
                texts[name] = text
            }
        }
        for (name, text) in texts {
            for partial in TemplateLibrary.partials(text) where templates[partial] == nil {
                throw TemplateProblem(description: "\(name).mustache: 没有名为“\(partial)”的模板")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// The templates of the layout itself.
    public static var own: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    public func html(_ model: some Sendable, _ template: String) throws -> String {
        guard let html = library.render(model, withTemplate: template) else {
            throw TemplateProblem(description: "没有名为“\(template)”的模板")
        }
        return html
    }

    private static func partials(_ text: String) -> [String] {
        text.matches(of: /\{\{[<>]\s*([A-Za-z0-9_-]+)/).map { String($0.1) }
    }
}

/// A template that cannot be used.
public struct TemplateProblem: Error, CustomStringConvertible {
    public var description: String
}
