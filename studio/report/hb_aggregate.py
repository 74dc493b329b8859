"""Works out aggregated.csv of this folder anew, from raw/ and parameters.json. Python 3.9 and its standard library
are enough.

    python aggregate.py            compares the result with aggregated.csv
    python aggregate.py --out F    writes it into F as well

The votes are brought together by the method of parameters.json: the majority, Dawid and
Skene's model (1979), or GLAD (Whitehill et al. 2009). Ties are broken by votes weighted by skill on control questions,
(1 + right) / (2 + controls), a half for whoever met none, then by GLAD. A reviewer's last word is above all. GLAD's
abilities of people and ease of questions are taken from parameters.json: its posterior follows from them and the votes.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

EVEN = 1e-9  # weights that differ by less are the same
EPS = 1e-10
ENOUGH = 1e-8
STEPS = 1_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEAD = ("item", "key", "answer", "decided", "votes", "agreeing")


class Vote(NamedTuple):
    item: str
    person: str
    form: str  # in which answers are compared
    text: str  # as it was written


class Verdict(NamedTuple):
    answer: str | None  # None where several answers tie
    tied: tuple[str, ...]
    votes: int
    agreeing: int


def read(path: Path) -> list[dict[str, str]]:
    """A table's rows. A cell that a spreadsheet would run has an apostrophe before it; here it goes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [{name: _plain(cell) for name, cell in row.items()} for row in rows]


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def _safe(text: str) -> str:
    runs = text.startswith(FORMULA) and not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text)
    return "'" + text if runs or text.startswith("'") else text


def verdict(weighed: dict[str, float], counted: dict[str, int]) -> Verdict:
    """The answer of the greatest weight, or those that tie."""
    best = max(weighed.values())
    leading = sorted(answer for answer, weight in weighed.items() if best - weight <= EVEN)
    alone = leading[0] if len(leading) == 1 else None
    agreeing = max(counted.get(answer, 0) for answer in leading)
    return Verdict(alone, tuple(leading) if alone is None else (), sum(counted.values()), agreeing)


def by_item(votes: list[Vote]) -> dict[str, list[Vote]]:
    found: dict[str, list[Vote]] = {}
    for vote in votes:
        found.setdefault(vote.item, []).append(vote)
    return found


def majority(votes: list[Vote], weights: dict[str, float]) -> dict[str, Verdict]:
    """Most votes, or the greatest weight of people: without `weights` everybody weighs 1."""
    found = {}
    for item, given in by_item(votes).items():
        weighed: dict[str, float] = {}
        for vote in given:
            weighed[vote.form] = weighed.get(vote.form, 0) + weights.get(vote.person, 1.0)
        found[item] = verdict(weighed, Counter(vote.form for vote in given))
    return found


def dawid_skene(votes: list[Vote], known: dict[str, str]) -> dict[str, Verdict]:
    """Maximum likelihood by EM from the shares of votes; `known` are the answers of control questions."""
    given = by_item(votes)
    answers = list(dict.fromkeys(vote.form for vote in votes))
    fixed = {item: known[item] for item in given if known.get(item) in answers}
    posterior = {}
    for item, said in given.items():
        counts = Counter(vote.form for vote in said)
        posterior[item] = {answer: counts[answer] / len(said) for answer in answers}
    _fix(posterior, fixed, answers)
    before = -math.inf
    for _ in range(STEPS):
        priors, errors = _learn(votes, posterior, answers)
        gained = 0.0
        for item, said in given.items():
            joint = {
                true: math.log(priors[true])
                + sum(math.log(errors[vote.person][true][vote.form]) for vote in said)
                for true in answers
            }
            top = max(joint.values())
            weight = {true: math.exp(log - top) for true, log in joint.items()}
            whole = sum(weight.values())
            posterior[item] = {true: each / whole for true, each in weight.items()}
            if item in fixed:
                _fix(posterior, {item: fixed[item]}, answers)
            gained += sum(
                share * (joint[true] - math.log(max(share, EPS))) for true, share in posterior[item].items()
            )
        if gained / len(votes) - before < ENOUGH:
            break
        before = gained / len(votes)
    return {
        item: verdict(posterior[item], Counter(vote.form for vote in said)) for item, said in given.items()
    }


Shares = dict[str, float]


def _fix(posterior: dict[str, Shares], known: dict[str, str], answers: list[str]) -> None:
    for item, true in known.items():
        posterior[item] = {answer: float(answer == true) for answer in answers}


def _learn(
    votes: list[Vote], posterior: dict[str, Shares], answers: list[str]
) -> tuple[Shares, dict[str, dict[str, Shares]]]:
    """How common each answer is, and what each person says where it is true."""
    n = len(posterior)
    priors = {true: max(sum(each[true] for each in posterior.values()) / n, EPS) for true in answers}
    errors: dict[str, dict[str, Shares]] = {}
    for vote in votes:
        mine = errors.setdefault(vote.person, {true: dict.fromkeys(answers, 0.0) for true in answers})
        for true in answers:
            mine[true][vote.form] += posterior[vote.item][true]
    for mine in errors.values():
        for true in answers:
            row = {said: max(weight, EPS) for said, weight in mine[true].items()}
            whole = sum(row.values())
            mine[true] = {said: weight / whole for said, weight in row.items()}
    return priors, errors


def glad(votes: list[Vote], told: dict[str, Any], options: int | None) -> dict[str, Verdict]:
    """P(right) = 1 / (1 + exp(-ability * ease)); errors are spread evenly over the other answers. Where answers are
    free (`options` is None) there is one more that nobody gave."""
    found = {}
    for item, said in by_item(votes).items():
        forms = list(dict.fromkeys(vote.form for vote in said))
        unsaid = 1 if options is None else max(options - len(forms), 0)
        spread = math.log(len(forms) + unsaid - 1)
        x = [told["ability"][vote.person] * told["ease"][item] for vote in said]
        wrong = [_log_expit(-each) - spread for each in x]
        log = dict.fromkeys(forms, sum(wrong))
        for n, vote in enumerate(said):
            log[vote.form] += _log_expit(x[n]) - wrong[n]
        top = max([*log.values(), sum(wrong)] if unsaid else log.values())
        weight = {form: math.exp(each - top) for form, each in log.items()}
        whole = sum(weight.values()) + unsaid * math.exp(sum(wrong) - top)
        shares = {form: each / whole for form, each in weight.items()}
        found[item] = verdict(shares, Counter(vote.form for vote in said))
    return found


def _log_expit(x: float) -> float:
    return -math.log1p(math.exp(-x)) if x > 0 else x - math.log1p(math.exp(x))


def aggregated(folder: Path) -> bytes:
    """The table of the baseline's answers, as aggregated.csv has it."""
    told = json.loads((folder / "parameters.json").read_text(encoding="utf-8"))
    items, answers = read(folder / "raw" / "items.csv"), read(folder / "raw" / "answers.csv")
    votes = [
        Vote(row["item"], row["person"], row["form"], row["text"]) for row in answers if row["vote"] == "1"
    ]
    plain = majority(votes, {})
    first = {
        "majority": lambda: plain,
        "dawid_skene": lambda: dawid_skene(votes, told["known"]),
        "glad": lambda: glad(votes, told["glad"], told["options"]),
    }[told["method"]]()
    by_skill = majority(votes, _weights(votes, answers))
    by_glad = glad(votes, told["glad"], told["options"]) if told["glad"] else {}
    texts: dict[tuple[str, str], Counter[str]] = {}
    for vote in votes:
        texts.setdefault((vote.item, vote.form), Counter())[vote.text] += 1
        texts.setdefault(("", vote.form), Counter())[vote.text] += 1  # for one that nobody gave to this item
    rows = []
    for row in items:
        if row["scored"] != "1" or row["retired"] == "1":
            continue
        item = row["item"]
        decided, form = _decided(item, first, by_skill, by_glad)
        written = texts.get((item, form), texts.get(("", form))) if form is not None else None
        text = written.most_common(1)[0][0] if written else ""
        if row["last_word"]:
            decided, text = "expert", row["last_word"]
        seen = plain.get(item)
        rows.append(
            [item, row["key"], text, decided, seen.votes if seen else 0, seen.agreeing if seen else 0]
        )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_safe(str(cell)) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _weights(votes: list[Vote], answers: list[dict[str, str]]) -> dict[str, float]:
    """What a person's vote weighs by his control questions: a half where he met none."""
    scores: dict[str, list[float]] = {vote.person: [] for vote in votes}
    for row in answers:
        if row["control_score"]:
            scores.setdefault(row["person"], []).append(float(row["control_score"]))
    return {person: (1 + sum(each)) / (2 + len(each)) for person, each in scores.items()}


def _decided(
    item: str, first: dict[str, Verdict], by_skill: dict[str, Verdict], by_glad: dict[str, Verdict]
) -> tuple[str, str | None]:
    if item not in first:
        return "unanswered", None
    if first[item].answer is not None:
        return "votes", first[item].answer
    for name, verdicts in (("skill", by_skill), ("glad", by_glad)):
        if item in verdicts and verdicts[item].answer in first[item].tied:
            return name, verdicts[item].answer
    return "tied", None


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    folder = Path(__file__).resolve().parent
    found = aggregated(folder)
    if arguments.out:
        arguments.out.write_bytes(found)
    same = found == (folder / "aggregated.csv").read_bytes()
    print("aggregated.csv: the same" if same else "aggregated.csv: DIFFERS")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
