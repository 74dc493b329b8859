// Organise: a lead's projects. What is looked at stands in the address; while a project is open its board asks again.
const NAMES = ['project', 'tab', 'new', 'item', 'show', 'stratum', 'answers', 'offset', 'person', 'kind', 'method', 'threshold'];
const AGAIN_MS = 4000;
const dialog = root.querySelector('[data-dialog]');
const tell = (words) => { status.textContent = ''; requestAnimationFrame(() => { status.textContent = words; }); };
let seen = null; // the number of the last record that the board on the screen knows
let shownAt = '';
let quick = true; // the board's quick parts first: a large project is seen at once

const answered = (asked) => {
  const here = JSON.stringify(asked);
  if (here !== shownAt) { seen = null; quick = true; }
  return server.organise_look({ ...asked, seen, quick });
};
const inUse = () => isTypedIn(root);

function arrived(answer) {
  const here = JSON.stringify(query());
  const moved = here !== shownAt;
  shownAt = here;
  if (!answer.same) {
    seen = answer.quick ? null : answer.seen ?? null;
  }
  root.querySelectorAll('.og-map:not([data-drawn])').forEach(drawMap);
  equipMedia(part('body'), T);
  const fresh = root.querySelector('form[data-form="make"]');
  if (fresh) beginNew(fresh);
  root.querySelectorAll('textarea[data-draft]').forEach(beginWriting);
  showNewLink();
  checkChain();
  if (moved) {
    const tab = root.querySelector('.og-tabs [aria-current]');
    if (tab) centre(tab);
  }
  document.body.toggleAttribute('data-inside', Boolean(query().project || query().new));
  if (answer.quick && part('speed')) { quick = false; look(); }
}

async function checkChain() {
  const place = root.querySelector('[data-chain]:not([data-asked])');
  if (!place) return;
  place.dataset.asked = '1';
  const answer = await server.organise_chain(query());
  if (answer && place.isConnected) answer.html ? place.innerHTML = answer.html : place.textContent = answer.error || '';
}

// The address changes, the page with it. What is not said goes on as it is.
function go(next, push = true) {
  const now = query();
  address({ ...now, ...next }, push);
  return look();
}
function follow(link) {
  const there = new URL(link.href);
  history.pushState(history.state, '', `${location.pathname}${there.search}`);
  look().then(() => document.getElementById('st-main')?.scrollIntoView({ block: 'start' }));
}

async function act(name, data = {}, refused = root.querySelector('[data-refused]')) {
  if (refused) refused.hidden = true;
  const answer = await server[`organise_${name}`]({ ...query(), ...data });
  const words = !answer ? T.lost : answer.error || answer.words;
  if (words) {
    if (!answer) await reloadIfRestarted();
    if (refused) Object.assign(refused, { textContent: words, hidden: false });
    tell(words);
    return null;
  }
  seen = null;
  await look();
  if (answer.said) tell(answer.said);
  return answer;
}

/* Forms */
const FORMS = {
  async make(form) {
    const answer = await submitted(form, 'make');
    if (!answer) return;
    hold(NEW_DRAFT, null);
    const there = new URL(answer.address, document.baseURI);
    history.pushState(history.state, '', `${location.pathname}${there.search}`);
    look();
  },
  async change(form) {
    const answer = await submitted(form, 'change');
    if (!answer) return;
    document.activeElement.blur();
    await look();
    const place = root.querySelector('form[data-form="change"] [data-said]');
    if (place) place.textContent = `✓ ${answer.said}`; // beside the button: that is where one looks
    tell(answer.said);
  },
  async instruct(form) {
    const answer = await submitted(form, 'instruct');
    if (!answer) return;
    const area = form.elements.text;
    hold(area.dataset.draft, null);
    await look();
    if (answer.said) tell(answer.said);
  },
  async invite(form) {
    const answer = await submitted(form, 'invite');
    if (!answer) return;
    newLink = { project: query().project, invitation: answer.invitation, html: answer.html };
    root.querySelector('[data-made]').replaceChildren();
    await look();
    showNewLink();
    root.querySelector('[data-made] [data-copy]').focus();
  },
  async exclude(form) { await effected(form, 'exclude'); },
  async readmit(form) { await effected(form, 'readmit'); },
  async adjudicate(form) { if (await submitted(form, 'adjudicate')) { document.activeElement.blur(); await look(); } },
  async runs(form) { if (await submitted(form, 'runs')) { document.activeElement.blur(); await look(); } },
  async erase(form) {
    const answer = await submitted(form, 'erase', { person: form.dataset.person });
    if (!answer) return;
    dialog.close();
    await look();
    tell(answer.said);
  },
};
// A new link can be told once; here it stays while the page does, whatever else is done on it.
let newLink = null;
function showNewLink() {
  const place = root.querySelector('[data-made]');
  if (!place || place.firstChild || newLink?.project !== query().project) return;
  place.innerHTML = newLink.html;
  const field = place.querySelector('[data-link]');
  field.value = joinAddress(field.dataset.link);
  const local = ['localhost', '0.0.0.0', '[::1]'].includes(location.hostname) || location.hostname.startsWith('127.');
  place.querySelector('[data-local]').hidden = !local;
}
async function revoke(invitation) {
  if (await act('revoke', { invitation }) && newLink?.invitation === invitation) {
    newLink = null;
    root.querySelector('[data-made]')?.replaceChildren();
  }
}
// What cannot be undone is asked first: the page brings the words.
function asks(name, sure = {}) {
  const words = root.querySelector(`template[data-ask="${name}"]`);
  if (!words) return false;
  dialog.replaceChildren(words.content.cloneNode(true));
  Object.assign(dialog.querySelector('[data-sure]').dataset, sure);
  dialog.showModal();
  return true;
}
const shut = () => { dialog.close(); dialog.replaceChildren(); };
dialog.addEventListener('close', () => dialog.open || dialog.replaceChildren()); // by Esc
async function effected(form, name) {
  const answer = await submitted(form, name, { person: form.dataset.person });
  if (!answer) return;
  form.remove();
  await look();
  tell(answer.said);
  root.querySelector(`[data-effect="${CSS.escape(form.dataset.person)}"]`)?.focus();
}
// On a Space the page may stand in a frame: the link leads to the studio's own address, which is this document's.
const joinAddress = (path) => new URL(path, new URL('./', document.baseURI)).href;

async function effect(button) {
  const person = button.dataset.effect;
  const row = root.querySelector(`[data-effect-of="${CSS.escape(person)}"]`);
  const open = row.hidden;
  root.querySelectorAll('[data-effect-of]').forEach((each) => { each.hidden = true; });
  root.querySelectorAll('[data-effect]').forEach((each) => each.setAttribute('aria-expanded', 'false'));
  if (!open) return;
  const cell = row.firstElementChild;
  cell.textContent = T.working;
  row.hidden = false;
  button.setAttribute('aria-expanded', 'true');
  const answer = await server.organise_effect({ ...query(), person });
  if (!answer || answer.error) return cell.replaceChildren(refusal(answer ? answer.error : T.lost));
  cell.innerHTML = answer.html;
  cell.querySelector('input, button')?.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'nearest' });
}

async function erasing(person) {
  const answer = await server.organise_erasing({ ...query(), person });
  if (!answer || answer.error) return tell(answer ? answer.error : T.lost);
  dialog.innerHTML = answer.html;
  dialog.showModal();
}

/* The map of items: a square each, drawn for the width there is */
const MAP_HIGH = 230;
function drawMap(place) {
  place.dataset.drawn = '1';
  const data = JSON.parse(place.dataset.map);
  const items = data.items.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
  const wide = Math.max(200, place.clientWidth);
  const size = Math.max(4, Math.min(22, Math.floor(Math.sqrt((wide * MAP_HIGH) / Math.max(1, items.length)))));
  const across = Math.max(1, Math.floor(wide / size));
  const gap = size > 8 ? 2 : 1;
  const paths = ['', '', '', '', '', ''];
  items.forEach((_, i) => { paths[data.levels[i]] += `M${(i % across) * size} ${Math.floor(i / across) * size}h${size - gap}v${size - gap}h-${size - gap}z`; });
  const high = Math.ceil(items.length / across) * size;
  place.innerHTML = `<svg width="${across * size}" height="${high}" aria-hidden="true">${paths.map((d, level) => (d ? `<path class="og-l${level}" d="${d}"/>` : '')).join('')}<rect class="og-cursor" width="${size - gap}" height="${size - gap}" hidden/></svg>`;
  const cursor = place.querySelector('.og-cursor');
  const said = place.parentElement.querySelector('[data-map-said]');
  let at = -1;
  const point = (i) => {
    at = Math.max(0, Math.min(items.length - 1, i));
    cursor.setAttribute('x', (at % across) * size);
    cursor.setAttribute('y', Math.floor(at / across) * size);
    cursor.removeAttribute('hidden');
    said.textContent = T['map.item'].replace('{item}', items[at]).replace('{valid}', data.valid[at]).replace('{overlap}', data.overlap);
  };
  const under = (event) => {
    const box = place.querySelector('svg').getBoundingClientRect();
    const i = Math.floor((event.clientY - box.top) / size) * across + Math.floor((event.clientX - box.left) / size);
    return event.clientX - box.left < across * size && items[i] !== undefined ? i : -1;
  };
  place.onpointermove = (event) => { const i = under(event); if (i >= 0) point(i); };
  place.onclick = (event) => { const i = under(event); if (i >= 0) go({ tab: 'items', item: String(items[i]), show: 'all' }); };
  place.onkeydown = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -items.length, End: items.length }[event.key];
    if (by) { point(at + (at < 0 ? 1 : by)); event.preventDefault(); event.stopPropagation(); }
    if (event.key === 'Enter' && at >= 0) go({ tab: 'items', item: String(items[at]), show: 'all' });
  };
  place.onfocus = () => { if (at < 0 && place.matches(':focus-visible')) point(0); };
}
let widthTimer = 0;
window.addEventListener('resize', () => {
  clearTimeout(widthTimer);
  widthTimer = setTimeout(() => root.querySelectorAll('.og-map').forEach(drawMap), 200);
});

/* One item */
const one = () => root.querySelector('.og-one');
function step(name) {
  const to = one()?.querySelector(`[data-step="${name}"]`)?.dataset.to;
  if (to) go({ item: to });
}
function choose(place) {
  const choice = one()?.querySelectorAll('[data-word]')[place];
  if (!choice) return false;
  choice.focus();
  one().querySelectorAll('.og-choice').forEach((each) => each.toggleAttribute('data-chosen', each === choice));
  return true;
}
const decide = (text) => act('adjudicate', { item: Number(query().item), text }, one().querySelector('.og-word .st-alert'));
const takeBack = () => act('adjudicate', { item: Number(query().item), back: 1 }, one().querySelector('.og-word .st-alert'));

root.addEventListener('submit', (event) => {
  const name = event.target.dataset?.form;
  if (!FORMS[name]) return;
  event.preventDefault();
  FORMS[name](event.target);
});
root.addEventListener('click', (event) => {
  const { target } = event;
  const near = (selector) => target.closest(selector);
  const link = near('a[data-go], a[data-tab]') || near('a.og-back');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); return follow(link); }
  const button = near('button');
  if (!button) return;
  const { dataset } = button;
  const sure = 'sure' in dataset;
  if (sure) shut();
  if (dataset.state && (sure || !asks(dataset.state))) act('state', { state: dataset.state });
  if (dataset.effect) effect(button);
  if (dataset.admit) act('admit', { person: dataset.admit });
  if ('cancel' in dataset) { const row = button.closest('[data-effect-of]'); row.hidden = true; root.querySelector(`[data-effect="${CSS.escape(row.dataset.effectOf)}"]`)?.focus(); }
  if (dataset.erase) erasing(dataset.erase);
  if ('close' in dataset) shut();
  if (dataset.revoke) sure ? revoke(dataset.revoke) : asks('revoke', { revoke: dataset.revoke });
  if ('copy' in dataset) copyLinkOf(button);
  if (dataset.step) step(dataset.step);
  if ('list' in dataset) go({ item: '' });
  if (dataset.word !== undefined) decide(dataset.word);
  if ('wordBack' in dataset) takeBack();
  if (dataset.retire) act('retire', { item: Number(query().item), retired: dataset.retire === '1' });
  if (dataset.act === 'close') keysDialog.close();
  if (dataset.template) { const area = root.querySelector('#og-text'); area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${dataset.template}` : dataset.template; previewSoon(area); area.focus(); }
});
async function copyLinkOf(button) {
  const field = button.parentElement.querySelector('input');
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand('copy'); }
  button.textContent = T.copied;
  tell(T.copied);
}
// Whether a field holds a share from 0 to 100; if not, it says so.
function sharePercent(field) {
  const typed = field.value.trim().replace(',', '.');
  const good = typed !== '' && Number(typed) >= 0 && Number(typed) <= 100;
  root.querySelector('[data-threshold-wrong]').textContent = good ? '' : T['bad.threshold'];
  good ? field.removeAttribute('aria-invalid') : field.setAttribute('aria-invalid', 'true');
  return good;
}
root.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-form="make"]');
  if (form) planSoon(form);
  if (target.matches('textarea[data-draft]')) previewSoon(target);
  const said = target.closest('form')?.querySelector('[data-said]');
  if (said) said.textContent = ''; // what is typed now is not saved yet
});
root.addEventListener('change', ({ target }) => {
  const name = target.dataset.set;
  if (name) {
    if (name === 'threshold' && !sharePercent(target)) return;
    const value = name === 'threshold' ? String(Number(target.value.replace(',', '.')) / 100) : target.value;
    if (target.matches('select')) target.blur();
    go({ [name]: value, offset: '' });
  }
  if (target.dataset.roleOf) act('role', { person: target.dataset.roleOf, role: target.value });
});
listenForKeys(({ code, key, shiftKey, target, repeat }) => {
  if (!one() || shiftKey) return false;
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  if (digit) return choose(Number(digit) - 1);
  if (code === 'KeyJ' || code === 'KeyK') { step(code === 'KeyJ' ? 'after' : 'before'); return true; }
  if (code === 'KeyU' && !repeat && one().querySelector('[data-word-back]')) { takeBack(); return true; }
  if (code === 'KeyG') { const fold = one().querySelector('[data-gold]'); if (fold) fold.open = !fold.open; return true; }
  return false;
});
look();
