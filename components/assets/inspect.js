// Inspect. The address is the state: run, task, cell, category, label, draw, people, scores, where, sample. Every action
// asks the server for the parts of the page that it changes; an answer that was overtaken by a newer question is dropped.
const ADDRESS = ['run', 'task', 'cell', 'text', 'category', 'label', 'draw', 'people', 'scores', 'where', 'sample'];
const SEALED = 'studio-label-scores'; // this browser labels without the scores before its eyes
let opened = new Set(JSON.parse(recall('studio-inspect-open') || '[]'));

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => ADDRESS.includes(key)));
const filter = () => ({ run: state.run, task: state.task, cell: state.cell, text: state.text, category: state.category, label: state.label, draw: state.draw, where: state.where, people: state.people, scores: state.scores });

async function ask(data, want) {
  const answer = await server.inspect_view({ ...filter(), human: state.human, shown: state.offset, reviewer: reviewer(), ...data, want });
  if (!answer) await reloadIfRestarted();
  return answer || { error: T.lost };
}

function apply({ state: fresh, parts }, how) {
  const before = state.sample;
  state = { ...state, ...fresh };
  for (const [name, html] of Object.entries(parts)) place(name, html, how);
  root.querySelector('.in-all').hidden = !!part('stage').textContent;
  if (parts.stage) return;
  const query = new URLSearchParams(location.search);
  ADDRESS.forEach((key) => (state[key] || state[key] === 0 ? query.set(key, state[key]) : query.delete(key)));
  query.delete('number'); // what it led to stands in `sample`
  history.replaceState(history.state, '', `${location.pathname}?${query}`);
  mark();
  besideHere();
  if (state.note) tell(state.note);
  else if (before !== state.sample && how.step) tell(root.querySelector('.in-place')?.textContent || '', true);
  state.note = '';
  if (parts.card) afterCard(how);
  if (parts.card !== undefined) showLabels(state.labels);
  lookAhead();
}

// «+ прогон» leads to the same question.
function besideHere() {
  const link = part('run').querySelector('[data-beside]');
  if (!link || !state.sample) return;
  const address = new URL(link.href, location.href);
  address.searchParams.set('sample', state.sample);
  link.setAttribute('href', `${link.getAttribute('href').split('?')[0]}?${address.searchParams}`);
}

const OPTIONS = { categories: 'category', draws: 'draw' }; // parts that are the options of a select
function place(name, html, how) {
  if (OPTIONS[name]) {
    const select = part('filters').querySelector(`select[name="${OPTIONS[name]}"]`);
    if (select && select.innerHTML !== html) select.innerHTML = html;
    return;
  }
  const target = part(name);
  if (how.quiet && isTypedIn(target)) return;
  if (name === 'card' && how.sameCard && replaceHead(target, html)) return;
  const here = name === 'card' && document.activeElement?.matches('.in-card'); // a card that is drawn anew keeps the focus
  redraw(target, html);
  if (here) toCard();
}

// The same sample under another filter: only its place in the queue is new, a playing sound goes on.
function replaceHead(target, html) {
  const next = document.createElement('template');
  next.innerHTML = html;
  const card = next.content.querySelector('.in-card');
  const now = target.querySelector('.in-card');
  if (!card || !now || card.dataset.sample !== now.dataset.sample) return false;
  const [head, fresh] = [now.querySelector('.in-head'), card.querySelector('.in-head')];
  redraw(head, fresh.innerHTML);
  return true;
}

function mark() {
  for (const [name, value] of [...['task', 'cell', 'category', 'label', 'draw', 'people'].map((each) => [each, state[each]]), ['where', state.wrong ? state.typed : state.box]]) {
    const field = part('filters').querySelector(`[name="${name}"]`);
    if (field && field !== document.activeElement) field.value = value || '';
  }
  showWrong(state.wrong);
  const count = part('filters').querySelector('.in-count');
  if (count) count.textContent = state.wrong ? '' : state.found || '';
  root.querySelectorAll('[data-cell]').forEach((button) => {
    const task = button.dataset.task;
    const on = button.dataset.cell === state.cell && (button.dataset.label || '') === (state.label || '') && (task === undefined || task === (state.task || ''));
    button.setAttribute('aria-pressed', on);
  });
  const clear = part('filters').querySelector('[data-act="clear"]');
  if (clear) clear.hidden = !(state.task || state.cell || state.where || state.category || state.label || state.draw || state.wrong);
  const list = part('queue').querySelector('.in-list');
  if (!list) return;
  list.querySelectorAll('[aria-current]').forEach((row) => row.removeAttribute('aria-current'));
  const row = list.querySelector(`[data-sample="${state.sample}"]`);
  if (!row) return;
  row.setAttribute('aria-current', 'true');
  const [top, bottom] = [row.offsetTop - list.offsetTop, row.offsetTop - list.offsetTop + row.offsetHeight];
  if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 3;
}

const isNarrow = () => window.matchMedia('(max-width: 860px)').matches; // one column: the list stands above the card
function afterCard(how) {
  const main = part('card');
  equipMedia(main, T);
  showEvidence(main, state.run);
  main.querySelectorAll('details[data-details]').forEach((details) => {
    // What is open unless somebody shuts it (the lens) is remembered by that.
    const open = details.hasAttribute('open');
    const name = (open ? '-' : '') + details.dataset.details;
    details.open = opened.has(name) !== open;
    details.addEventListener('toggle', () => {
      details.open !== open ? opened.add(name) : opened.delete(name);
      keep('studio-inspect-open', JSON.stringify([...opened]));
    });
  });
  const top = main.getBoundingClientRect().top;
  if (how.reveal || (how.step && top < 0)) (isNarrow() ? main : root.querySelector('.in-work')).scrollIntoView({ block: 'start' });
}

function choose(change, how = {}) {
  Object.assign(state, change, { wrong: '' });
  const want = ['queue', 'card'];
  if ('task' in change) want.push('situation', 'categories');
  return go(change.draw ? {} : { keep: state.sample }, want, { sameCard: true, ...how });
}

// Labels of other reviewers: hidden until an own one, or shown.
function showPeople(people) {
  state.people = people;
  ahead.clear();
  return go({ sample: state.sample }, ['situation', 'queue', 'card'], {});
}

// Scores: told only beside an own label, or at once.
function sealScores(scores) {
  keep(SEALED, scores || null);
  state.scores = scores;
  ahead.clear();
  return go({ keep: state.sample }, ['situation', 'filters', 'queue', 'card'], {});
}

element.addEventListener('change', (event) => {
  const { name, value, checked } = event.target;
  if (name === 'run') {
    state = { run: value, scores: state.scores };
    go({}, ['run', 'situation', 'filters', 'queue', 'card']);
  } else if (name === 'task') choose({ task: value, category: '' });
  else if (['cell', 'category', 'label', 'draw'].includes(name)) choose({ [name]: value });
  else if (name === 'people') showPeople(value);
  else if (name === 'scores') sealScores(checked ? value : '');
});
element.addEventListener('submit', (event) => event.preventDefault());
element.addEventListener('keydown', (event) => {
  const { target } = event;
  if (target.name === 'number' && event.key === 'Enter') {
    event.preventDefault();
    const number = target.value.replace(/\D/g, '');
    if (number) go({ number }, ['queue', 'card'], { step: true }).then(toCard);
  } else if (target.name === 'where' && boxKey(event)) event.preventDefault();
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button || dialog.contains(button)) return;
  const data = button.dataset;
  if (data.verdict) give(data.verdict);
  else if (data.untag) removeTag(data.untag);
  else if (data.step) step(data.step);
  else if (data.cell) {
    const off = button.getAttribute('aria-pressed') === 'true';
    const change = { cell: off ? '' : data.cell, label: off ? '' : data.label || '' };
    if (data.task !== undefined && data.task !== (state.task || '')) Object.assign(change, { task: data.task, category: '' });
    choose(change, { reveal: true }).then(() => event.detail || toCard()); // by a key: on to the answer
  } else if (data.task !== undefined) choose({ task: data.task, category: '' });
  else if (data.sample) go({ sample: Number(data.sample) }, ['card'], { step: true });
  else if (data.offset) go({ keep: state.sample, offset: Number(data.offset) }, ['queue'], {});
  else if (data.where) {
    box().value = data.where;
    inWords(data.where);
  } else if (data.whole) whole(button);
  else acts[data.act]?.(button);
});

const acts = {
  ...labelActs,
  ...groupActs,
  keys: openKeys,
  close: () => keysDialog.close(),
  refresh: () => go({ sample: state.sample, redraw: true }, ['run', 'situation', 'queue', 'card'], {}),
  clear: () => {
    box().value = '';
    choose({ task: '', cell: '', text: '', category: '', label: '', draw: '', where: '' });
  },
  people: () => showPeople('all'),
  scores: () => sealScores(''),
  link: (button) => copy(location.href, button),
  copy: async (button) => {
    const raw = button.closest('.in-answer').querySelector('.in-raw');
    const more = raw?.querySelector('[data-whole]');
    if (more) await whole(more);
    copy(raw ? raw.textContent : '', button);
  },
};

async function whole(button) {
  const holder = button.parentElement;
  button.disabled = true;
  const answer = (await server.inspect_whole({ run: state.run, sample: state.sample, part: button.dataset.whole })) || { error: T.lost };
  button.disabled = false;
  if (answer.error) tell(answer.error);
  else holder.innerHTML = answer.html;
}

const STEPS = { ArrowLeft: 'previous', KeyK: 'previous', ArrowRight: 'next', KeyJ: 'next' };
function ownKey(event) {
  if (mediaKey(event, part('card'))) return true;
  if (event.shiftKey) return false;
  const act = STEPS[event.code] ? () => step(STEPS[event.code]) : { Slash: toFilter, KeyC: toCells, KeyR: toDraw, KeyV: openGroups }[event.code];
  if (!act) return labelKey(event);
  act();
  return true;
}
listenForKeys(ownKey);

// Where keys lead.
function toCells() {
  situation.open = true;
  (part('situation').querySelector('[data-cell][aria-pressed="true"]') || part('situation').querySelector('[data-cell]'))?.focus();
}
function toDraw() {
  situation.open = true;
  part('situation').querySelector('.lab-draw [name="size"]')?.select();
}
zoomable(root, dialog, T);

const situation = root.querySelector('.in-situation');
situation.open = recall('studio-inspect-table') !== 'closed';
situation.addEventListener('toggle', () => keep('studio-inspect-table', situation.open ? null : 'closed'));

// A run that goes on changes its table: look again now and then, only while somebody looks at the page.
const clock = setInterval(() => {
  if (!element.isConnected) return clearInterval(clock);
  if (state.live && !document.hidden && !root.hasAttribute('aria-busy')) {
    const turn = asked;
    const waiting = root.querySelector('.in-say-pending') ? ['queue', 'card'] : []; // its answer may have come
    ask({ keep: state.sample, offset: state.offset }, ['run', 'situation', ...waiting]).then((answer) => {
      if (turn === asked && !answer.error) apply({ state: { live: answer.state.live }, parts: answer.parts }, { quiet: true });
    });
  }
}, 5000);

state = { scores: recall(SEALED), ...query() };
const typed = new URLSearchParams(location.search).get('number'); // of the list, as a person writes it
go(typed && !state.sample ? { ...state, number: typed } : state, ['run', 'situation', 'filters', 'queue', 'card'], { reveal: !!state.sample || !!typed });
adopt();
