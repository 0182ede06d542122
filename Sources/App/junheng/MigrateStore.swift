import ArgumentParser
import Assembly
import Foundation
import Indicators
import Storage

/// `junheng migrate-store`: a whole installation into another database.
struct MigrateStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate-store",
        abstract: "把全部数据搬到另一个数据库",
        discussion: """
            例：junheng migrate-store --from sqlite:var/data/junheng.sqlite --to postgres://junheng@db.example/junheng
            搬的是开始那一刻的数据；逐表核对行数和摘要，一致才算完成，中途失败新库里什么也不留。请先停下旧服务，搬完再用新库启动。
            密码写在环境变量 PGPASSWORD 或 ~/.pgpass 里，别人就看不到。
            """)

    @Option(help: "旧库：sqlite:文件 或 postgres://…") var from: String
    @Option(help: "新库，须为空：sqlite:文件 或 postgres://…") var to: String
    @Option(help: "使用 PostgreSQL 的服务器的数据文件夹，存原表的副本") var data = "var/data"

    func run() async throws {
        do {
            let move = MoveStore(from: try DatabaseAddress(from), to: try DatabaseAddress(to), folder: URL(fileURLWithPath: data))
            let outcome = try await move.run()
            for table in outcome.tables { print("\(table.table)：\(table.rows)行，摘要 \(table.text)") }
            print("原表文件：\(outcome.files)份")
            for name in outcome.missing { Terminal.complain("“\(name)”的原件找不到，没有搬") }
            if outcome.hasMoved { Terminal.complain("搬迁期间旧库又有改动，没有带过去。请停下旧服务，另建空库再搬一次") }
            print("已搬完，逐表核对一致")
            print("个人信息的密钥不在库里：请把旧数据文件夹里的 personal.keys 一并放进新服务器的数据文件夹，否则新服务器不启动")
            if outcome.hasMoved { throw ExitCode(3) }
        } catch let code as ExitCode {
            throw code
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(2)
        }
    }
}
