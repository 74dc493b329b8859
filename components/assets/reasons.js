// Reasons. The address is the state: the run, the grouping, the group that is open and the place in it. What a person
// does to the groups is sent at once and told back in words; a grouping goes on in the background and is asked after.
const ADDRESS = ['run', 'book', 'group', 'offset'];
const REVIEWER = 'studio-reviewer';
const AGAIN_MS = 700;
const TOLD_MS = 8000;
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('[data-status]');
const ask = root.querySelector('.gp-ask');
const bar = root.querySelector('.gp-picked');
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const reviewer = () => { try { return (localStorage.getItem(REVIEWER) || '').trim(); } catch { return ''; } };
const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => ADDRESS.includes(key)));
// What was done is read where one looks, and goes; what goes on, or is wrong with the connection, stays.
function tell(words) {
  status.textContent = words;
  if (words && ![T.working, T.lost].includes(words)) setTimeout(() => { if (status.textContent === words) status.textContent = ''; }, TOLD_MS);
}
let turn = 0;
let timer = 0;
let told = { groups: [], runs: [], book: 0, may: false };
let answerOfAsk = null;
let lastEdited = '';
const picked = new Set();
const pictures = new Map();

function address(next, push) {
  const params = new URLSearchParams(location.search);
  for (const name of ADDRESS) next[name] ? params.set(name, next[name]) : params.delete(name);
  const there = location.pathname + (String(params) ? `?${params}` : '');
  history[push ? 'pushState' : 'replaceState'](history.state, '', there);
}

async function look({ reveal = false, said = '' } = {}) {
  clearTimeout(timer);
  const mine = ++turn;
  const busy = setTimeout(() => { root.setAttribute('aria-busy', 'true'); tell(T.working); }, 300);
  const answer = await server.reasons_look({ ...query(), reviewer: reviewer() });
  clearTimeout(busy);
  if (mine !== turn || !element.isConnected) return;
  root.removeAttribute('aria-busy');
  if (!answer) {
    await reloadIfRestarted();
    tell(T.lost);
    timer = setTimeout(look, 4 * AGAIN_MS);
    return;
  }
  if (answer.error) { part('body').replaceChildren(refusal(answer.error)); return tell(''); }
  apply(answer, reveal);
  tell(said || answer.said || '');
}

function apply(answer, reveal) {
  const held = remembered();
  for (const [name, html] of Object.entries(answer.parts)) place(name, html);
  if (!answer.state) return;
  told = { groups: answer.groups || [], runs: answer.runs || [], book: answer.book || 0, may: !!answer.may };
  address({ ...answer.state, offset: answer.state.group ? query().offset : '' }, false);
  mark();
  show();
  if (reveal && answer.state.group) go(card(answer.state.group), true);
  else back(held);
  if (answer.going) watch();
}

function place(name, html) {
  const target = part(name);
  if (!target || target.dataset.shown === html) return;
  const open = target.querySelector('.gp-again')?.open;
  redraw(target, html);
  target.dataset.shown = html;
  if (open) target.querySelector('.gp-again')?.setAttribute('open', '');
}

// The card that has the keyboard keeps it when the page is drawn anew.
const remembered = () => document.activeElement?.closest?.('.gp-card')?.dataset.group;
function back(group) {
  if (group && (document.activeElement === document.body || !document.activeElement)) card(group)?.focus({ preventScroll: true });
}
const card = (group) => root.querySelector(`.gp-card[data-group="${group}"]`);
function go(target, top = false) {
  if (!target) return;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: top ? 'start' : 'nearest' });
}
const current = () => document.activeElement?.closest?.('.gp-card');
// The link of a group that has the keyboard opens it.
addressHere = () => {
  const [there, group] = [new URL(location.href), remembered()];
  if (group && group !== query().group) {
    there.searchParams.set('group', group);
    there.searchParams.delete('offset');
  }
  return there.href;
};

/* Pictures come after the page: it does not wait for files */
async function show() {
  const places = [...root.querySelectorAll('[data-thumb]')];
  const wanted = [...new Set(places.map((each) => each.dataset.thumb))].filter((each) => !pictures.has(each)).slice(0, 100);
  if (wanted.length) {
    const answer = await server.reasons_pictures({ answers: wanted.map(pair) });
    if (!answer || answer.error) return;
    for (const each of wanted) pictures.set(each, answer.pictures[each] || '');
  }
  for (const each of root.querySelectorAll('[data-thumb]')) {
    const html = pictures.get(each.dataset.thumb) || '';
    if (each.innerHTML !== html) each.innerHTML = html;
  }
}
function pair(text) {
  const cut = text.lastIndexOf(':');
  return [text.slice(0, cut), Number(text.slice(cut + 1))];
}

/* A grouping in the background */
function watch() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const answer = await server.reasons_state({ runs: told.watched || told.runs });
    if (!element.isConnected) return;
    if (!answer) { await reloadIfRestarted(); return watch(); }
    if (answer.error) return tell(answer.error);
    place('job', answer.job);
    if (answer.going) return watch();
    delete told.watched;
    if (answer.kept) { address({ run: query().run, book: String(answer.kept) }, false); look({ said: T.done }); }
  }, AGAIN_MS);
}
root.addEventListener('submit', async (event) => {
  if (!event.target.matches('.gp-form')) return;
  event.preventDefault();
  const form = event.target;
  const data = new FormData(form);
  const button = form.querySelector('button');
  const alert = form.querySelector('.st-alert');
  button.disabled = true;
  alert.hidden = true;
  const answer = await server.reasons_group({ runs: data.getAll('runs'), where: data.get('where').trim(), most: data.get('most'), embed: data.get('embed') || '', reviewer: reviewer() });
  button.disabled = false;
  if (!answer || answer.error) return Object.assign(alert, { textContent: answer ? answer.error : T.lost, hidden: false });
  root.querySelector('.gp-again')?.removeAttribute('open');
  place('job', answer.job);
  part('job').scrollIntoView({ block: 'nearest' });
  told.watched = answer.runs;
  watch();
});

/* Editing */
async function edit(data, group = '') {
  const answer = await server.reasons_edit({ ...data, book: told.book, reviewer: reviewer(), client_id: uid() });
  if (!answer) { await reloadIfRestarted(); tell(T.lost); return T.lost; }
  if (answer.error) { tell(answer.error); return answer.error; }
  if (['move', 'make'].includes(data.action)) picked.clear();
  if (query().group && data.action !== 'rename' && String(data.group) === query().group && data.action !== 'move') address({ ...query(), group: '', offset: '' }, false);
  await look({ said: answer.said });
  lastEdited = group || answer.group || '';
  go(card(lastEdited));
  return '';
}
const titleOf = (group) => (told.groups.find(([number]) => String(number) === String(group)) || [0, ''])[1];

// One dialog asks for a name or for another group; `act` gets the answer and says what is wrong with it.
function question(title, hint, { name, without }, act) {
  ask.querySelector('h2').textContent = title;
  ask.querySelector('[data-ask-hint]').textContent = hint;
  const [field, select, alert] = [ask.querySelector('input'), ask.querySelector('select'), ask.querySelector('.st-alert')];
  alert.hidden = true;
  field.closest('label').hidden = name === undefined;
  select.closest('label').hidden = name !== undefined;
  field.value = name ?? '';
  select.replaceChildren(...told.groups.filter(([number]) => String(number) !== String(without)).map(([number, text]) => new Option(text, number)));
  answerOfAsk = act;
  ask.showModal();
  (name === undefined ? select : field).focus();
  field.select();
}
ask.addEventListener('submit', async (event) => {
  event.preventDefault();
  const words = await answerOfAsk(ask.querySelector('input').value.trim(), ask.querySelector('select').value);
  if (!words) { ask.close(); return go(card(lastEdited)); } // behind an open dialog nothing takes the keyboard
  Object.assign(ask.querySelector('.st-alert'), { textContent: words, hidden: false });
});

const answers = () => [...picked].map(pair);
const acts = {
  open: (group) => { address({ ...query(), group: query().group === group ? '' : group, offset: '' }, true); look({ reveal: true }).then(() => go(card(group), true)); },
  rename: (group) => question(fill(T.rename, { group: titleOf(group) }), T['rename.hint'], { name: titleOf(group) }, (name) => edit({ action: 'rename', group: Number(group), name }, group)),
  merge: (group) => question(fill(T.merge, { group: titleOf(group) }), T['merge.hint'], { without: group }, (_, into) => edit({ action: 'merge', group: Number(into), other: Number(group) }, into)),
  remove: (group) => { const after = card(group)?.nextElementSibling?.dataset.group; edit({ action: 'remove', group: Number(group) }, after); },
  move: () => (picked.size ? question(fill(T.move, { n: picked.size }), '', {}, (_, into) => edit({ action: 'move', group: Number(into), answers: answers() }, into)) : tell(T.nothing)),
  make: () => question(fill(T.make, { n: picked.size }), '', { name: '' }, (name) => edit({ action: 'make', name, answers: answers() })),
  again: () => root.querySelector('.gp-form')?.requestSubmit(),
  stop: async () => {
    const answer = await server.reasons_stop({ runs: told.watched || told.runs });
    if (!answer || answer.error) tell(answer ? answer.error : T.lost);
  },
  undo: () => edit({ action: 'undo' }, remembered()),
  unpick: () => { picked.clear(); mark(); },
  cancel: () => ask.close(),
  keys: openKeys,
  close: () => keysDialog.close(),
  refresh: () => look(),
};
const READING = ['open', 'cancel', 'keys', 'close', 'refresh', 'stop']; // a grouping's stop is there for who may
function act(name, group) {
  if (!acts[name] || (!told.may && !READING.includes(name))) return false;
  if (['open', 'rename', 'merge', 'remove'].includes(name) && !group) return false;
  acts[name](group);
  return true;
}

/* Choosing answers */
function mark() {
  for (const box of root.querySelectorAll('[data-pick]')) box.checked = picked.has(box.dataset.pick);
  bar.hidden = !picked.size;
  bar.querySelector('[data-picked]').textContent = fill(T.picked, { n: picked.size });
}
function pickAll(from) {
  const boxes = [...(from?.querySelectorAll('[data-pick]') || [])];
  const all = boxes.every((box) => picked.has(box.dataset.pick));
  for (const box of boxes) all ? picked.delete(box.dataset.pick) : picked.add(box.dataset.pick);
  mark();
}

root.addEventListener('change', ({ target }) => {
  if (target.matches('[data-pick]')) { target.checked ? picked.add(target.dataset.pick) : picked.delete(target.dataset.pick); mark(); }
  if (target.matches('.in-run select')) { picked.clear(); address({ run: target.value }, true); look(); }
});
root.addEventListener('click', (event) => {
  const { target } = event;
  const button = target.closest('[data-act], [data-offset]');
  if (button?.dataset.offset !== undefined) { address({ ...query(), offset: button.dataset.offset === '0' ? '' : button.dataset.offset }, true); return void look({ reveal: true }); }
  if (button) return void act(button.dataset.act, button.closest('.gp-card')?.dataset.group);
  const anchor = target.closest('a[href^="#group-"]');
  if (anchor) { event.preventDefault(); go(card(anchor.hash.slice(7)), true); }
});

// The failures as the form has them; where they are grouped already, the form for another choice.
function group() {
  const form = root.querySelector('.gp-form');
  const fold = form?.closest('details');
  if (!form) return false;
  if (!fold) form.requestSubmit();
  else { fold.open = true; form.querySelector('button').focus(); }
  return true;
}

const BY_KEY = { KeyO: 'open', KeyR: 'rename', KeyM: 'merge', Delete: 'remove', KeyV: 'move', KeyN: 'make', KeyZ: 'undo' };
listenForKeys(({ code, repeat, shiftKey }) => {
  const cards = [...root.querySelectorAll('.gp-card')];
  const here = current();
  const step = { KeyJ: 1, KeyK: -1 }[code];
  if (shiftKey) return false;
  if (step && cards.length) {
    const place = cards.indexOf(here);
    go(cards[place < 0 ? (step > 0 ? 0 : cards.length - 1) : Math.min(cards.length - 1, Math.max(0, place + step))]);
    return true;
  }
  if (code === 'KeyG' && !repeat) return group();
  if (code === 'KeyX' && told.may && here) { pickAll(here); return true; }
  return !repeat && Boolean(BY_KEY[code]) && act(BY_KEY[code], here?.dataset.group);
});
window.addEventListener('popstate', () => look({ reveal: true }));
look({ reveal: true });
