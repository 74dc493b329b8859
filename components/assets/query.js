// The filter in words on Inspect: what it says takes the place of the selects, and what is wrong with it is marked.
const completions = (typed) => server.inspect_complete({ ...typed, run: state.run, reviewer: reviewer(), people: state.people, scores: state.scores });
const typedSoFar = (where) => inWords(where);
const boxLeft = () => mark();

// What is typed takes the place of all that the selects say: they are shown what it means.
function inWords(where) {
  offersDone();
  const data = { keep: state.sample, where, task: '', cell: '', text: '', category: '', label: '', draw: '', task_shown: state.task || '' };
  return go(data, ['queue', 'card'], { sameCard: true });
}

function showWrong(html) {
  const place = part('filters').querySelector('.in-wrong');
  if (!place) return;
  place.innerHTML = html || '';
  place.hidden = !html;
  box().setAttribute('aria-invalid', String(!!html));
}
