import ArgumentParser
import Assembly
import Casework

/// What goes through all cases, however many: with a bar, beside the servers that go on.
extension CasesCommand {
    /// `junheng cases rebuild`: folds every case anew.
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "按经过重建所有办件的摘要", discussion: "清单、收件箱、统计都从摘要来。事件不动，服务不用停。中途断了，再运行一次就从断的地方接着做。")

        @OptionGroup var place: Place

        func run() async throws {
            let installation = try await place.open()
            let bar = ProgressBar("重建", noun: "件", tells: true)
            let changed = try await CasesCommand.refusing {
                try await installation.rebuildCases(program: Junheng.version) { done, total in
                    bar.show(done, Double(done) / Double(Swift.max(total, 1)))
                }
            }
            bar.end()
            print(changed == 0 ? "摘要与经过全部相符，没有改动" : "重建完毕，改正了\(changed)件")
        }
    }

    /// `junheng cases verify`: takes every digest again; exit code 3 where one does not fit.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "核对所有办件的经过有没有被改动、删除过", discussion: "逐件逐条重算校验码。服务不用停。有一件不符，退出码为3。")

        /// So many are named.
        private static let named = 50

        @OptionGroup var place: Place

        func run() async throws {
            let installation = try await place.open()
            let bar = ProgressBar("核对", noun: "件", tells: true)
            let broken = try await installation.caseOffice().store.verify { done, total in
                bar.show(done, Double(done) / Double(Swift.max(total, 1)))
            }
            bar.end()
            guard !broken.isEmpty else { return print("所有办件的经过都与校验码相符") }
            for one in broken.prefix(Verify.named) { Terminal.complain("\(one.number)：第\(one.event)条经过与校验码不符，被改动或删除过") }
            if broken.count > Verify.named { Terminal.complain("……还有\(broken.count - Verify.named)件") }
            Terminal.complain("共\(broken.count)件不符。请从备份恢复，并查明是谁动过数据库")
            throw ExitCode(3)
        }
    }
}
