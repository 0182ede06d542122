public import Registry

extension DemoCity {
    /// One user for every role, named after the office: nobody is invented. The first is who a visitor begins as.
    public static let people: [Person] = {
        let county = "清河县"
        var people = [
            person("city-officer", Grant(.cityOfficer)), person("city-leader", Grant(.cityLeader)),
            person("administrator", Grant(.administrator)), person("city-inspectorate", Grant(.cityInspectorate)),
            person("county-director", Grant(.countyDirector, county: county)),
        ]
        people += DemoCounty.city.map { person("county-officer-\($0.code)", Grant(.countyOfficer, county: $0.name)) }
        // The first school of the register.
        people.append(person("school-head", Grant(.schoolHead, county: county, school: "2137020001")))
        people.append(person("inspector", Grant(.inspector, county: county)))
        return people
    }()

    /// The officer who hands in and submits a county's returns.
    public static func officer(of county: String) -> Person {
        people.first { $0.grants.contains { $0.role == .countyOfficer && $0.county == county } } ?? people[0]
    }

    private static func person(_ id: PersonID, _ grant: Grant) -> Person { Person(id: id, name: grant.title, grants: [grant]) }
}
