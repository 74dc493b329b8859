// Labels. A verdict lies in this browser's store until the server has said that it is kept, under a word of its own by
// which it counts once however often it is sent: a dead network, a closed tab or a restarted server lose none.
const bar = root.querySelector('.lab');
const nameDialog = root.querySelector('.lab-name');
const criteriaDialog = root.querySelector('.lab-criteria');
const WAITING = 'studio-label:';
const VERDICTS = ['right', 'wrong', 'unsure', 'bad'];
const RETRY_MS = [1500, 3000, 6000, 12000];
let waiting = []; // labels that the server does not hold yet, the oldest first
let shown = null; // the sample's labels as the server last told them
let tags = []; // of the sample on the screen
let busy = false; // the next sample is on its way with the reply
let sending = false;
let failures = 0;
let retryTimer = 0;
let refreshTimer = 0;
let pending = ''; // a verdict given before its reviewer had a name
let listIsOld = false; // it was made for another reviewer

const fromBar = (selector) => bar.querySelector(selector);
const note = fromBar('[name="note"]');
const tagField = fromBar('[name="tag"]');
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };
const draftKey = () => `studio-label-draft:${state.run}:${shown?.sample}`;
const advances = () => fromBar('[name="advance"]').checked;
function said(words) { fromBar('.lab-said').textContent = words; }

/* What stands */
function showLabels(labels) {
  shown = labels || null;
  const others = part('others').textContent.trim();
  bar.hidden = !shown || (!shown.may && !others);
  if (bar.hidden) return;
  bar.classList.toggle('is-read', !shown.may);
  const own = waiting.filter((item) => item.run === state.run && item.sample === shown.sample).pop() || shown.own;
  press(own?.verdict);
  const draft = parsed(recall(draftKey())) || {};
  const text = draft.note ?? own?.note ?? '';
  if (note.value !== text) note.value = text;
  tags = [...(draft.tags ?? own?.tags ?? [])];
  showTags();
  offerTags();
  showReviewer();
  bar.querySelectorAll('.lab-verdict').forEach((button) => { button.disabled = !shown.answered; });
  fromBar('[data-act="undo"]').disabled = !shown.undo;
}
function press(verdict) {
  bar.querySelectorAll('.lab-verdict').forEach((button) => button.setAttribute('aria-pressed', button.dataset.verdict === verdict));
}
const pressedNow = () => fromBar('.lab-verdict[aria-pressed="true"]')?.dataset.verdict;
function showReviewer() {
  const name = reviewer();
  fromBar('[data-act="reviewer"]').textContent = name ? fill(T['label.reviewer'], { name }) : T['label.reviewer.none'];
}
function showTags() {
  const list = fromBar('.lab-taglist');
  list.querySelectorAll('.lab-tag').forEach((chip) => chip.remove());
  tags.forEach((tag) => {
    const chip = document.createElement('button');
    chip.type = 'button';
    chip.className = 'lab-tag';
    chip.dataset.untag = tag;
    chip.textContent = `${tag} ×`;
    chip.setAttribute('aria-label', fill(T['label.tag.remove'], { tag }));
    tagField.before(chip);
  });
}
function offerTags() {
  const list = fromBar('datalist');
  list.replaceChildren(...(state.tags || []).filter((tag) => !tags.includes(tag)).map((tag) => Object.assign(document.createElement('option'), { value: tag })));
}
function setMark(sample, html) {
  const head = part('queue').querySelector(`.in-row[data-sample="${sample}"] .in-rowhead`);
  if (!head) return;
  head.querySelector('.lab-mark')?.remove();
  const template = document.createElement('template');
  template.innerHTML = html;
  head.insertBefore(template.content, head.querySelector('.in-p'));
}

// The verdicts float over the window's bottom only where enough of the sample is above them.
const SEEN_FROM_PX = 260;
new IntersectionObserver(([main]) => main.target.classList.toggle('is-far', !main.isIntersecting), { rootMargin: `0px 0px -${SEEN_FROM_PX}px` })
  .observe(bar.parentElement);

/* Giving a label */
function give(verdict, goOn = advances()) {
  if (!shown?.may || busy) return;
  if (!shown.answered) return said(T['label.no_answer']);
  if (!reviewer()) {
    pending = verdict;
    return openName();
  }
  const { run } = state;
  const { sample, number, attempt } = shown;
  const item = { run, sample, number, attempt, verdict, note: note.value.trim(), tags, reviewer: reviewer(), people: state.people || '', scores: state.scores || '', client_id: uid() };
  keep(WAITING + item.client_id, JSON.stringify(item));
  keep(draftKey(), null);
  waiting.push({ ...item, goOn });
  press(verdict);
  return flush();
}
async function flush() {
  if (sending) return;
  sending = true;
  clearTimeout(retryTimer);
  while (waiting.length && (await sendFirst()));
  sending = busy = false;
}
// The oldest waiting label; false where the server did not answer.
async function sendFirst() {
  const { goOn, ...item } = waiting[0];
  const here = item.run === state.run && item.sample === state.sample;
  busy = goOn && here && waiting.length === 1;
  const turn = busy ? ++asked : 0;
  const look = busy ? { ...filter(), human: state.human, shown: state.offset } : null;
  said(T['label.saving']);
  const answer = await server.inspect_label({ ...item, look });
  if (!element.isConnected) return false;
  if (!answer) { lostLabels(); return false; }
  waiting.shift();
  keep(WAITING + item.client_id, null);
  heard();
  if (answer.error) {
    const words = fill(T['label.refused'], { number: item.number, why: answer.error });
    said(words);
    tell(words);
    if (here) press(shown?.own?.verdict);
    return true;
  }
  kept(item, answer.kept);
  if (turn && turn === asked) apply(answer, { step: true });
  else if (here && state.sealed) await go({ sample: item.sample }, ['queue', 'card']); // its scores may be told now
  return true;
}
function kept(item, told) {
  ahead.clear();
  state.tags = [...new Set([...(state.tags || []), ...item.tags])];
  setMark(item.sample, told.mark);
  if (item.run === state.run && item.sample === state.sample && shown) {
    Object.assign(shown, { own: told.own, undo: told.undo });
    part('others').innerHTML = told.others;
  }
  fromBar('[data-act="undo"]').disabled = false;
  said(fill(T['label.saved'], { number: item.number, verdict: T[`label.verdict.${item.verdict}`] }));
  recount();
}
// The table is counted anew once the hands rest: not with every label.
function recount() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(async () => {
    if (!element.isConnected) return;
    const turn = asked;
    const anew = listIsOld || state.label || state.scores ? ['situation', 'queue'] : ['situation'];
    const answer = await ask({ sample: state.sample, offset: state.offset }, anew);
    if (turn !== asked || answer.error) return;
    listIsOld = false;
    apply({ state: {}, parts: answer.parts }, { quiet: true });
  }, 900);
}

/* A dead network */
function lostLabels() {
  const place = fromBar('.lab-lost');
  const again = document.createElement('button');
  again.type = 'button';
  again.textContent = T.retry;
  again.addEventListener('click', flush);
  place.hidden = false;
  place.replaceChildren(fill(T['label.lost'], { n: waiting.length }), ' ', again);
  said('');
  clearTimeout(retryTimer);
  retryTimer = setTimeout(async () => {
    await reloadIfRestarted();
    flush();
  }, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
}
function heard() {
  failures = 0;
  const place = fromBar('.lab-lost');
  if (place.hidden) return;
  place.hidden = !waiting.length;
  if (place.hidden) tell(T['label.back']);
  else place.textContent = fill(T['label.kept.more'], { n: waiting.length });
}
// What an earlier page could not send. Another tab may hold it too: sent twice, it counts once.
function adopt() {
  const found = [];
  try {
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      const item = key.startsWith(WAITING) ? parsed(localStorage.getItem(key)) : null;
      if (item && item.client_id) found.push(item);
    }
  } catch { /* private mode: there is nothing kept */ }
  waiting = [...found, ...waiting];
  if (waiting.length) flush();
}
window.addEventListener('online', () => element.isConnected && waiting.length && flush());

/* Taking back, going on */
async function undoLabel(client = uid()) {
  if (busy || !shown?.may || !reviewer()) return;
  if (waiting.length) return flush(); // what is not kept yet cannot be taken back
  busy = true;
  const answer = await server.inspect_undo({ run: state.run, reviewer: reviewer(), people: state.people, client_id: client });
  busy = false;
  if (!answer) return complain(T['label.lost.undo'], () => undoLabel(client));
  if (answer.error) return tell(answer.error);
  status.replaceChildren();
  if (answer.undone === null) return said(T['label.nothing']);
  ahead.clear();
  setMark(answer.undone, answer.mark);
  await go({ sample: answer.undone }, ['card'], { step: true });
  said(T['label.taken_back']);
  recount();
}
const nextUnlabelled = () => go({ sample: state.sample, unlabelled: true }, ['card'], { step: true });

/* Note and tags: with the verdict, or kept as a draft until there is one */
function drafted() {
  keep(draftKey(), JSON.stringify({ note: note.value, tags }));
}
function saveDetails() {
  const own = shown?.own;
  const verdict = pressedNow();
  if (!shown?.may || !verdict || !own) return;
  if (note.value.trim() !== own.note || tags.join('\n') !== own.tags.join('\n')) give(verdict, false);
}
function addTag() {
  const found = tagField.value.split(';').map((tag) => tag.trim()).filter((tag) => tag && !tags.includes(tag));
  tagField.value = '';
  if (!found.length) return;
  tags = [...tags, ...found];
  showTags();
  drafted();
  saveDetails();
}
function removeTag(tag) {
  tags = tags.filter((each) => each !== tag);
  showTags();
  drafted();
  saveDetails();
  tagField.focus();
}
bar.addEventListener('input', (event) => { if (event.target === note) drafted(); });
bar.addEventListener('change', (event) => {
  if (event.target === note) saveDetails();
  if (event.target === tagField) addTag();
  if (event.target.name === 'advance') keep('studio-label-stay', event.target.checked ? null : '1');
});
bar.addEventListener('keydown', (event) => {
  if (event.target !== note && event.target !== tagField) return;
  if (event.key === 'Escape') event.target.blur();
  else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    if (event.target === tagField && tagField.value.trim()) addTag();
    else event.target.blur();
  } else if (event.key === 'Backspace' && event.target === tagField && !tagField.value && tags.length) removeTag(tags[tags.length - 1]);
});

/* Who labels, what counts as right, what is drawn */
function openName() {
  nameDialog.querySelector('[name="reviewer"]').value = reviewer() || recall('studio-annotator') || '';
  nameDialog.showModal();
  nameDialog.querySelector('[name="reviewer"]').select();
}
nameDialog.addEventListener('submit', (event) => {
  event.preventDefault();
  const name = nameDialog.querySelector('[name="reviewer"]').value.trim().replace(/\s+/g, ' ');
  if (!name) return;
  const [before, verdict] = [reviewer(), pending];
  pending = '';
  keep(REVIEWER, name);
  nameDialog.close();
  showReviewer();
  ahead.clear();
  listIsOld = name !== before;
  if (verdict) give(verdict);
  else if (name !== before) go({ sample: state.sample }, ['situation', 'queue', 'card'], {});
});
nameDialog.addEventListener('close', () => { pending = ''; });
async function openCriteria() {
  const answer = await server.inspect_criteria({});
  if (!answer || answer.error) return tell(answer?.error || T.lost);
  showCriteria(answer);
  criteriaDialog.showModal();
}
function showCriteria({ text, said: words, may }) {
  const field = criteriaDialog.querySelector('textarea');
  criteriaDialog.querySelector('.st-note').textContent = words;
  field.value = text;
  field.readOnly = !may;
  criteriaDialog.querySelector('[type="submit"]').hidden = !may;
}
criteriaDialog.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await server.inspect_criteria({ text: criteriaDialog.querySelector('textarea').value });
  if (!answer || answer.error) return void (criteriaDialog.querySelector('.st-note').textContent = answer?.error || T.lost);
  showCriteria(answer);
  criteriaDialog.close();
});
element.addEventListener('submit', async (event) => {
  if (!event.target.classList.contains('lab-draw')) return;
  event.preventDefault();
  const { size, by_task: byTask } = event.target.elements;
  const answer = await server.inspect_draw({ run: state.run, task: state.task, size: size.value.replace(/\s/g, ''), by_task: byTask.checked });
  if (!answer || answer.error) return tell(answer?.error || T.lost);
  Object.assign(state, { draw: answer.draw, cell: '', text: '', category: '', label: '' });
  await go({}, ['situation', 'filters', 'queue', 'card'], { step: true, reveal: true });
  toCard();
  tell(answer.words);
});

const labelActs = {
  undo: () => undoLabel(),
  unlabelled: () => nextUnlabelled(),
  reviewer: () => openName(),
  criteria: () => openCriteria(),
  'close-label': (button) => button.closest('dialog').close(),
};
// By the places of the keys, so that the layout does not matter. A key held down labels one answer, not ten.
function labelKey(event) {
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
  const act = digit ? () => give(VERDICTS[digit[1] - 1])
    : { KeyU: nextUnlabelled, KeyZ: () => undoLabel(), KeyN: () => note.focus(), KeyT: () => tagField.focus() }[event.code];
  if (!act || bar.hidden || !shown) return false;
  if (!event.repeat && (shown.may || event.code === 'KeyU')) act();
  return true;
}
fromBar('[name="advance"]').checked = !recall('studio-label-stay');
