import Registry

/// What an address asks of whoever opens it.
extension RouteTableTests {
    enum Needs {
        case nothing
        case login
        case anyLook
        /// Whoever may look; somebody of one school is answered about that school and may be turned away from the rest.
        case look
        /// Whoever may do anything at all.
        case anyDuty
        case duty(Duty)
        /// The duty somewhere, be it at one school.
        case anywhere(Duty)
        /// Anybody who sees something of the county; rows are of the schools within reach.
        case sightOfCounty
        /// Anybody who may see the school named in the address.
        case sightOfSchool
        /// Anybody who may look at more than single schools.
        case beyondSchools
    }
}
