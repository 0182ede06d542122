import Synchronization
import Testing

@testable import Assembly

@Suite("合着读") struct SharedReadingTests {
    /// A number that grows with every reading and takes a while.
    final class Slow: Sendable {
        let readings = Mutex(0)

        func read() async throws -> Int {
            let mine = readings.withLock { now -> Int in
                now += 1
                return now
            }
            try await Task.sleep(for: .milliseconds(20))
            return mine
        }
    }

    @Test("一百个人同时问，只读几次") func shared() async throws {
        let slow = Slow()
        let reading = SharedReading { try await slow.read() }
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await reading.value() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 100)
        #expect(slow.readings.withLock { $0 } < 10)
    }

    @Test("得到的数总是问了以后才读的") func fresh() async throws {
        let slow = Slow()
        let reading = SharedReading { try await slow.read() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    for _ in 0..<5 {
                        let before = slow.readings.withLock { $0 }
                        let now = try await reading.value()
                        #expect(now > before)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("读不成时告诉等的人，下一次照常") func failing() async throws {
        struct Away: Error {}
        let isAway = Mutex(true)
        let reading = SharedReading<Int> {
            if isAway.withLock({ $0 }) { throw Away() }
            return 1
        }
        await #expect(throws: Away.self) { _ = try await reading.value() }
        isAway.withLock { $0 = false }
        let now = try await reading.value()
        #expect(now == 1)
    }
}
