public import Indicators
public import PathToStandard
internal import Planning
internal import Vocabulary

/// The school returns as they are once a plan is carried out.
public enum AppliedPath {
    /// The rows of the problem's county with the plan's figures; the other schools of the county as they are.
    public static func rows(_ evaluation: Evaluation, _ problem: PathProblem, _ plan: PathPlan) -> [ReturnRow] {
        let outcome = PathOutcome(problem, plan).problem
        let table = evaluation.schools
        let own = (0..<table.count).filter { table.attribute("county", $0) == problem.county }
        var rows = own.map(table.row)
        let places = Dictionary(own.enumerated().map { (table.attribute("code", $1), $0) }) { first, _ in first }
        for school in outcome.schools {
            guard let row = places[school.id] else { continue }
            for (name, value) in school.stock { rows[row].facts[FactKey(name)] = .known(value.approximate) }
        }
        for unit in outcome.units {
            guard let row = places[outcome.schools[unit.school].id] else { continue }
            for (name, value) in unit.stock { rows[row].facts[FactKey(name, unit.stage)] = .known(value.approximate) }
        }
        return rows
    }

    /// The county judged over those rows by the same evaluation that judged it before.
    static func judged(_ evaluation: Evaluation, _ problem: PathProblem, _ rows: [ReturnRow]) -> CountyResult? {
        guard let form = evaluation.catalogue.forms[evaluation.schools.form] else { return nil }
        var table = ReturnTable(form: form, schoolYear: evaluation.schools.schoolYear)
        table.begin(ReturnOrigin(file: "", sheet: ""))
        for row in rows { table.append(row) }
        return Evaluation(evaluation.standard, catalogue: evaluation.catalogue, schools: table, counties: evaluation.counties).run()
            .county(problem.county)
    }
}
