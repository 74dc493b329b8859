// Runs side by side. The address is the state: runs, base, mark, where, task, only, diff, sample. Every action asks the server
// for the parts of the page that it changes; an answer that was overtaken by a newer question is dropped.
const ADDRESS = ['runs', 'base', 'mark', 'where', 'task', 'only', 'diff', 'sample'];
const USUAL = { mark: 'em', diff: '1' }; // what the address need not say
const ALL = ['runs', 'table', 'filters', 'card'];
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('.in-status');
const dialog = root.querySelector('.in-zoom');
const keysDialog = root.querySelector('.an-keys');
let state = {};
let asked = 0;
let ahead = new Map(); // samples asked for before they are needed: id -> promise of an answer

const query = () => {
  const found = Object.fromEntries(new URLSearchParams(location.search));
  if (!found.runs && found.run) found.runs = found.run;
  return Object.fromEntries(ADDRESS.map((key) => [key, found[key] || '']));
};
const chosen = () => Object.fromEntries(['runs', 'base', 'mark', 'where', 'task', 'only', 'diff'].map((key) => [key, state[key] || '']));

async function ask(data, want) {
  const answer = await server.compare_view({ ...chosen(), ...data, want });
  if (!answer) await reloadIfRestarted();
  return answer || { error: T.lost };
}

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

function tell(words) {
  status.textContent = words;
  setTimeout(() => { if (status.textContent === words) status.textContent = ''; }, 4000);
}
function complain(words, again) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = T.retry;
  button.addEventListener('click', again);
  status.replaceChildren(words + ' ', button);
}

function apply({ state: fresh, parts }, how) {
  state = { ...state, ...fresh };
  for (const [name, html] of Object.entries(parts)) place(name, html);
  root.querySelector('.cp-all').hidden = !!part('stage').textContent;
  remember(how.step ? 'replaceState' : how.history || 'replaceState');
  if (state.note) { tell(state.note); state.note = ''; }
  if (parts.card) {
    equipMedia(part('card'), T);
    if (how.reveal) root.querySelector('#questions').scrollIntoView({ block: 'start' });
    else if (how.step && part('card').getBoundingClientRect().top < 0) part('card').scrollIntoView({ block: 'start' });
  }
  lookAhead();
}

function place(name, html) {
  const target = part(name);
  const active = target.contains(document.activeElement) ? document.activeElement : null;
  const again = active && (active.name ? `[name="${active.name}"]` : ['step', 'only', 'mark'].filter((key) => key in active.dataset)
    .map((key) => `[data-${key}="${active.dataset[key]}"]:not([disabled])`)[0]);
  target.innerHTML = html;
  if (again) target.querySelector(again)?.focus({ preventScroll: true });
}

function remember(way) {
  const found = new URLSearchParams(location.search);
  found.delete('run');
  ADDRESS.forEach((key) => {
    const value = state[key];
    value === '' || value === null || value === undefined || value === USUAL[key] ? found.delete(key) : found.set(key, value);
  });
  const address = `${location.pathname}?${found}`;
  if (address !== location.pathname + location.search) history[way](history.state, '', address);
}

// The next question is asked for while this one is read, its media too: a step then costs no waiting.
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
  return go({ sample: target }, ['card'], { step: true, promise: ahead.get(target), peeked: true });
}

// Other questions of the same runs; one stays where one is if the choice keeps it.
function choose(change, how = {}) {
  Object.assign(state, change);
  return go({ keep: state.sample }, ['filters', 'card'], how);
}
function choose_runs(runs) {
  Object.assign(state, { runs: runs.join(','), base: runs.includes(state.base) || state.base === 'all' ? state.base : '', only: '' });
  go({ keep: state.sample }, ALL, { history: 'pushState' });
}
const runs = () => (state.runs || '').split(',').filter(Boolean);

element.addEventListener('change', ({ target: { name, value } }) => {
  if (name === 'add' && value) choose_runs([...runs(), value]);
  else if (name === 'base') {
    state.base = value;
    go({ keep: state.sample }, ['runs', 'table']);
  } else if (name === 'where') {
    state.where = value.trim();
    go({ keep: state.sample }, ALL, { history: 'pushState' });
  } else if (name === 'task') choose({ task: value });
  else if (name === 'diff') {
    state.diff = value;
    go({ sample: state.sample }, ['filters', 'card']);
  }
});

element.addEventListener('click', (event) => {
  const door = event.target.closest('a[data-go]');
  if (door && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    return through(new URL(door.href, location.href));
  }
  const button = event.target.closest('button');
  if (!button || dialog.contains(button)) return;
  const data = button.dataset;
  if (data.step) step(data.step);
  else if (data.only !== undefined) choose({ only: data.only });
  else if (data.mark) {
    state.mark = data.mark;
    go({ sample: state.sample }, ['table']);
  } else if (data.remove) choose_runs(runs().filter((run) => run !== data.remove));
  else acts[data.act]?.(button);
});

// A number of the table: the questions behind it.
function through(address) {
  const asked = Object.fromEntries(address.searchParams);
  if ((asked.runs || '') !== state.runs) return choose_runs((asked.runs || '').split(','));
  Object.assign(state, { task: asked.task || '', only: asked.only || '' });
  go({}, ['filters', 'card'], { reveal: true, history: 'pushState' });
}

const DIFFS = { 1: 'gold', gold: 'none', none: '1' };
const acts = {
  keys: () => keysDialog.showModal(),
  close: () => keysDialog.close(),
  tasks: (button) => button.setAttribute('aria-expanded', part('table').classList.toggle('cp-open')),
  clear: () => {
    Object.assign(state, { task: '', only: '', where: '' });
    go({ keep: state.sample }, ALL);
  },
  link: (button) => copy(location.href, button),
  differ: () => choose({ only: state.only ? '' : 'em' }),
  diff: () => { state.diff = DIFFS[state.diff] || '1'; go({ sample: state.sample }, ['filters', 'card']); },
};

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no clipboard outside a secure context: the old way
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    button.focus();
  }
  const label = button.textContent;
  button.textContent = T.copied;
  setTimeout(() => { button.textContent = label; }, 1500);
}

// By the place of a key, not by its letter: the same under a Russian layout.
const STEPS = { ArrowLeft: 'previous', KeyK: 'previous', ArrowRight: 'next', KeyJ: 'next' };
function onKey(event) {
  if (!element.isConnected) return document.removeEventListener('keydown', onKey);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || keysDialog.open) return;
  if (isTyping(event.target) || /^(audio|video)$/i.test(event.target.tagName)) return;
  if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) { event.preventDefault(); return acts.keys(); }
  if (event.shiftKey || root.querySelector('.cp-all').hidden) return;
  if (STEPS[event.code]) {
    if (event.target.closest?.('.cp-scroll') && event.code.startsWith('Arrow')) return; // it scrolls the table
    event.preventDefault();
    step(STEPS[event.code]);
  } else if (event.code === 'KeyE') acts.differ();
  else if (event.code === 'KeyD') acts.diff();
}
document.addEventListener('keydown', onKey);
window.addEventListener('popstate', function back() {
  if (!element.isConnected) return window.removeEventListener('popstate', back);
  state = { ...query() };
  go({ sample: state.sample }, ALL);
});
zoomable(root, dialog, T);

state = query();
go(state.sample ? { sample: state.sample } : {}, ALL, { reveal: !!(state.sample || location.hash === '#questions') });
