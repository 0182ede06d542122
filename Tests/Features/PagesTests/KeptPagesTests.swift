import HTTPTypes
import NIOCore
import Registry
import Testing
import Vocabulary

@testable import Pages

@Suite("留存的页面") struct KeptPagesTests {
    private let leader = Visit(
        person: Person(id: "1", name: "甲", grants: [Grant(.cityLeader)]), today: Day(year: 2025, month: 10, day: 1))
    private let page = KeptPages.Page(headers: [:], bytes: ByteBuffer(string: "甲的页面"))

    private func found(_ pages: KeptPages, _ key: KeptPages.Key, _ stamp: [Int]) -> String? {
        switch pages.find(key, stamp: stamp) {
        case .page(let page): return String(buffer: page.bytes)
        case .mine:
            pages.end(key, nil, stamp: stamp)
            return nil
        case .soon: return nil
        }
    }

    private func kept(_ key: KeptPages.Key, _ stamp: [Int] = [1, 1]) -> KeptPages {
        let pages = KeptPages(limit: 1_000)
        _ = pages.find(key, stamp: stamp)
        pages.end(key, page, stamp: stamp)
        return pages
    }

    @Test("同一人同一地址再来，拿到原来的") func same() {
        let key = KeptPages.Key("/counties/a", leader)
        #expect(found(kept(key), key, [1, 1]) == "甲的页面")
    }

    @Test("换了人、岗位、日子、地址或登录，都不用别人的") func others() {
        let pages = kept(KeptPages.Key("/counties/a", leader))
        var (clerk, posted, later, session) = (leader, leader, leader, leader)
        clerk.person.id = "2"
        posted.person.grants = [Grant(.countyOfficer, county: "清河县")]
        later.today = Day(year: 2025, month: 10, day: 2)
        session.session = "s"
        for visit in [clerk, posted, later, session] { #expect(found(pages, KeptPages.Key("/counties/a", visit), [1, 1]) == nil) }
        #expect(found(pages, KeptPages.Key("/counties/a?view=live", leader), [1, 1]) == nil)
    }

    @Test("数据一变就不再用；迟到的旧号既不用也不留") func stamps() {
        let key = KeptPages.Key("/counties/a", leader)
        let pages = kept(key)
        #expect(found(pages, key, [1, 2]) == nil)
        pages.end(key, page, stamp: [1, 1])
        #expect(found(pages, key, [1, 2]) == nil)
        #expect(found(pages, key, [1, 1]) == nil)
    }

    @Test("太多就腾空，不超过上限") func limit() {
        let pages = KeptPages(limit: 20)
        for number in 0..<10 {
            let key = KeptPages.Key("/\(number)", leader)
            _ = pages.find(key, stamp: [1])
            pages.end(key, page, stamp: [1])
        }
        #expect(found(pages, KeptPages.Key("/9", leader), [1]) == "甲的页面")
        #expect(found(pages, KeptPages.Key("/0", leader), [1]) == nil)
    }

    @Test("同时来的人等第一个人算好；他没算成就各算各的") func waiting() async {
        let pages = KeptPages(limit: 1_000)
        let key = KeptPages.Key("/counties/a", leader)
        guard case .mine = pages.find(key, stamp: [1]) else {
            Issue.record("the first renders")
            return
        }
        guard case .soon = pages.find(key, stamp: [1]) else {
            Issue.record("the second waits")
            return
        }
        async let waited: Void = pages.wait(key)
        pages.end(key, nil, stamp: [1])
        await waited
        guard case .mine = pages.find(key, stamp: [1]) else {
            Issue.record("nobody renders any more")
            return
        }
    }
}
