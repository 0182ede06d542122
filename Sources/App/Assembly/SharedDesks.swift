internal import Cases
internal import CityPlans
internal import DataRequests
internal import Establishments
internal import Funds
internal import Pages
internal import Plans
internal import Rotation
internal import SchoolAlliances
internal import Shortfalls
internal import Supervision
internal import Tasks

/// The desks that pages and the interface for programs both work at, built once. Nil where the catalogue has no rules for the room.
struct SharedDesks {
    let tasks: TasksDesk
    let cases: CasesDesk
    let shortfalls: ShortfallsDesk
    let collection: CollectionDesk
    let plans: PlansDesk
    let cityPlans: CityPlansDesk
    let rotation: RotationDesk?
    let establishment: EstablishmentDesk?
    let funds: FundsDesk?
    let alliances: AlliancesDesk?
    let supervision: SupervisionDesk?

    init(_ server: WebServer, _ templates: TemplateLibrary) {
        tasks = server.tasksDesk(templates)
        cases = server.casesDesk(templates)
        shortfalls = server.shortfallsDesk(templates)
        collection = server.collectionDesk(templates)
        plans = server.plansDesk(templates)
        cityPlans = server.cityPlansDesk(templates)
        rotation = server.rotationDesk(templates)
        establishment = server.establishmentDesk(templates)
        funds = server.fundsDesk(templates)
        alliances = server.alliancesDesk(templates)
        supervision = server.supervisionDesk(templates)
    }
}
