"""Views of an exported run: every point estimate that a page shows, worked out of the file's rows by plain SQL.

They use only what plain sqlite3 has: no functions of ours, no square roots of its own (some builds lack them: MCC's is
Newton's). Intervals are not among them.
"""

from collections.abc import Iterator

VIEWS = """
CREATE VIEW v_samples AS
SELECT rs.number, t.name AS task, s.key AS sample, s.modality, s.prompt_id, s.question, s.prompt,
       CASE WHEN json_type(s.gold) = 'text' THEN json_extract(s.gold, '$') ELSE s.gold END AS gold,
       g.text AS answer, g.finish_reason, g.status, g.attempt, g.completion_tokens, g.ttft_s, g.latency_s,
       g.recalled_run,
       json_extract(COALESCE(g.problem, s.problem), '$.code') AS problem,
       rs.state, rs.em, rs.js, rs.probability, rs.cell, rs.human, rs.truncated, rs.decided, s.options, s.categories,
       s.media, t.answer_type, rs.length, t.content_hash AS task_hash
FROM run_samples rs JOIN samples s ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id
LEFT JOIN generations g ON g.id = rs.generation_id ORDER BY rs.number;
CREATE VIEW v_scores AS
SELECT task, COUNT(*) AS n, SUM(state = 'answered') AS answered, SUM(state = 'failed') AS failed,
       SUM(state = 'pending') AS pending, SUM(state = 'skipped') AS skipped,
       SUM(state = 'answered' AND em IS NULL) AS em_unscored, SUM(state = 'answered' AND js IS NULL) AS js_unscored,
       AVG(em) AS em, AVG(js) AS js, AVG((em + js) / 2.0) AS final, SUM(truncated) AS truncated
FROM v_samples GROUP BY task
UNION ALL
SELECT '', COUNT(*), SUM(state = 'answered'), SUM(state = 'failed'), SUM(state = 'pending'), SUM(state = 'skipped'),
       SUM(state = 'answered' AND em IS NULL), SUM(state = 'answered' AND js IS NULL),
       AVG(em), AVG(js), AVG((em + js) / 2.0), SUM(truncated)
FROM v_samples;
CREATE VIEW v_em_versions AS
SELECT rs.number, t.name AS task, s.key AS sample, x.version, x.value AS em, x.extracted,
       CASE WHEN r.profile GLOB 'studio+*' THEN x.version GLOB 'studio-*+*'
            AND substr(x.version, instr(x.version, '+')) = substr(r.profile, length('studio+'))
            ELSE x.version NOT GLOB 'studio-*+*' END AS current
FROM run_samples rs JOIN runs r ON r.id = rs.run_id JOIN samples s ON s.id = rs.sample_id
JOIN tasks t ON t.id = rs.task_id JOIN scores x ON x.generation_id = rs.generation_id AND x.scorer = 'em'
ORDER BY rs.number, x.id;
CREATE VIEW v_disagreements AS
SELECT v.*, (SELECT extracted FROM scores x JOIN run_samples rs ON rs.generation_id = x.generation_id
             WHERE rs.number = v.number AND x.scorer = 'em' AND x.version IN
             (SELECT e.version FROM v_em_versions e WHERE e.number = v.number AND e.current)
             ORDER BY x.id DESC LIMIT 1) AS extracted
FROM v_samples v WHERE v.cell IN ('em_only', 'js_only');
CREATE VIEW v_confusion AS
SELECT task, SUM(cell = 'both') AS both, SUM(cell = 'em_only') AS em_only, SUM(cell = 'js_only') AS js_only,
       SUM(cell = 'neither') AS neither, SUM(cell = 'unscored') AS unscored, SUM(cell = 'failed') AS failed,
       SUM(cell = 'pending') AS pending
FROM v_samples GROUP BY task;
CREATE VIEW v_labels AS
SELECT v.number, v.task, v.sample, g.attempt, l.reviewer, l.verdict, l.note, l.tags, l.criteria, l.blind,
       l.sealed, v.em, v.js, v.probability, v.cell, v.human, l.created_at
FROM standing_labels t JOIN labels l ON l.id = t.label_id JOIN run_samples rs ON rs.sample_id = t.sample_id
JOIN v_samples v ON v.number = rs.number JOIN generations g ON g.id = l.generation_id ORDER BY v.number, l.reviewer;
CREATE VIEW v_three_way AS
SELECT task, cell, COUNT(*) AS n, SUM(human IS 'right') AS "right", SUM(human IS 'wrong') AS wrong,
       SUM(human IS 'unsure') AS unsure, SUM(human IS 'bad') AS bad, SUM(human IS NULL) AS unlabelled
FROM v_samples WHERE cell IN ('both', 'em_only', 'js_only', 'neither') GROUP BY task, cell;
CREATE VIEW v_draws AS
SELECT d.number AS draw, d.seed, d.by_task, d.whole, d.frame, x.place, x.probability, v.number,
       v.task, v.sample, v.human
FROM draws d JOIN draw_samples x ON x.draw_id = d.id JOIN run_samples rs ON rs.sample_id = x.sample_id
JOIN v_samples v ON v.number = rs.number ORDER BY d.number, x.place;
CREATE VIEW v_reasons AS
SELECT x.book_id AS book, x.group_id AS "group", CASE WHEN g.name <> '' THEN g.name
       ELSE json_extract(g.titles, '$.ru') END AS name, x.pinned, v.number, v.task, v.sample, v.cell, v.human
FROM reason_samples x JOIN run_samples rs ON rs.sample_id = x.sample_id JOIN v_samples v ON v.number = rs.number
LEFT JOIN reason_groups g ON g.id = x.group_id ORDER BY x.book_id, x.group_id, v.number;
CREATE VIEW v_by AS
SELECT k.grouping, CASE k.grouping WHEN 'task' THEN v.task WHEN 'modality' THEN v.modality
       WHEN 'answer_type' THEN v.answer_type WHEN 'prompt' THEN COALESCE(CAST(v.prompt_id AS TEXT), 'none')
       WHEN 'length' THEN CASE WHEN v.length <= 20 THEN '0-20' WHEN v.length <= 100 THEN '21-100'
       WHEN v.length <= 400 THEN '101-400' ELSE '401+' END ELSE '' END AS name, v.*
FROM (SELECT 'all' AS grouping UNION ALL SELECT 'task' UNION ALL SELECT 'modality' UNION ALL SELECT 'answer_type'
      UNION ALL SELECT 'prompt' UNION ALL SELECT 'length') k CROSS JOIN v_samples v;
CREATE VIEW v_groups AS
SELECT grouping, name, COUNT(*) AS n, SUM(cell = 'both') AS both, SUM(cell = 'em_only') AS em_only,
       SUM(cell = 'js_only') AS js_only, SUM(cell = 'neither') AS neither, SUM(cell = 'unscored') AS unscored,
       SUM(cell = 'failed') AS failed, SUM(cell = 'pending') AS pending, AVG(em) AS em, AVG(js) AS js,
       AVG((em + js) / 2.0) AS final, SUM(human IS NOT NULL) AS labelled,
       AVG(CASE human WHEN 'right' THEN 1.0 WHEN 'wrong' THEN 0.0 END) AS people,
       COUNT(CASE WHEN human IN ('right', 'wrong') THEN 1 END) AS people_n
FROM v_by GROUP BY grouping, name;
CREATE VIEW v_eight AS
SELECT grouping, name, bits, COUNT(*) AS n, 1.0 * COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY grouping, name) AS share
FROM (SELECT grouping, name, (em >= 0.5) || (js >= 0.5) || (human = 'right') AS bits FROM v_by
      WHERE cell IN ('both', 'em_only', 'js_only', 'neither') AND human IN ('right', 'wrong'))
GROUP BY grouping, name, bits;
CREATE VIEW v_judge_health AS
WITH c AS (
  SELECT grouping, name, 1.0 * COUNT(*) AS n, SUM(human = 'right' AND js >= 0.5) AS rr,
         SUM(human = 'right' AND js < 0.5) AS rw, SUM(human = 'wrong' AND js >= 0.5) AS wr,
         SUM(human = 'wrong' AND js < 0.5) AS ww
  FROM v_by WHERE human IN ('right', 'wrong') AND js IS NOT NULL
       AND grouping IN ('all', 'task', 'answer_type', 'length')
  GROUP BY grouping, name),
f AS (
  SELECT *, 1.0 * rr / (rr + rw) AS sensitivity, 1.0 * ww / (ww + wr) AS specificity, (rr + ww) / n AS raw,
         (rr + rw) / n AS prevalence, (rr + wr) / n AS said,
         (rr + rw) * (wr + ww) * (rr + wr) * (rw + ww) > 0 AS mixed
  FROM c)
SELECT grouping, name, CAST(n AS INTEGER) AS n, rr AS right_right, rw AS right_wrong, wr AS wrong_right,
       ww AS wrong_wrong, sensitivity, specificity, (sensitivity + specificity) / 2 AS balanced,
       sensitivity + specificity - 1 AS youden, raw,
       CASE WHEN rr < n AND ww < n THEN (raw - prevalence * said - (1 - prevalence) * (1 - said))
            / (1 - prevalence * said - (1 - prevalence) * (1 - said)) END AS kappa,
       (raw - (prevalence + said) * (1 - (prevalence + said) / 2))
            / (1 - (prevalence + said) * (1 - (prevalence + said) / 2)) AS ac1,
       CASE WHEN mixed THEN (1.0 * rr * ww - 1.0 * rw * wr) / (
            WITH RECURSIVE root(i, x) AS (
              SELECT 0, 1.0 * (rr + rw) * (wr + ww) * (rr + wr) * (rw + ww) UNION ALL
              SELECT i + 1, (x + 1.0 * (rr + rw) * (wr + ww) * (rr + wr) * (rw + ww) / x) / 2 FROM root WHERE i < 80)
            SELECT x FROM root WHERE i = 80) END AS mcc, prevalence
FROM f;
CREATE VIEW v_independent AS
SELECT rs.number, l.reviewer, l.verdict FROM labels l JOIN run_samples rs ON rs.sample_id = l.sample_id
       AND rs.generation_id = l.generation_id AND rs.human IS NOT NULL
WHERE l.action = 'label' AND l.blind = 1
  AND NOT EXISTS (SELECT 1 FROM labels u WHERE u.supersedes = l.id AND u.action = 'undo')
  AND NOT EXISTS (SELECT 1 FROM labels m WHERE m.sample_id = l.sample_id AND m.generation_id = l.generation_id
       AND m.reviewer = l.reviewer AND m.action = 'label' AND m.blind = 1 AND m.id > l.id
       AND NOT EXISTS (SELECT 1 FROM labels u WHERE u.supersedes = m.id AND u.action = 'undo'));
CREATE VIEW v_people AS
WITH a AS (
  SELECT number, 1.0 * COUNT(*) AS m, 1.0 * SUM(verdict = 'right') AS r FROM v_independent
  WHERE verdict IN ('right', 'wrong') GROUP BY number HAVING COUNT(*) > 1),
s AS (
  SELECT COUNT(*) AS items, AVG(1 - 2 * r * (m - r) / (m * (m - 1))) AS raw, AVG(r / m) AS mean,
         SUM(2 * r * (m - r) / (m - 1)) AS o, SUM(r) AS ones, SUM(m - r) AS zeros FROM a)
SELECT items, (SELECT COUNT(DISTINCT reviewer) FROM v_independent WHERE number IN (SELECT number FROM a)
               AND verdict IN ('right', 'wrong')) AS reviewers, raw,
       CASE WHEN ones * zeros > 0 THEN 1 - (ones + zeros - 1) * o / (2 * ones * zeros) END AS alpha,
       CASE WHEN ones * zeros > 0 THEN (raw - mean * mean - (1 - mean) * (1 - mean))
            / (1 - mean * mean - (1 - mean) * (1 - mean)) END AS fleiss,
       (raw - 2 * mean * (1 - mean)) / (1 - 2 * mean * (1 - mean)) AS ac1
FROM s;
CREATE VIEW v_reviewer_pairs AS
WITH p AS (
  SELECT a.reviewer AS first, b.reviewer AS second, 1.0 * COUNT(*) AS n, AVG(a.verdict = b.verdict) AS raw,
         AVG(a.verdict = 'right') AS one, AVG(b.verdict = 'right') AS other
  FROM v_independent a JOIN v_independent b ON b.number = a.number AND b.reviewer > a.reviewer
  WHERE a.verdict IN ('right', 'wrong') AND b.verdict IN ('right', 'wrong') GROUP BY a.reviewer, b.reviewer)
SELECT first, second, CAST(n AS INTEGER) AS n, raw,
       CASE WHEN NOT (one = other AND one IN (0, 1))
            THEN (raw - one * other - (1 - one) * (1 - other)) / (1 - one * other - (1 - one) * (1 - other))
            END AS kappa
FROM p;
CREATE VIEW v_prompts AS
SELECT task, prompt_id AS prompt, COUNT(*) AS n, AVG(em) AS em, AVG(js) AS js, AVG((em + js) / 2.0) AS final,
       AVG(CASE human WHEN 'right' THEN 1.0 WHEN 'wrong' THEN 0.0 END) AS people
FROM v_samples GROUP BY task, prompt_id;
CREATE VIEW v_judge_calls AS
SELECT rs.number, t.name AS task, s.key AS sample, x.version AS judge, c.candidate, c.label, c.probability, c.reason,
       x.version = r.judge AS current
FROM run_samples rs JOIN runs r ON r.id = rs.run_id JOIN samples s ON s.id = rs.sample_id
JOIN tasks t ON t.id = rs.task_id JOIN scores x ON x.generation_id = rs.generation_id AND x.scorer = 'js'
JOIN judge_calls c ON c.score_id = x.id ORDER BY rs.number, x.id, c.id;
CREATE VIEW v_judges AS
SELECT x.version AS judge, x.version = r.judge AS current, COUNT(x.value) AS scored, AVG(x.value) AS js
FROM run_samples rs JOIN runs r ON r.id = rs.run_id
JOIN scores x ON x.generation_id = rs.generation_id AND x.scorer = 'js' GROUP BY x.version;
CREATE VIEW v_pace AS
WITH a AS (
  SELECT latency_s, ttft_s, prompt_tokens, completion_tokens,
         ROW_NUMBER() OVER (ORDER BY latency_s IS NULL, latency_s) AS place, COUNT(latency_s) OVER () AS known,
         ROW_NUMBER() OVER (ORDER BY ttft_s IS NULL, ttft_s) AS first, COUNT(ttft_s) OVER () AS firsts
  FROM generations WHERE status = 'ok' AND recalled_run IS NULL)
SELECT COUNT(*) AS answered,
       (SELECT COUNT(*) FROM generations WHERE status = 'failed' AND recalled_run IS NULL) AS failed,
       (SELECT COUNT(*) FROM generations WHERE recalled_run IS NOT NULL) AS recalled,
       SUM(prompt_tokens) AS prompt_tokens, SUM(completion_tokens) AS completion_tokens,
       MAX(CASE WHEN place = (known + 1) / 2 THEN latency_s END) AS latency_p50,
       MAX(CASE WHEN place = (95 * known + 99) / 100 THEN latency_s END) AS latency_p95,
       MAX(CASE WHEN first = (firsts + 1) / 2 THEN ttft_s END) AS ttft_p50,
       MAX(CASE WHEN first = (95 * firsts + 99) / 100 THEN ttft_s END) AS ttft_p95
FROM a;
"""


def views(kind: str = "VIEW") -> Iterator[str]:
    """The statements that make them, one by one; `kind` may be `TEMP VIEW`."""
    for statement in filter(str.strip, VIEWS.split(";\n")):
        yield statement.replace("CREATE VIEW", f"CREATE {kind}", 1)


def view_names() -> tuple[str, ...]:
    """What they are called."""
    return tuple(statement.split()[2] for statement in views())
