import Foundation
import Registry
import Testing
import Vocabulary

@testable import API

@Suite("令牌的主人记在内存里") struct KnownHoldersTests {
    private let holder = KnownHolders.Holder(
        token: AccessToken(
            id: "t1", owner: "1", name: "校务系统", scope: TokenScope(duties: [.look], county: nil, school: nil),
            createdAt: Date(timeIntervalSince1970: 0), lastDay: Day(year: 2026, month: 12, day: 31)),
        person: Person(id: "1", name: "甲", grants: [Grant(.cityLeader)]))

    @Test("数据没变就用记下的；一变就要重读") func untilAnythingChanges() {
        let known = KnownHolders()
        known.keep(holder, for: "d", stamp: [1, 7])
        #expect(known.find("d", stamp: [1, 7])?.token.id == "t1")
        #expect(known.find("e", stamp: [1, 7]) == nil)
        #expect(known.find("d", stamp: [1, 8]) == nil)
    }

    @Test("迟到的读数不覆盖新的") func late() {
        let known = KnownHolders()
        known.keep(holder, for: "d", stamp: [2, 0])
        known.keep(holder, for: "old", stamp: [1, 9])
        #expect(known.find("old", stamp: [1, 9]) == nil)
        #expect(known.find("d", stamp: [2, 0]) != nil)
    }
}
