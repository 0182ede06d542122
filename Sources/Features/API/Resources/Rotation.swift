internal import Exchanges
internal import Foundation
internal import HTTPTypes
internal import Jobs
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// 交流轮岗: rates by county, the register, plans. None without rules of exchange.
    var rotationOperations: [Operation] {
        guard let rotation = work.rotation else { return [] }
        let carry = carryOperations(
            "/rotation/plans/{plan}", "OfRotationPlan", .rotation, needs: .arrangeStaff,
            cases: LocalizedText(zh: "照采用的轮岗方案给各校下达任务", en: "Tasks of an adopted plan of exchange"),
            note: "每所参加的学校一件，写明各学科派出、接收几人，不写教师。没有立成的写明为什么；一校一学年没办结的不再立。",
            targets: LocalizedText(zh: "照采用的轮岗方案生成督办草稿", en: "A draft of targets of an adopted plan of exchange"), rotation.carry)
        return rotationReadingOperations(rotation) + registerOperations(rotation) + exchangePlanOperations(rotation) + carry
    }

    private func rotationReadingOperations(_ rotation: RotationWork) -> [Operation] {
        [
            .get(
                "/rotation/rules", "getRotationRules", .rotation, LocalizedText(zh: "交流轮岗的规则", en: "Rules of exchange"),
                gives: RotationRules.shape
            ) { _ in rotation.rules },
            .list(
                "/rotation/counties", "listRotationCounties", .rotation, LocalizedText(zh: "各县交流比例", en: "Rates of exchange by county"),
                [.year], note: "只算已经到岗的；拟交流的另列。没有基数的不下结论。", of: CountyExchange.shape, key: \.county
            ) { call in try await rotation.counties(call.schoolYear, call.visit) },
            .get(
                "/rotation/counties/{county}", "getRotationCounty", .rotation, LocalizedText(zh: "一个县的交流比例", en: "A county's rates"),
                [.county, .year], gives: CountyExchange.shape
            ) { call in try await rotation.county(call.segment("county"), call.schoolYear, call.visit) },
        ]
    }

    private func registerOperations(_ rotation: RotationWork) -> [Operation] {
        let one = Parameter.path("exchange", "登记的编号", .text(1...64))
        let steps = rotation.steps
        return [
            .list(
                "/rotation/counties/{county}/exchanges", "listExchanges", .rotation,
                LocalizedText(zh: "一个县一学年的交流登记册", en: "A county's register of exchanges"), [.county, .year],
                note: "有“安排教师交流”权限的看得到编号和姓名，别人只看到编号后几位。", of: ToldExchange.shape, key: \.id
            ) { call in try await rotation.register(call.segment("county"), call.schoolYear, call.visit) },
            Operation(
                method: .get, path: "/rotation/counties/{county}/exchanges/{exchange}", id: "getExchange", group: .rotation,
                title: LocalizedText(zh: "一条交流登记", en: "An exchange"), needs: .duty(.look), parameters: [.county, one],
                success: .json(status: 200, ToldExchange.shape.schema)
            ) { call in
                let turn = try await rotation.turn(call.segment("exchange"), call.segment("county"), call.visit)
                return Reply(ToldExchange.shape.write(turn), version: turn.exchange.version)
            },
            .post(
                "/rotation/counties/{county}/exchanges/{exchange}/step", "stepExchange", .rotation,
                LocalizedText(zh: "到岗、期满或取消", en: "Begins, ends or is called off"), needs: .duty(.arrangeStaff), [.county, one],
                body: .json(
                    .object([Property("state", .choice(Exchange.State.allCases.map(\.rawValue)), "下一个状态，见 next")]),
                    example: .object(("state", .text("serving")))), isVersioned: true, isSecret: true,
                note: "回答里可能有姓名，不留底，所以不用 Idempotency-Key：带着 If-Match 再发一次不会办两次。", gives: ToldExchange.shape,
                version: \.exchange.version
            ) { call in
                let state = call.body["state"]?.string.flatMap { Exchange.State(rawValue: $0) } ?? .planned
                return try await steps.step(call.segment("exchange"), call.segment("county"), state, call.seen, call.visit)
            },
            .post(
                "/rotation/counties/{county}/arrivals", "arriveExchanges", .rotation,
                LocalizedText(zh: "拟交流的全部到岗", en: "Everybody planned has arrived"), needs: .duty(.arrangeStaff), [.county],
                body: .json(.object([Property("year", .integer(1949...2200), "学年")]), example: .object(("year", .integer(2025)))),
                gives: ArrivedEntry.shape
            ) { call in
                ArrivedEntry(count: try await steps.arrive(call.bodyYear, call.segment("county"), call.visit))
            },
            .post(
                "/rotation/counties/{county}/register", "takeInRegister", .rotation,
                LocalizedText(zh: "上传交流登记表", en: "Take a filled-in register in"), needs: .duty(.arrangeStaff), [.county],
                body: .file(fields: [Property("year", .integer(1949...2200), "学年，表里没有写明时用", isRequired: false)]),
                note: "有一处错就一条也不收，errors 逐处写明。一名教师一学年一条，再交改动原来的。", gives: RegisterTally.shape
            ) { call in
                let upload = try call.file()
                let read = try await steps.takeIn(upload.file, upload.name, upload.schoolYear, call.segment("county"), call.visit)
                let (count, tally) = try call.taken(read)
                return RegisterTally(count: count, tally: tally)
            },
        ]
    }

    private func exchangePlanOperations(_ rotation: RotationWork) -> [Operation] {
        let one = Parameter.path("plan", "方案的编号", .text(1...64))
        let (steps, tasks) = (rotation.steps, work.tasks)
        return [
            .list(
                "/rotation/counties/{county}/plans", "listRotationPlans", .rotation,
                LocalizedText(zh: "一个县的轮岗方案，最近的在前", en: "A county's plans of exchange, newest first"), [.county, .year],
                of: ExchangePlan.shape, key: \.id
            ) { call in try await rotation.plans(call.segment("county"), call.schoolYear, call.visit) },
            .post(
                "/rotation/counties/{county}/plans", "askForRotationPlan", .rotation,
                LocalizedText(zh: "从教师名册做轮岗方案", en: "Have a plan of exchange worked out of a roster"), needs: .duty(.arrangeStaff),
                [.county],
                body: .file(fields: [
                    Property("year", .integer(1949...2200), "学年，表里没有写明时用", isRequired: false),
                    Property("rate", .number, "交流比例，百分数，如 15；不写用规则的", isRequired: false),
                    Property("of", .choice(RotationRules.Basis.allCases.map(\.rawValue)), "比例的基数；不写用规则的", isRequired: false),
                    Property("seconds", .integer(10...1_800), "最多算多少秒；不写是100", isRequired: false),
                    Property("whatIf", .choice(["yes", "no"]), "yes：另算几种比例各会怎样", isRequired: false),
                ]), status: 202,
                note: "名册当场核对，有错逐处写明；没有错就在后台算：用 GET /tasks/{task} 看算到哪里，做不到的写明哪几条规则相冲突，算完的方案在本县的列表里（按 task 找）。名册只加密存到任务结束。",
                gives: JobEntry.shape
            ) { call in
                let upload = try call.file()
                let wish = RotationWork.Wish(
                    percent: upload.fields["rate"].flatMap(Double.init),
                    basis: upload.fields["of"].flatMap(RotationRules.Basis.init(rawValue:)),
                    seconds: upload.fields["seconds"].flatMap { Int($0) }, whatIf: upload.fields["whatIf"] == "yes")
                let job = try call.taken(
                    try await steps.ask(upload.file, upload.schoolYear, wish, call.segment("county"), call.visit))
                call.note.say(job.order.title)
                return JobEntry(job: job, kind: tasks.label(job.kind), steps: tasks.steps(job, call.visit))
            },
            .get(
                "/rotation/plans/{plan}", "getRotationPlan", .rotation, LocalizedText(zh: "一份轮岗方案", en: "A plan of exchange"), [one],
                note: "有“安排教师交流”权限的看得到教师编号，别人只看到后几位。", gives: ExchangePlan.whole
            ) { call in try await rotation.plan(call.segment("plan"), call.visit) },
            .post(
                "/rotation/plans/{plan}/adopt", "adoptRotationPlan", .rotation, LocalizedText(zh: "采用方案", en: "Adopt a plan of exchange"),
                needs: .duty(.arrangeStaff), [one],
                body: .json(
                    .object([Property("form", .text(1...60), "交流形式的编号，见 /rotation/rules；不写用第一种", isRequired: false)]),
                    example: .object([])), note: "名单登记为拟交流。一份方案只采用一次。", gives: ExchangePlan.whole
            ) { call in
                let plan = try await steps.adopt(call.segment("plan"), call.body["form"]?.string, call.visit)
                call.note.say("\(plan.county)\(plan.moves.count)人")
                return plan
            },
        ]
    }
}

extension Call {
    /// The school year asked for in the address.
    var schoolYear: SchoolYear? { integer("year").map { SchoolYear($0) } }
    /// The school year named in the body.
    var bodyYear: SchoolYear? { if case .integer(let year)? = body["year"] { SchoolYear(year) } else { nil } }

    /// The file that came with the request.
    func file() throws(Problem) -> Upload {
        guard let upload else { throw Problem(.file) }
        return upload
    }

    /// What was taken in. Throws a 422 with everything that is wrong with the file.
    func taken<Value>(_ read: TakenIn<Value>) throws(Problem) -> Value {
        switch read {
        case .taken(let value): return value
        case .refused(let sentences):
            throw Problem(
                .file, sentences.prefix(5).joined(separator: "；"), "The file was not taken; each error says why",
                complaints: sentences.map { Problem.Complaint(pointer: "/file", zh: $0, en: "is wrong here") })
        }
    }
}

extension Upload {
    /// The school year written beside the file.
    var schoolYear: SchoolYear? { fields["year"].flatMap { Int($0) }.map { SchoolYear($0) } }
}
