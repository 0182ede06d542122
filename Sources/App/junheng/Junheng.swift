import ArgumentParser

@main
struct Junheng: AsyncParsableCommand {
    static let version = "0.1.0"
    static let configuration = CommandConfiguration(
        commandName: "junheng",
        abstract: "均衡：义务教育优质均衡的监测、诊断与改进",
        version: version,
        subcommands: [
            Evaluate.self, Compare.self, IndicatorsCommand.self, PlanCommand.self, Serve.self, Work.self, Demo.self, Check.self,
            Audit.self, CasesCommand.self, CollectOnceCommand.self, MigrateStore.self, ConfigCommand.self, BackupCommand.self,
            Restore.self, DoctorCommand.self, StaffingCommand.self, FundsCommand.self, AlliancesCommand.self,
            KeysCommand.self, RetentionCommand.self, ExportCommand.self,
        ])
}
