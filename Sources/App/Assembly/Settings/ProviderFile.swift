internal import Definitions
internal import Foundation
internal import Registry
internal import Vocabulary

/// The file of login services: one document for each, with `---` between them.
///
///     provider: unified
///     label: 统一身份认证
///     issuer: https://sso.example.gov.cn
///     client: junheng
///     secret-file: /etc/junheng/unified.secret
///     claim: preferred_username
struct ProviderFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// Throws `SettingsRefusal` with every complaint, each with its line.
    func read(_ environment: [String: String]) throws -> [LoginProvider] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw LoginSettings.refusal("login-providers", "\(path)：读不了这个文件，请核对是否存在、有没有读取权限")
        }
        let log = DiagnosticLog()
        let set = DefinitionSet([DefinitionFile(path: path, text: text)], log)
        set.only(kinds: ["provider"], log)
        let providers = set.of(kind: "provider").map { provider($0, environment, log) }
        let errors = log.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw SettingsRefusal(diagnostics: errors) }
        return providers
    }

    private func provider(_ definition: Definition, _ environment: [String: String], _ log: DiagnosticLog) -> LoginProvider {
        let body = definition.body
        body.only(
            [
                "provider", "label", "issuer", "client", "secret-file", "secret-environment", "claim", "matches-logins", "creates-accounts",
            ], log)
        let isPlain = definition.id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        // `/login/code` is a page of its own.
        if !isPlain || definition.id.utf8.count > 32 || definition.id == "code" {
            log.error("provider.id", at: body.place, "“\(definition.id)”会写在网址里，请用小写字母、数字和 - ，不超过32个，不用 code")
        }
        let issuer = body.requiredText("issuer", log)
        if !issuer.isEmpty, !issuer.hasPrefix("https://"), !issuer.hasPrefix("http://") {
            log.error("provider.issuer", at: body["issuer"]?.place ?? body.place, "“issuer”应是 https:// 开头的网址，与对方文档里写的一字不差")
        }
        return LoginProvider(
            id: definition.id, label: body.requiredText("label", log), issuer: issuer, client: body.requiredText("client", log),
            secret: secret(body, environment, log), claim: body["claim"]?.text ?? "preferred_username",
            matchesLogins: body.flag("matches-logins", default: false, log),
            createsAccounts: body.flag("creates-accounts", default: false, log))
    }

    /// Secrets stand in a file of their own or in the environment, never in the settings.
    private func secret(_ body: DefinitionNode, _ environment: [String: String], _ log: DiagnosticLog) -> String {
        if let file = body["secret-file"] {
            let path = file.text ?? ""
            let text = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
            if let text, !text.isEmpty { return text }
            log.error("provider.secret", at: file.place, "读不到密钥文件 \(path)，或文件是空的")
        } else if let variable = body["secret-environment"] {
            if let text = environment[variable.text ?? ""], !text.isEmpty { return text }
            log.error("provider.secret", at: variable.place, "环境变量 \(variable.text ?? "") 没有设置")
        } else {
            log.error("provider.secret", at: body.place, "缺少密钥：写 secret-file（文件路径）或 secret-environment（环境变量名）")
        }
        return ""
    }
}
