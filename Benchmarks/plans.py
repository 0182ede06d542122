"""Plans of counties against other solvers and against what people do in a spreadsheet: plans.py JUNHENG_BENCH [SECONDS]

The counties are invented, the same for the same seed. Every peer has SECONDS (100) for what Junheng has 60 or less; each runs alone,
on one thread. Path: SCIP is given a programme of its own with the spread as a native cone. Rotation, funds and pairing: CBC (through
PuLP) and SCIP read the very programme Junheng's method rests on, SciPy the very table of gains.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

import numpy
import pulp
import pyscipopt
import scipy
from scipy.optimize import linear_sum_assignment

LIMIT = 100
DISTRICTS = 1_000
SHORT = 5


def asked(bench, *words):
    run = subprocess.run([bench, *map(str, words)], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def quiet(seconds, gap):
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/time", seconds)
    model.setParam("limits/gap", gap)
    return model


def scip(path, seconds, gap):
    """Cost (none: no plan), bound, seconds."""
    model = quiet(seconds, gap)
    model.readProblem(path)
    began = time.perf_counter()
    model.optimize()
    took = time.perf_counter() - began
    return (model.getObjVal() if model.getNSols() else None), model.getDualbound(), took


def cbc(path, seconds, gap):
    program = pulp.PULP_CBC_CMD().path
    solution = path + ".solution"
    began = time.perf_counter()
    run = subprocess.run([program, path, "sec", str(seconds), "ratio", str(gap), "timemode", "elapsed", "solve", "solution", solution],
                         capture_output=True, text=True)
    took = time.perf_counter() - began
    first = open(solution).readline() if os.path.exists(solution) else "no solution"
    found = re.search(r"objective value\s+(\S+)", first)
    bound = re.search(r"(?:Lower bound|best possible):?\s+(-?[\d.e+]+)", run.stdout)
    is_plan = found and "nfeasible" not in first and ("ptimal" in first or "Objective value" in run.stdout)
    return (float(found.group(1)) if is_plan else None), (float(bound.group(1)) if bound else None), took


def shown(name, cost, bound, seconds, own):
    if cost is None:
        return f"   {name:<22} no plan in {seconds:.1f} s" + (f", bound {bound / own:.4f} × our cost" if bound is not None and own else "")
    gap = f", its gap {abs(cost - bound) / max(abs(cost), 1e-9):.3%}" if bound is not None else ""
    return f"   {name:<22} {cost / own if own else float('nan'):.4f} × our cost in {seconds:.1f} s{gap}"


def path_with_cones(file, seconds, gap):
    county = json.load(open(file))
    model, pupils = quiet(seconds, gap), county["pupils"]
    steps = [[model.addVar(vtype="I", lb=0) for _ in pupils] for _ in county["actions"]]
    elements = {name for action in county["actions"] for name in action["adds"]}
    stock = [{name: county["stock"][unit].get(name, 0) + sum(action["adds"][name] * steps[number][unit]
                                                             for number, action in enumerate(county["actions"]) if name in action["adds"])
              for name in elements} for unit in range(len(pupils))]
    for unit in range(len(pupils)):
        for part, whole in county["within"]:
            if part in elements:
                model.addCons(stock[unit][part] <= stock[unit].get(whole, county["stock"][unit].get(whole, 0)))
        met = []
        for item in county["items"]:
            value = stock[unit][item["element"]] * (item["factor"] / pupils[unit])
            is_met = model.addVar(vtype="B")
            met.append(is_met)
            model.addCons(value >= item["floor"] + (item["threshold"] - item["floor"]) * is_met)
            model.addCons(value <= item["cap"])
        model.addCons(pyscipopt.quicksum(met) >= county["minimum"])
    everyone = sum(pupils)
    for item in county["items"]:
        parts = []
        for unit in range(len(pupils)):
            part = model.addVar(lb=0)
            model.addCons(part == stock[unit][item["element"]])
            parts.append(part)
        total = model.addVar(lb=0)
        model.addCons(total == pyscipopt.quicksum(parts))
        square = everyone / (1 + item["ceiling"] ** 2)
        model.addCons(pyscipopt.quicksum(square / count * part * part for count, part in zip(pupils, parts)) <= total * total)
    model.setObjective(pyscipopt.quicksum(action["cost"] * step for action, row in zip(county["actions"], steps) for step in row))
    began = time.perf_counter()
    model.optimize()
    took = time.perf_counter() - began
    return (model.getObjVal() if model.getNSols() else None), model.getDualbound(), took


def path(bench, folder, limit):
    print("\n6. Cheapest path to the standard; SCIP with native cones")
    for units, ceiling, gap, seconds in ((40, 300, 0.001, 60), (150, 300, 0.003, 60), (150, 500, 0.001, 60), (300, 500, 0.001, 60)):
        file = os.path.join(folder, "path.json")
        said = asked(bench, "path", "--units", units, "--ceiling", ceiling, "--seconds", seconds, "--gap", gap, "--write", file)
        print(f"   {units} units, CV at most {ceiling / 1000}: {said}")
        own = float(re.search(r"cost (\d+)", said).group(1))
        print(shown("SCIP", *path_with_cones(file, limit, gap), own))
    print("   a city of 800 units, ten counties of 80: " + asked(bench, "path", "--units", 80, "--counties", 10, "--ceiling", 300, "--seconds", 60, "--gap", 0.003))


def rotation(bench, folder, limit):
    print("\n7. Teachers' exchange; the same programme read by CBC and SCIP, and given to HiGHS")
    for schools, gap, seconds in ((60, 0.0005, 10), (300, 0.005, 120)):
        file = os.path.join(folder, "rotation.mps")
        said = asked(bench, "rotation", "--schools", schools, "--seconds", seconds, "--gap", gap, "--straight", "--write", file)
        print(f"   {schools} schools:\n      " + said.replace("\n", "\n      "))
        one, none = map(float, re.search(r"objective is (\S+), none is (\S+)", said).groups())
        own = float(re.search(r"objective (-?\d+), bound", said).group(1))
        for name, solver in (("CBC", cbc), ("SCIP", scip)):
            cost, bound, took = solver(file, limit, gap)
            real = [None if number is None or abs(number) > 1e19 else number * one + none for number in (cost, bound)]
            print(shown(name, *real, took, own))
    print("   small districts one after another: " + asked(bench, "rotation", "--districts", DISTRICTS, "--seconds", 5, "--gap", 0.01))


def funds(bench, folder, limit):
    print("\n8. Special fund: fewest schools short of the standard, then least lack; the same two programmes read by CBC and SCIP: plain as")
    print(f"   one would write them down first, and tight as Junheng hands them to HiGHS; CBC and ours the median of {SHORT}")
    for schools in (60, 300):
        for seed in (1, 2, 3):
            file = os.path.join(folder, "funds")
            runs = [json.loads(asked(bench, "funds", "--schools", schools, "--seconds", 10, "--seed", seed, "--write", file)) for _ in range(SHORT)]
            ours = sorted(runs, key=lambda run: run["seconds"])[SHORT // 2]
            print(f"   {schools} schools, seed {seed}, {ours['projects']:.0f} projects: {ours['short']:.0f} short (proved {ours['shortBound']:.0f}, recomputed exactly {ours['shortChecked']:.0f}), "
                  f"lack within {ours['lackGap']:.3%}, {ours['seconds']:.2f} s, violations {ours['violations']:.0f}")
            for name, solver, form, times in (("CBC", cbc, "plain", SHORT), ("CBC", cbc, "tight", SHORT), ("SCIP", scip, "plain", 1)):
                found = []
                for _ in range(times):
                    units, _, first = solver(f"{file}.{form}.units.mps", limit, 1e-6)
                    lack, _, second = solver(f"{file}.{form}.lack.mps", limit, 0.0009)
                    found.append(first + second)
                took = sorted(found)[times // 2]
                words = "no plan" if units is None else f"{units:.0f} short"
                part = "no plan" if lack is None else f"lack {(lack + ours['constant']) / ours['lack']:.4f} × ours"
                print(f"   {name + ', ' + form:<22} {words}, {part}, {took:.2f} s, {took / ours['seconds']:.1f} × our time")
    own = proportional = worst = 0
    for seed in range(1, 101):
        ours = json.loads(asked(bench, "funds", "--schools", 40, "--budget", 500, "--seconds", 2, "--seed", seed))
        own, proportional, worst = own + ours["pupils"], proportional + ours["pupilsProportional"], worst + ours["pupilsWorstFirst"]
    print(f"   100 counties of 40 schools, pupils whose school newly meets the standard: {own:.0f}; split in proportion {proportional:.0f} "
          f"(ours {own / max(1, proportional):.2f} ×); worst first {worst:.0f} (ours {own / max(1, worst):.2f} ×)")


def pairing(bench, folder, limit):
    print("\n9. Strong schools lead weak ones")
    file = os.path.join(folder, "gains")
    for size in (500, 2_000):
        ours = json.loads(asked(bench, "pairing", "--leads", size, "--members", size, "--alike", "--write", file))
        gains = numpy.fromfile(file, dtype="<i8").reshape(size, size)
        times = []
        for _ in range(SHORT):
            began = time.perf_counter()
            rows, columns = linear_sum_assignment(gains, maximize=True)
            times.append(time.perf_counter() - began)
        took, total = sorted(times)[SHORT // 2], int(gains[rows, columns].sum())
        print(f"   {size} to {size}, one to one, median of {SHORT}: {ours['seconds']:.3f} s (and {ours['tableSeconds']:.2f} s for the table of gains); "
              f"SciPy {took:.2f} s, {took / ours['seconds']:.1f} × our time, totals equal: {total == int(ours['total'])}")
    for leads, members in ((30, 80), (80, 220)):
        ours = json.loads(asked(bench, "pairing", "--leads", leads, "--members", members, "--seconds", 5, "--write", file + ".mps"))
        print(f"   {members} schools of different size to {leads} leads: gain {ours['total']:.0f}, gap {ours['gap']:.4%} (recomputed exactly {ours['checkedGap']:.4%}), "
              f"least gain {ours['least']:.0f} {'proved' if ours['leastProved'] else 'not proved'}, both steps {ours['seconds']:.2f} s, violations {ours['violations']:.0f}; "
              f"the weakest choosing first gain {ours['oneByOne'] / ours['total']:.4f} of ours")
        for name, solver in (("CBC", cbc), ("SCIP", scip)):
            print(shown(name, *solver(file + ".mps", limit, 1e-6), -ours["total"]) + "   (first step alone)")


def plans(bench, limit=LIMIT):
    print(f"\nPlans; SCIP {pyscipopt.Model().version()}, PuLP {pulp.__version__} with its CBC, SciPy {scipy.__version__}; {limit} s for each peer")
    with tempfile.TemporaryDirectory() as folder:
        for part in (path, rotation, funds, pairing):
            part(bench, folder, limit)


if __name__ == "__main__":
    plans(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else LIMIT)
