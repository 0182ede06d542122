import ArgumentParser
import Assembly
import Casework
import Foundation
import Indicators
import Registry
import Storage
import Vocabulary

/// `junheng cases`: the work under way, from the terminal.
struct CasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "办件：清单、查看、办理、重建摘要、核对经过",
        subcommands: [Listing.self, Show.self, Act.self, Kinds.self, Rebuild.self, Verify.self, Escalate.self])

    /// Where the cases lie.
    struct Place: ParsableArguments {
        @Option(help: "数据文件夹") var data = "var/data"
        @Option(help: "PostgreSQL 地址；不写则用 JUNHENG_DATABASE，再不写则是数据文件夹里的 SQLite") var database: String?
        @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
        @Option(name: .customLong("as"), help: "以谁的身份（人员编号，如 county-officer-2）") var person: String?

        func open() async throws -> Installation {
            let folder = URL(fileURLWithPath: data)
            let named = database ?? ProcessInfo.processInfo.environment["JUNHENG_DATABASE"]
            guard named != nil || FileManager.default.fileExists(atPath: folder.appendingPathComponent("junheng.sqlite").path) else {
                Terminal.complain("\(data): 这里没有数据库 junheng.sqlite。请用 --data 指明数据文件夹")
                throw ExitCode(2)
            }
            let (compiled, digest) = try Terminal.compileSealed { try CatalogueFolder(overlay: catalogue) }
            let cases = try CatalogueFolder(overlay: catalogue).compileCases()
            return try await Terminal.open {
                try await Installation(
                    folder, database: try named.map { try DatabaseAddress($0) }, catalogue: compiled, catalogueDigest: digest,
                    keys: .ofEnvironment(), cases: cases,
                    fieldWords: try CatalogueFolder(overlay: catalogue).fieldWords())
            }
        }

        /// Whoever `--as` names; nil without it.
        func actor(_ installation: Installation) async throws -> CaseActor? {
            guard let person else { return nil }
            let accounts = try await installation.hasAccounts()
            let found = accounts ? try await installation.storage.accounts.person(person) : DemoPeople().person(person)
            guard let found else {
                let known = accounts ? try await installation.storage.accounts.people() : DemoPeople().people()
                Terminal.complain("没有“\(person)”这个人员编号。可用：\(known.map(\.id).joined(separator: "、"))")
                throw ExitCode(2)
            }
            return installation.caseActor(found, today: Terminal.today())
        }
    }

    /// Ends the command with the refusal in words and exit code 3.
    static func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as CaseRefusal {
            Terminal.complain("\(refusal.message)（\(refusal.code.rawValue)）")
            for complaint in refusal.complaints { Terminal.complain("  \(complaint.field)：\(complaint.message)") }
            throw ExitCode(3)
        }
    }

    /// By number as people write it, or by id.
    static func find(_ word: String, _ office: CaseOffice) async throws -> (item: Case, definition: CaseDefinition) {
        let page = try await office.query.page(CaseFilter(isOpen: nil, text: word), after: nil, limit: 50, today: Terminal.today())
        let named = page.rows.first { $0.number == word }
        return try await refusing { try await office.find(named?.id ?? word) }
    }
}

extension CasesCommand {
    /// `junheng cases list`: the most pressing first.
    struct Listing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出办件，期限最紧的在前")

        @OptionGroup var place: Place
        @Option(help: "哪种办件，如 rectification") var definition: String?
        @Option(help: "县（市、区）") var county: String?
        @Option(help: "期限：overdue 超期、soon 临期、onTime 正常、open 无期限、closed 已办结") var light: String?
        @Option(help: "事由或编号里的字") var text = ""
        @Flag(help: "只列 --as 的人所在单位要办的") var mine = false
        @Flag(help: "连同办结的") var all = false
        @Option(help: "最多几件") var limit = 50

        func run() async throws {
            let installation = try await place.open()
            let office = installation.caseOffice()
            var filter = CaseFilter(definition: definition, isOpen: all || light == "closed" ? nil : true, county: county, text: text)
            if let light {
                guard let wanted = CaseLight(rawValue: light) else {
                    throw ValidationError("--light 只能是 \(CaseLight.allCases.map(\.rawValue).joined(separator: "、"))")
                }
                filter.light = wanted
            }
            if mine {
                guard let actor = try await place.actor(installation) else { throw ValidationError("--mine 要用 --as 说明是谁") }
                filter.tray = .posts(actor.posts)
            }
            let today = Terminal.today()
            let page = try await office.query.page(filter, after: nil, limit: limit, today: today)
            let words = CaseWords(office.definitions, today: today)
            print(words.list(page.rows))
            let count = try await office.query.count(filter, most: 10_001, today: today)
            print("共\(count > 10_000 ? "一万件以上" : "\(count)件")\(count > page.rows.count ? "，列出前\(page.rows.count)件" : "")")
        }
    }

    /// `junheng cases show`: one case with its history and what can be done.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "查看一件的内容、经过和现在可以办的步骤")

        @OptionGroup var place: Place
        @Argument(help: "编号，如 整改〔2026〕12号") var number: String

        func run() async throws {
            let installation = try await place.open()
            let office = installation.caseOffice()
            let (item, definition) = try await CasesCommand.find(number, office)
            let today = Terminal.today()
            let actor = try await place.actor(installation)
            // Without --as whoever sits at the machine sees what is not private.
            let seen = try actor.map { try office.opened(item, definition, for: $0).item } ?? item
            let actions =
                actor.map { office.availableActions(on: item, definition, for: $0, at: Date(), today: today) } ?? []
            print(CaseWords(office.definitions, today: today).page(seen, definition, actions: actions))
            if let broken = try await office.store.broken(item.id) {
                Terminal.complain("第\(broken)条经过与校验码不符，被改动或删除过")
                throw ExitCode(3)
            }
        }
    }

    /// `junheng cases act`: one step, as one person; exit code 3 when it is refused.
    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "办理一步", discussion: "例：junheng cases act 整改〔2026〕12号 accept --as school-head --set promisedDate=2026-12-20。拒绝时退出码为3。")

        @OptionGroup var place: Place
        @Argument(help: "编号") var number: String
        @Argument(help: "哪一步，如 accept") var action: String
        @Option(help: "填一栏：栏目=值，可写多次") var set: [String] = []
        @Option(help: "理由") var reason = ""
        @Option(help: "照片文件，可写多次") var photo: [String] = []
        @Option(help: "转给哪个单位，如 school.head@清河县/2137020001") var to: String?

        func run() async throws {
            let installation = try await place.open()
            guard let actor = try await place.actor(installation) else { throw ValidationError("请用 --as 说明以谁的身份办理") }
            let office = installation.caseOffice()
            let (item, definition) = try await CasesCommand.find(number, office)
            let command = try await command(actor, definition, installation)
            let done = try await CasesCommand.refusing { try await office.act(item.id, seen: item.revision, command) }
            let entry = AuditEntry(
                at: Date(), person: actor.id, name: actor.name, action: "cases act \(action)", object: done.number, outcome: .done,
                address: "本机")
            _ = try await installation.audit.append(entry)
            print(
                "已办理“\(definition.action(action)?.label.zh ?? action)”，\(done.number)现在是“\(definition.state(done.state)?.label.zh ?? done.state)”"
            )
        }

        private func command(_ actor: CaseActor, _ definition: CaseDefinition, _ installation: Installation) async throws -> CaseCommand {
            var answers: [String: FieldValue] = [:]
            let form = definition.form(definition.action(action)?.form)
            for text in set {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let field = form?.field(parts[0]) else {
                    throw ValidationError(
                        "“\(text)”：这一步的栏目有\(form?.fields.map { "\($0.id)（\($0.label.zh)）" }.joined(separator: "、") ?? "（没有）")")
                }
                do {
                    answers[field.id] = try field.read([parts[1]])
                } catch {
                    throw ValidationError(error.complaint.message)
                }
            }
            var target: CaseUnit?
            if let to {
                target = CaseUnit(key: to)
                if target == nil { throw ValidationError("单位写成 岗位@县/学校标识码，如 school.head@清河县/2137020001") }
            }
            return CaseCommand(
                .act(action), by: actor, at: Date(), today: Terminal.today(), answers: answers,
                evidence: try await photos(installation), reason: reason, target: target)
        }

        private func photos(_ installation: Installation) async throws -> [Evidence] {
            var pieces: [Evidence] = []
            for path in photo {
                let url = URL(fileURLWithPath: path)
                let type = ["png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"][url.pathExtension.lowercased()]
                guard let type, FileManager.default.isReadableFile(atPath: path) else {
                    throw ValidationError("\(path)：不是能读的 jpg 或 png 照片")
                }
                let kept = try await installation.files.keep(contentsOf: url, name: url.lastPathComponent)
                pieces.append(
                    Evidence(kind: .photo, file: CaseFile(name: kept.name, digest: kept.digest, size: kept.size, type: type)))
            }
            return pieces
        }
    }

    /// `junheng cases definitions`: what kinds of work there are.
    struct Kinds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "definitions", abstract: "列出办事规则：状态、步骤、由谁办")

        @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?

        func run() async throws {
            _ = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
            let cases = try CatalogueFolder(overlay: catalogue).compileCases()
            for definition in cases.all {
                print("\(definition.label.zh)（\(definition.id)，\(definition.version)版，\(definition.from.chinese)起）")
                print("  状态：\(definition.states.map(\.label.zh).joined(separator: "、"))")
                for action in definition.actions {
                    let from = action.from.compactMap { definition.state($0)?.label.zh }.joined(separator: "、")
                    let to = action.to.flatMap { definition.state($0)?.label.zh } ?? "不变"
                    print("  \(action.label.zh)（\(action.id)）：\(from) → \(to)")
                }
            }
            let years = cases.calendar.years.values.sorted { $0.year < $1.year }
            print("工作日历：\(years.map { "\($0.year)年（\($0.document)）" }.joined(separator: "、"))；其他年份按周一至周五暂计")
        }
    }

    /// `junheng cases escalate`: the daily round.
    struct Escalate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "把逾期的报给应知道的单位（每天运行一次）")

        @OptionGroup var place: Place

        func run() async throws {
            let told = try await place.open().caseOffice().escalate(at: Date(), today: Terminal.today())
            print("升级提醒\(told)件")
        }
    }
}
