// The leaderboard. The address is the state: what is asked of the server, and how the table is sorted. The server
// answers with markup; rows are sorted here, by the numbers that cells carry.
const ASKED = ['suite', 'weighting', 'metric', 'public', 'published', 'people', 'runs'];
const USUAL = { weighting: 'formula', metric: 'final' };
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('.lb-status');
const dialog = root.querySelector('dialog');
let turn = 0;

const address = () => Object.fromEntries(new URLSearchParams(location.search));
function say(change) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(change)) (value ? query.set(key, value) : query.delete(key));
  const text = query.toString();
  history.replaceState(history.state, '', location.pathname + (text ? `?${text}` : ''));
}

async function show() {
  const now = ++turn;
  const asked = Object.fromEntries(Object.entries(address()).filter(([key]) => ASKED.includes(key)));
  const busy = setTimeout(() => root.setAttribute('aria-busy', 'true'), 160);
  const answer = await server.leaderboard_view(asked);
  clearTimeout(busy);
  if (now !== turn) return;
  root.removeAttribute('aria-busy');
  if (!answer) await reloadIfRestarted();
  if (!answer || answer.error) return complain(answer ? answer.error : T.lost);
  status.replaceChildren();
  const { activeElement } = document;
  const focused = part('switches').contains(activeElement) && [activeElement.name, activeElement.value];
  const frame = part('table').querySelector('.lb-scroll');
  const place = frame && [frame.scrollLeft, frame.scrollTop];
  for (const [name, html] of Object.entries(answer.parts)) {
    part(name).innerHTML = html;
    part(name).hidden = name === 'notes' || !html;
  }
  watchEdges();
  if (place) part('table').querySelector('.lb-scroll')?.scrollTo(...place);
  if (focused) [...part('switches').elements].find((field) => field.name === focused[0]
    && (field.type === 'checkbox' || field.value === focused[1]))?.focus();
  sort();
  gap(asked);
}

// People beside the best model come by themselves: the table does not wait for them.
let gapTurn = 0;
async function gap(asked) {
  const now = ++gapTurn;
  const answer = asked.people === 'off' ? { parts: { gap: '' } } : await server.leaderboard_gap({ ...asked, by: address().by });
  if (now !== gapTurn || !answer || answer.error) return;
  const held = part('gap').contains(document.activeElement) && document.activeElement.dataset.by;
  part('gap').innerHTML = answer.parts.gap;
  part('gap').hidden = !answer.parts.gap;
  if (held) part('gap').querySelector(`[data-by="${held}"]`)?.focus();
}

// Where more of the table is hidden its frame says so: data-left, data-right; leaderboard.css draws the shades.
function watchEdges() {
  const scroll = part('table').querySelector('.lb-scroll');
  if (!scroll) return;
  const tell = () => {
    const hidden = scroll.scrollWidth - scroll.clientWidth;
    const { dataset } = scroll.parentElement;
    dataset.wide = hidden > 1;
    dataset.left = scroll.scrollLeft > 1;
    dataset.right = scroll.scrollLeft < hidden - 1;
  };
  scroll.addEventListener('scroll', tell, { passive: true });
  new ResizeObserver(tell).observe(scroll);
}

function complain(words) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'st-btn st-btn--small';
  button.textContent = T.retry;
  button.addEventListener('click', show);
  status.replaceChildren(words + ' ', button);
}

// Empty cells stay at the end both ways; equal ones keep the order of the server, which is by total.
function sort() {
  const table = part('table').querySelector('table');
  if (!table) return;
  const { sort: key, dir } = address();
  const heads = [...table.querySelectorAll('thead th[data-key]')];
  const at = heads.findIndex((head) => head.dataset.key === key);
  heads.forEach((head, i) => head.setAttribute('aria-sort', i !== at ? 'none' : dir === 'asc' ? 'ascending' : 'descending'));
  const shown = at >= 0 ? at : heads.findIndex((head) => head.dataset.key === 'total');
  if (at < 0 && shown >= 0) heads[shown].setAttribute('aria-sort', 'descending');
  const sign = dir === 'asc' ? 1 : -1;
  table.querySelectorAll('tbody').forEach((body) => {
    const rows = [...body.rows];
    rows.forEach((row, i) => { row.dataset.place ??= i; });
    rows.sort((a, b) => {
      const [x, y] = [a, b].map((row) => (at >= 0 ? row.cells[at].dataset.v : ''));
      const order = a.dataset.place - b.dataset.place;
      if (x === y) return order;
      if (x === '' || y === '') return x === '' ? 1 : -1;
      return sign * (heads[at].dataset.key === 'name' ? x.localeCompare(y) : x - y) || order;
    });
    body.append(...rows);
  });
}

function pick(run, on) {
  const runs = (address().runs || '').split(',').filter((name) => name && name !== run);
  say({ runs: (on ? [...runs, run] : runs).join(',') });
  dialog.close();
  show();
}

element.addEventListener('change', ({ target }) => {
  const { name, value, type, checked } = target;
  if (!ASKED.includes(name)) return;
  if (type === 'checkbox') say({ [name]: checked ? '' : 'off' });
  else say({ [name]: USUAL[name] === value ? '' : value, ...(name === 'suite' ? { sort: '', dir: '' } : {}) });
  show();
});
element.addEventListener('submit', (event) => event.preventDefault());
element.addEventListener('click', (event) => {
  const at = (name) => event.target.closest(`[data-${name}]`)?.dataset[name];
  if (event.target === dialog || event.target.closest('[data-shut]')) return dialog.close();
  if (at('take')) return pick(at('take'), true);
  if (at('untake')) return pick(at('untake'), false);
  if (at('suite')) { say({ suite: at('suite') }); return show(); }
  if (at('by')) {
    say({ by: at('by') === 'task' ? '' : at('by') });
    return gap(Object.fromEntries(Object.entries(address()).filter(([key]) => ASKED.includes(key))));
  }
  if (at('sort')) {
    const now = address();
    const shown = now.sort || 'total';
    const first = at('sort') === 'name' ? 'asc' : '';
    const next = shown !== at('sort') ? first : (now.dir || '') === 'asc' ? '' : 'asc';
    say({ sort: at('sort'), dir: next });
    return sort();
  }
  if (at('open')) return open(event.target.closest('[data-open]'));
  if (event.target.closest('[data-below]')) return below();
});

// To people beside the best model; the heading takes the focus, so that a screen reader goes along.
function below() {
  const title = part('gap').querySelector('h2');
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function open(button) {
  const note = part('notes').querySelector(`template[data-note="${CSS.escape(button.dataset.open)}"]`);
  dialog.querySelector('h2').textContent = note.dataset.title;
  dialog.querySelector('.lb-say').textContent = button.dataset.say || '';
  dialog.querySelector('.lb-more').textContent = button.dataset.more || '';
  dialog.querySelector('[data-part="note"]').replaceChildren(note.content.cloneNode(true));
  dialog.showModal();
}

show();
