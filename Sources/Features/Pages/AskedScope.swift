public import SiteMap
public import Vocabulary

extension Scope {
    /// The scope an address asks for, on pages that stand also where there are no data yet: the year it names, else the newest
    /// with data, else the running school year; a standard it does not know is the usual one.
    public static func asked(_ query: PageQuery, newest: SchoolYear?, standards: some Sequence<String>, _ visit: Visit) -> Scope {
        let year = query["year"].flatMap { SchoolYear(text: $0) } ?? newest ?? visit.today.schoolYear
        let standard = query["standard"].flatMap { asked in standards.first { $0 == asked } }
        return Scope(year: year, standard: standard ?? usualStandard)
    }
}
