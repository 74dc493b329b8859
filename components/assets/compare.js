// Runs side by side. The address is the state: runs, base, mark, where, people, task, only, diff, sample. Every action asks the server
// for the parts of the page that it changes; an answer that was overtaken by a newer question is dropped.
const ADDRESS = ['runs', 'base', 'mark', 'where', 'people', 'task', 'only', 'diff', 'sample'];
const USUAL = { mark: 'em', diff: '1' }; // what the address need not say
const ALL = ['runs', 'table', 'filters', 'card'];
const query = () => {
  const found = Object.fromEntries(new URLSearchParams(location.search));
  if (!found.runs && found.run) found.runs = found.run;
  return Object.fromEntries(ADDRESS.map((key) => [key, found[key] || '']));
};
const chosen = () => Object.fromEntries(['runs', 'base', 'mark', 'where', 'people', 'task', 'only', 'diff'].map((key) => [key, state[key] || '']));

async function ask(data, want) {
  const answer = await server.compare_view({ ...chosen(), reviewer: reviewer(), ...data, want });
  if (!answer) await reloadIfRestarted();
  return answer || { error: T.lost };
}

function apply({ state: fresh, parts }, how) {
  state = { ...state, ...fresh };
  for (const [name, html] of Object.entries(parts)) redraw(part(name), html);
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

// Other questions of the same runs; one stays where one is if the choice keeps it.
function choose(change, how = {}) {
  Object.assign(state, change);
  return go({ keep: state.sample }, ['filters', 'card'], how);
}
function choose_runs(runs) {
  Object.assign(state, { runs: runs.join(','), base: runs.includes(state.base) || state.base === 'all' ? state.base : '', only: '' });
  go({ keep: state.sample }, ALL, { history: 'pushState' });
}
// A filter narrows the table and the questions; of so many answers only a whole one is asked for.
const completions = (typed) => server.compare_complete({ ...typed, run: runs()[0], reviewer: reviewer(), people: state.people });
const typedSoFar = () => {};
const boxLeft = () => {};
function inWords(where) {
  offersDone();
  if (where.trim() === state.where) return Promise.resolve();
  state.where = where.trim();
  return go({ keep: state.sample }, ALL, { history: 'pushState' });
}
element.addEventListener('keydown', (event) => {
  if (event.target.name === 'where' && boxKey(event)) event.preventDefault();
});
const runs = () => (state.runs || '').split(',').filter(Boolean);

element.addEventListener('change', ({ target: { name, value } }) => {
  if (name === 'add' && value) choose_runs([...runs(), value]);
  else if (name === 'base') {
    state.base = value;
    go({ keep: state.sample }, ['runs', 'table']);
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
  keys: openKeys,
  close: () => keysDialog.close(),
  tasks: (button) => button.setAttribute('aria-expanded', part('table').classList.toggle('cp-open')),
  clear: () => {
    Object.assign(state, { task: '', only: '', where: '' });
    go({ keep: state.sample }, ALL);
  },
  link: (button) => copy(location.href, button),
  people: () => { state.people = 'all'; go({ keep: state.sample }, ALL); },
  differ: () => choose({ only: state.only ? '' : 'em' }),
  diff: () => { state.diff = DIFFS[state.diff] || '1'; go({ sample: state.sample }, ['filters', 'card']); },
};

// By the place of a key, not by its letter: the same under a Russian layout.
const STEPS = { ArrowLeft: 'previous', KeyK: 'previous', ArrowRight: 'next', KeyJ: 'next' };
listenForKeys((event) => {
  if (event.shiftKey || root.querySelector('.cp-all').hidden) return false;
  const act = STEPS[event.code] ? () => step(STEPS[event.code]) : { KeyE: acts.differ, KeyD: acts.diff, Slash: toFilter }[event.code];
  act?.();
  return Boolean(act);
});
window.addEventListener('popstate', function back() {
  if (!element.isConnected) return window.removeEventListener('popstate', back);
  state = { ...query() };
  go({ sample: state.sample }, ALL);
});
zoomable(root, dialog, T);

state = query();
go(state.sample ? { sample: state.sample } : {}, ALL, { reveal: !!(state.sample || location.hash === '#questions') });
