// A look at a run, question by question: what Inspect and «Side by side» do alike. The page says `ask(data, want)`, which gives
// the state and the parts of markup that change, and `apply(answer, how)`, which puts them in their places.
const REVIEWER = 'studio-reviewer'; // who labels in this browser
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('.in-status');
const dialog = root.querySelector('.in-zoom');
let state = {};
let asked = 0;
let ahead = new Map(); // samples asked for before they are needed: id -> promise of an answer
const reviewer = () => (recall(REVIEWER) || '').trim();

async function go(data, want, how = {}) {
  const turn = ++asked;
  const busy = setTimeout(() => root.setAttribute('aria-busy', 'true'), 160);
  const answer = await (how.promise || ask(data, want));
  clearTimeout(busy);
  if (turn !== asked) return;
  root.removeAttribute('aria-busy');
  if (answer.error) return complain(answer.error, () => go(data, want, { ...how, promise: null }));
  if (!how.peeked) ahead.clear();
  status.replaceChildren();
  apply(answer, how);
}

// Everybody reads it, unless it is `quiet`: then only a screen reader says it, the eye sees the card itself.
function tell(words, quiet = false) {
  status.classList.toggle('is-quiet', quiet);
  status.textContent = words;
  if (words && !quiet) setTimeout(() => { if (status.textContent === words) status.textContent = ''; }, 4000);
}
function complain(words, again) {
  status.classList.remove('is-quiet');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = T.retry;
  button.addEventListener('click', again);
  status.replaceChildren(words + ' ', button);
}

// The next sample is asked for while this one is read, its media too: a step then costs no waiting.
function lookAhead() {
  const next = state.following;
  if (next === null || next === undefined || ahead.has(next)) return;
  setTimeout(async () => {
    if (state.following !== next || ahead.has(next)) return;
    const promise = ask({ sample: next }, ['card']);
    ahead.set(next, promise);
    setTimeout(() => ahead.get(next) === promise && ahead.delete(next), 60000);
    const answer = await promise;
    if (answer.error) return ahead.delete(next);
    fetchMedia(answer.parts.card || '');
  }, 150);
}

function step(way) {
  const target = way === 'next' ? state.following : state.previous;
  if (target === null || target === undefined) return;
  const known = ahead.get(target);
  ahead.delete(target); // shown once: by the next time it may have a label
  return go({ sample: target }, ['card'], { step: true, promise: known, peeked: true });
}

// From the table or the filter on to the question itself.
function toCard() {
  part('card').querySelector('.in-card')?.focus({ preventScroll: true });
}
