"""The statements behind the numbers of each page: over the views of exported runs, in plain SQLite."""

from collections.abc import Callable, Mapping
from string import ascii_lowercase

from studio.core.sql import SqlAsked, SqlPage, Statement
from studio.store.query_shown import literal

SCORED = "'both', 'em_only', 'js_only', 'neither'"


def statements_of(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    """What a page shows, table by table; `queue` is the statement of its filter, empty where the page has no list."""
    return _PAGES[asked.page](asked, queue)


def _inspect(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    task = asked.where.task
    within = f" WHERE task = {literal(task)}" if task else ""
    cells = (
        'SELECT cell, SUM(n) AS n, 1.0 * SUM(n) / SUM(SUM(n)) OVER () AS share, SUM("right") AS "right",'
        " SUM(wrong) AS wrong,\n       SUM(unsure) AS unsure, SUM(bad) AS bad, SUM(unlabelled) AS unlabelled\n"
        f"FROM v_three_way{within}\nGROUP BY cell;"
    )
    found = [Statement("cells", cells), Statement("confusion", "SELECT * FROM v_confusion;")]
    return (*found, Statement("queue", queue)) if queue else tuple(found)


def _whatif(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    versions = "SELECT version, current, COUNT(em) AS n, AVG(em) AS em\nFROM v_em_versions\nGROUP BY version, current;"
    found = [Statement("versions", versions)]
    threshold = asked.options.get("threshold", "").replace(",", ".")
    value = literal(float(threshold)) if threshold else "0.5"
    judged = (
        f"SELECT task, COUNT(*) AS n, AVG(em) AS em, AVG(js) AS js, AVG(probability >= {value}) AS js_after,\n"
        f"       SUM(probability >= {value} AND js < 0.5) AS gained, SUM(probability < {value} AND js >= 0.5) AS lost\n"
        "FROM v_samples\nWHERE js IS NOT NULL AND probability IS NOT NULL\nGROUP BY task;"
    )
    return (*found, Statement("threshold", judged))


def _health(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    return (
        Statement("health", "SELECT * FROM v_judge_health;"),
        Statement("people", "SELECT * FROM v_people;"),
        Statement("pairs", "SELECT * FROM v_reviewer_pairs;"),
        Statement(
            "beside",
            "SELECT grouping, name, em, js, people, people_n\nFROM v_groups\nWHERE grouping IN ('all', 'task');",
        ),
        Statement("judges", "SELECT * FROM v_judges;"),
    )


def _compare(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    """Every pair on the questions that all have: means, wins, ties, losses, the difference. `queue` is a condition on
    the first run."""
    within = f"\nWHERE {queue}" if queue else ""
    names = ascii_lowercase[: len(asked.runs)]
    attached = "".join(
        f"-- {name}: {run}; sqlite3: ATTACH '{run}.sqlite' AS {name};\n"
        for name, run in zip(names, (literal(run)[1:-1] for run in asked.runs), strict=True)
    )
    mark = "js" if asked.options.get("mark") == "js" else "em"
    joins = "".join(f"\nJOIN {name}.v_samples {name} USING (task, sample, question)" for name in names[1:])
    rows = "\nUNION ALL\n".join(
        f"SELECT task, '{first}–{second}' AS pair, COUNT({first}.{mark} + {second}.{mark}) AS n,"
        f" AVG({first}.{mark}) AS first, AVG({second}.{mark}) AS second,\n"
        f"       AVG({first}.{mark} - {second}.{mark}) AS difference, SUM({first}.{mark} > {second}.{mark}) AS wins,"
        f" SUM({first}.{mark} = {second}.{mark}) AS ties, SUM({first}.{mark} < {second}.{mark}) AS losses\n"
        f"FROM {names[0]}.v_samples {names[0]}{joins}{within}\nGROUP BY task"
        for place, first in enumerate(names)
        for second in names[place + 1 :]
    )
    return (Statement("pairs_of_runs", f"{attached}{rows};"),)


def _prompts(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    whole = "SELECT name AS prompt, n, em, js, final, people\nFROM v_groups\nWHERE grouping = 'prompt';"
    within = f" WHERE task = {literal(asked.where.task)}" if asked.where.task else ""
    found = (Statement("prompts", whole), Statement("prompts_by_task", f"SELECT * FROM v_prompts{within};"))
    if not asked.options.get("crossed"):
        return found
    mark = "js" if asked.options.get("mark") == "js" else "em"
    return (*found, Statement("prompt_split", _SPLIT.format(mark=mark)))


# The mean squares of `studio.stats.variance_split`, over the questions that have a score in every prompt.
_SPLIT = """WITH cells AS (
  SELECT task, substr(sample, 1, length(sample) - length('@p' || prompt_id)) AS item, prompt_id AS prompt,
         {mark} AS score FROM v_samples),
whole AS (
  SELECT task, item FROM cells c GROUP BY task, item
  HAVING COUNT(score) = (SELECT COUNT(DISTINCT prompt) FROM cells o WHERE o.task = c.task)),
x AS (SELECT cells.* FROM cells JOIN whole USING (task, item)),
n AS (SELECT task, COUNT(DISTINCT item) AS k, COUNT(DISTINCT prompt) AS p, AVG(score) AS mean FROM x GROUP BY task),
i AS (SELECT task, item, AVG(score) AS m FROM x GROUP BY task, item),
j AS (SELECT task, prompt, AVG(score) AS m FROM x GROUP BY task, prompt),
r AS (SELECT x.task, x.score - i.m - j.m + n.mean AS d FROM x JOIN i USING (task, item)
      JOIN j USING (task, prompt) JOIN n USING (task)),
squares AS (
  SELECT n.task, k, p, mean,
         p * (SELECT SUM((m - mean) * (m - mean)) FROM i WHERE i.task = n.task) / (k - 1) AS of_items,
         k * (SELECT SUM((m - mean) * (m - mean)) FROM j WHERE j.task = n.task) / (p - 1) AS of_prompts,
         (SELECT SUM(d * d) FROM r WHERE r.task = n.task) / ((k - 1) * (p - 1)) AS of_rest
  FROM n)
SELECT task, k AS items, p AS prompts, mean, MAX(0, (of_items - of_rest) / p) AS item,
       MAX(0, (of_prompts - of_rest) / k) AS prompt, of_rest AS rest
FROM squares;"""


def _reasons(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    kept = (
        'SELECT book, "group", name, task, COUNT(*) AS n\nFROM v_reasons\nGROUP BY book, "group", name, task;'
    )
    return (Statement("reasons", kept),)


def _run(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    return (Statement("scores", "SELECT * FROM v_scores;"), Statement("pace", "SELECT * FROM v_pace;"))


def _leaderboard(asked: SqlAsked, queue: str) -> tuple[Statement, ...]:
    return (Statement("task_scores", "SELECT task, em, js, final FROM v_scores WHERE task <> '';"),)


_PAGES: Mapping[SqlPage, Callable[[SqlAsked, str], tuple[Statement, ...]]] = {
    "inspect": _inspect,
    "whatif": _whatif,
    "health": _health,
    "compare": _compare,
    "prompts": _prompts,
    "reasons": _reasons,
    "run": _run,
    "leaderboard": _leaderboard,
}
