// «What if». The address is the state: what is switched against the run's own rules, the judge's threshold and texts,
// the task and the place in the list. Every change asks the server once it rests for a moment; an answer that was
// overtaken by a newer question is dropped.
const ADDRESS = ['run', 'on', 'off', 'tolerance', 'profile', 'threshold', 'variants', 'task', 'offset'];
const RESTS_MS = 140; // while a slider moves nothing is asked
const SLOW_MS = 350; // from which on it is said that the server is counting
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const all = root.querySelector('.wi-all');
const form = root.querySelector('.wi-form');
const status = root.querySelector('.in-status');
let turn = 0;
let timer = 0;
let countedFor = '';

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => ADDRESS.includes(key)));
const tell = (words) => { status.textContent = words; };

function remember(changes) {
  const params = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) value === '' || value === null ? params.delete(key) : params.set(key, value);
  history.replaceState(history.state, '', location.pathname + (String(params) ? `?${params}` : ''));
}

async function look(want) {
  clearTimeout(timer);
  const mine = ++turn;
  const slow = setTimeout(() => { root.setAttribute('aria-busy', 'true'); tell(T.counting); }, SLOW_MS);
  const answer = await server.whatif_view({ ...query(), want });
  clearTimeout(slow);
  if (mine !== turn) return;
  root.removeAttribute('aria-busy');
  tell('');
  if (!answer) await reloadIfRestarted();
  if (!answer || answer.error) return complain(answer ? answer.error : T.lost, () => look(want));
  apply(answer);
}
const soon = (want) => { clearTimeout(timer); timer = setTimeout(() => look(want), RESTS_MS); };

function complain(words, again) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: T.retry });
  button.addEventListener('click', again);
  status.replaceChildren(words + ' ', button);
}

function apply({ state, parts }) {
  for (const [name, html] of Object.entries(parts)) place(name, html);
  all.hidden = !!part('stage').textContent;
  if (state.run) remember({ run: state.run });
  mark();
  if (!all.hidden) count(state.run);
}

function place(name, html) {
  const target = part(name);
  if (name === 'versions' && isTypedIn(target)) return;
  redraw(target, html);
}

// Which switches stand otherwise than in the run; a published profile has none.
function mark() {
  const published = !!form.elements.profile?.value;
  form.querySelector('[data-switches]')?.toggleAttribute('inert', published);
  for (const box of form.querySelectorAll('.wi-switch input')) {
    const now = box.type === 'checkbox' ? String(Number(box.checked)) : String(Number(box.value.replace(',', '.')) || 0);
    box.closest('.wi-switch').classList.toggle('is-changed', now !== box.dataset.base);
  }
}

function switched() {
  const boxes = [...form.querySelectorAll('.wi-switch input[type="checkbox"]')];
  const turned = (on) => boxes.filter((box) => box.checked === on && String(Number(box.checked)) !== box.dataset.base).map((box) => box.name).join(',');
  const number = form.elements.tolerance;
  const value = Math.min(Number(number.max), Math.max(0, Number(number.value.replace(',', '.')) || 0));
  remember({ on: turned(true), off: turned(false), tolerance: value === Number(number.dataset.base) ? '' : value, profile: form.elements.profile.value, offset: '' });
  mark();
}

form.addEventListener('input', ({ target }) => {
  if (target.name === 'threshold') {
    const value = Number(target.value);
    root.querySelector('[data-line]').setAttribute('x1', value * 400);
    root.querySelector('[data-line]').setAttribute('x2', value * 400);
    root.querySelector('[data-threshold-shown]').textContent = value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2 });
    remember({ threshold: value, offset: '' });
    return soon(['result']);
  }
  if (target.name === 'variant') {
    const boxes = [...form.querySelectorAll('[name="variant"]')];
    const chosen = boxes.filter((box) => box.checked);
    if (!chosen.length) { target.checked = true; return; }
    remember({ variants: chosen.length === boxes.length ? '' : chosen.map((box) => box.value).join(','), offset: '' });
    return soon(['judge', 'result']);
  }
  switched();
  soon(['result']);
});
form.addEventListener('submit', (event) => event.preventDefault());

function reset() {
  remember(Object.fromEntries(ADDRESS.filter((key) => key !== 'run').map((key) => [key, ''])));
  look(['form', 'judge', 'result']).then(() => { countedFor = ''; count(query().run); });
}

// How many answers each switch turns: slower than the page, so it comes after it.
async function count(run) {
  const label = `${run} ${part('result').querySelector('code')?.textContent || ''}`;
  const places = [...form.querySelectorAll('[data-turns]')];
  if (!run || !places.length || (countedFor === label && places[0].textContent)) return;
  countedFor = label;
  const answer = await server.whatif_counts({ run });
  if (!answer || answer.error) return;
  for (const place of form.querySelectorAll('[data-turns]')) place.textContent = answer.counts[place.dataset.turns] ?? '';
}

root.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  const { act, task, offset, version } = button.dataset;
  if (act === 'reset') reset();
  if (act === 'keys') openKeys();
  if (act === 'close') keysDialog.close();
  if (act === 'refresh') look(['run', 'form', 'judge', 'result']);
  if (task !== undefined) { remember({ task: task === query().task ? '' : task, offset: '' }); look(['result']); }
  if (offset !== undefined) { remember({ offset: Number(offset) || '' }); look(['result']).then(() => part('result').querySelector('.wi-changed').scrollIntoView({ block: 'start' })); }
  if (version !== undefined) rescore(() => server.whatif_rescore({ run: query().run, name: version }));
});
root.addEventListener('change', ({ target }) => {
  if (target.name !== 'run') return;
  history.replaceState(history.state, '', `${location.pathname}?run=${encodeURIComponent(target.value)}`);
  look(['run', 'form', 'judge', 'result']);
});
root.addEventListener('submit', (event) => {
  if (!event.target.matches('.wi-keep')) return;
  event.preventDefault();
  const { name, rescore: also } = event.target.elements;
  const keep = () => server.whatif_keep({ ...query(), name: name.value, rescore: also.checked });
  rescore(keep, also.checked ? '' : T.kept, (words) => refused(event.target, name, words));
});
// What is wrong with a name is said beside it.
function refused(asked, name, words) {
  const alert = asked.querySelector('.st-alert');
  Object.assign(alert, { textContent: words, hidden: false });
  name.setAttribute('aria-invalid', 'true');
  name.select();
  alert.scrollIntoView({ block: 'nearest' });
}

// A run is scored anew in the background; the page looks again when it is over.
async function rescore(begin, done = '', refuse = null) {
  document.activeElement?.blur();
  const answer = await begin();
  if (answer?.error && refuse) return refuse(answer.error);
  if (!answer || answer.error) return complain(answer ? answer.error : T.lost, () => rescore(begin, done));
  const bar = part('versions').querySelector('progress');
  for (;;) {
    const state = await server.whatif_progress({ run: query().run });
    if (!state || state.error || !state.going) break;
    tell(T.rescoring);
    if (bar) Object.assign(bar, { hidden: false, max: state.total || 1, value: state.done });
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  if (!done) remember({ on: '', off: '', tolerance: '', profile: '', offset: '' });
  countedFor = '';
  await look(['run', 'form', 'judge', 'result']);
  if (done) tell(done);
}

listenForKeys(({ code, shiftKey }) => {
  const act = { KeyR: reset, KeyT: () => form.elements.threshold?.focus(), KeyS: () => form.querySelector('.wi-switch input')?.focus() }[code];
  if (!act || shiftKey) return false;
  act();
  return true;
});
window.addEventListener('popstate', () => look(['run', 'form', 'judge', 'result']));
look(['run', 'form', 'judge', 'result']);
