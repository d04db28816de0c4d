"""The commands: generate, learn, quality, evaluate, peers, febrl, speed, growth."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.matching import contests, files, learn, ours, report, tables, worst
from bench.matching.answers import Answer
from bench.matching.draft import TODAY
from bench.matching.plot import plot
from bench.matching.queries import ask
from bench.matching.rates import Profile, profile
from bench.matching.register import build
from domain.identification import RegisteredPerson
from domain.niss import Niss
from matching import parameters
from matching.decide import Risk
from matching.scoring import Comparison
from register.files import load as load_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _generate_options(commands.add_parser("generate", help="write a register, queries and truths as CSV files"))
    _learn_options(commands.add_parser("learn", help="learn matching/parameters.json from generated true pairs"))
    _quality_options(commands.add_parser("quality", help="generate and measure our matcher, seeds pooled"))
    _evaluate_options(commands.add_parser("evaluate", help="measure our matcher on CSV files"))
    contests.options(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options) or 0)


def _population_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=100_000, help="size of the register")
    parser.add_argument("--queries", type=int, default=7_000, help="queries a seed")
    parser.add_argument("--profile", choices=("default", "heldout"), default="default")
    parser.add_argument("--leave-out", action="append", default=[], metavar="GROUP", help="a name group not to have")


def _generate_options(parser: argparse.ArgumentParser) -> None:
    _population_options(parser)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="folder of register.csv, queries.csv, truth.csv")
    parser.set_defaults(run=_generate)


def _learn_options(parser: argparse.ArgumentParser) -> None:
    _population_options(parser)
    parser.add_argument("--seed", type=int, nargs="+", default=[101, 102, 103], help="never those that are reported")
    parser.set_defaults(run=_learn)


def _output_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", help="an empty PostgreSQL database; without it a SQLite file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--worst", type=int, default=15, help="worst errors told in words")
    parser.add_argument("--plot", type=Path, help="write the reliability plot (SVG) there")


def _quality_options(parser: argparse.ArgumentParser) -> None:
    _population_options(parser)
    _output_options(parser)
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--risk", type=float, help="accepted risk of an answer without an agent")
    parser.set_defaults(run=_quality)


def _evaluate_options(parser: argparse.ArgumentParser) -> None:
    _output_options(parser)
    for name in ("register", "queries", "truth"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--answers", type=Path, help="what `niss register match --json` printed, instead of asking")
    parser.set_defaults(run=_evaluate)


def _profile(options: argparse.Namespace) -> Profile:
    try:
        return profile(options.profile, leave_out=tuple(options.leave_out))
    except ValueError as wrong:
        raise SystemExit(f"bench.matching: {wrong}") from None


def _generate(options: argparse.Namespace) -> None:
    chosen = _profile(options)
    register = build(options.seed, options.people, chosen.population)
    queries = ask(options.seed, options.queries, register, chosen)
    options.out.mkdir(parents=True, exist_ok=True)
    files.write_register(options.out / "register.csv", register.people)
    files.write_queries(options.out / "queries.csv", queries)
    files.write_truth(options.out / "truth.csv", queries)
    print(f"{len(register.people)} people, {len(queries)} queries in {options.out}")


def _quality(options: argparse.Namespace) -> None:
    chosen = _profile(options)
    if options.database and len(options.seed) > 1:
        raise SystemExit("bench.matching: one database holds the register of one seed")
    answers: list[Answer] = []
    told: list[str] = []
    for seed in options.seed:
        register = build(seed, options.people, chosen.population)
        queries = ask(seed, options.queries, register, chosen)
        _say(f"seed {seed}: loading {len(register.people)} people")
        with ours.loaded(register.people, options.database, risk=_risk(options)) as matcher:
            _say(f"seed {seed}: {len(queries)} queries")
            found = ours.answer(matcher, queries)
        answers += found
        told += worst.in_words(found, {one.ssin: one for one in register.people}, options.worst)
    header = {"seeds": options.seed, "people": options.people, "profile": chosen.name, "left_out": options.leave_out}
    _show(options, answers, header, told)


def _risk(options: argparse.Namespace) -> Risk:
    return Risk() if options.risk is None else Risk(accepted=options.risk)


def _learn(options: argparse.Namespace) -> None:
    chosen = _profile(options)
    pairs: list[Comparison] = []
    for seed in options.seed:
        register = build(seed, options.people, chosen.population)
        people = {one.ssin: one for one in register.people}
        pairs += learn.true_pairs(ask(seed, options.queries, register, chosen), people)
    seeds = " ".join(map(str, options.seed))
    source = (
        f"python -m bench.matching learn --seed {seeds} --people {options.people} --queries {options.queries} "
        f"--profile {chosen.name}, half-way from shares set by hand: {len(pairs)} true pairs"
    )
    learn.write(learn.learned(pairs, parameters.learned().raw, source))
    print(f"{len(pairs)} true pairs; {learn.PARAMETERS.name} is written")


class _Kept:
    """Takes the people of a register file."""

    def __init__(self) -> None:
        self.people: list[RegisteredPerson] = []

    def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
        del mark
        before = len(self.people)
        self.people += people
        return len(self.people) - before

    def loaded_to(self, file: str) -> int:
        del file
        return 0

    def finish_load(self, file: str) -> None:
        pass


def _evaluate(options: argparse.Namespace) -> None:
    kept = _Kept()
    load_file(options.register, kept, today=TODAY, on_bad=lambda row, why: _say(f"line {row}: {why}"))
    known: dict[Niss, RegisteredPerson] = {one.ssin: one for one in kept.people}
    queries = files.read_queries(options.queries, options.truth)
    if options.answers:
        try:
            answers = files.read_answers(options.answers, queries)
        except ValueError as wrong:
            raise SystemExit(f"bench.matching: {options.answers.name}: {wrong}") from None
    else:
        with ours.loaded(kept.people, options.database) as matcher:
            answers = ours.answer(matcher, queries)
    header = {"seeds": "files", "people": len(known), "profile": options.register.name}
    _show(options, answers, header, worst.in_words(answers, known, options.worst))


def _show(options: argparse.Namespace, answers: list[Answer], header: dict[str, Any], told: list[str]) -> None:
    found = report.figures(answers, header)
    if options.plot:
        options.plot.write_text(plot(found["reliability"]), encoding="utf-8")
    if options.json:
        print(json.dumps({**found, "worst": told}, ensure_ascii=False))
        return
    print(tables.text(found))
    print("\n" + "\n".join(told))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
