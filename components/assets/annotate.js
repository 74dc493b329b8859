// Annotate. What a person has typed is never only on the screen: every change goes to this browser's store at once and
// to the server a moment later; an answer stays in the outbox until the server has said that it holds it.
const stage = root.querySelector('[data-stage]');
const status = root.querySelector('.an-status');
const banner = root.querySelector('.an-lost');
const skipDialog = root.querySelector('.an-skip');
const guideDialog = root.querySelector('.an-guide');
const keysDialog = root.querySelector('.an-keys');
const zoomDialog = root.querySelector('.in-zoom');
const NAME = 'studio-annotator';
const DRAFT_MS = 500;
const MOST_DRAFT_MS = 1000; // whoever types without a pause is kept all the same
const LOOK_S = 20;
const HASTY_MS = 300; // a key pressed sooner was meant for the question before
const wanted = new URLSearchParams(location.search).get('task'); // a link to a task, until another is picked
let now = null; // the standing as the server last told it
let shown = null; // the question on the screen: {project, person, item, occasion, client, watch, ends_at}
let answer = null; // its field (answer.js)
let guide = { version: 0, html: '' }; // the instructions that are here
let sending = false;
let timing = false; // the time for the question has just run out
let retryTimer = 0;
let draftTimer = 0;
let draftSince = 0;
let lookTimer = 0;
let answeredAt = 0; // what was shown last: no reply may bring an older one back

const node = (tag, props = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
};
// Each with one full stop.
const sentences = (...parts) => parts.map((part) => (part || '').trim().replace(/\.$/, '')).filter(Boolean).map((part) => (/[!?…]$/.test(part) ? part : `${part}.`)).join(' ');
// Said aloud by screen readers from one place; shown beside the progress on the desk.
function say(words, short = words) {
  status.textContent = words;
  const place = stage.querySelector('.an-said');
  if (place) place.textContent = short;
}
// Beside the field `of` on the start's form, which says all at once; elsewhere there is one place.
function complain(words, of = '') {
  const place = stage.querySelector(`.an-error[data-of="${of}"]`) || stage.querySelector('.an-error:not([data-of])');
  if (place) place.textContent = words;
  else if (words) say(words);
}
const here = () => new URLSearchParams(location.search).get('project') || '';
function address(project) {
  const query = new URLSearchParams(location.search);
  query.delete('task');
  project ? query.set('project', project) : query.delete('project');
  const text = query.toString();
  history.replaceState(history.state, '', location.pathname + (text ? `?${text}` : ''));
}

/* The connection: while it is away the page tries again by itself, at once when the network or the tab comes back */
const WAITS = [1000, 2000, 4000];
const unheard = new Set(); // what is to be tried again
let tries = 0;
function lost(words, again) {
  unheard.add(again);
  banner.hidden = false;
  const button = node('button', { type: 'button', className: 'st-btn st-btn--small', textContent: T.retry });
  button.addEventListener('click', retry);
  banner.replaceChildren(words, ' ', button);
  const place = stage.querySelector('.an-said');
  if (place) place.textContent = ''; // what was saved before says nothing of this
  clearTimeout(retryTimer);
  retryTimer = setTimeout(retry, WAITS[Math.min(tries, WAITS.length - 1)]);
  tries += 1;
}
function retry() {
  clearTimeout(retryTimer);
  const again = [...unheard];
  unheard.clear();
  if (element.isConnected) again.forEach((each) => each());
}
function back() {
  tries = 0;
  if (!banner.hidden) say(T.back);
  banner.hidden = true;
  retry();
}
window.addEventListener('online', retry);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && retry());
async function untilHeard(call, words) {
  for (let turn = 0; ; turn += 1) {
    const reply = await call();
    if (reply) { back(); return reply; }
    await new Promise((resolve) => { lost(words, resolve); });
    if (!element.isConnected) return null;
    if (turn > 0) await reloadIfRestarted();
  }
}

/* Beginning */
const begin = () => (here() ? open(here()) : start());
async function start() {
  leaveQuestion();
  address('');
  root.classList.remove('is-desk');
  const reply = await untilHeard(() => server.annotate_offers({}), T['lost.open']);
  if (!reply) return;
  stage.removeAttribute('aria-busy');
  if (reply.error) { stage.textContent = reply.error; return; }
  stage.innerHTML = reply.html;
  prepareStart();
}
function prepareStart() {
  const name = stage.querySelector('[name="name"]');
  if (name) name.value = recall(NAME) || '';
  const meant = [...stage.querySelectorAll('[name="what"]')].find((box) => box.value === `task:${wanted}`);
  if (meant) { meant.checked = true; (name || meant).focus(); }
}
// Joins a project as whoever is signed in, else under the name that the form tells. The reply sets a cookie that no
// script can read, so it is a plain request and no function of the page.
async function join(project, name) {
  const form = new FormData();
  form.set('project', project);
  form.set('name', name);
  const reply = await untilHeard(async () => {
    try {
      const answered = await fetch(`./join?lang=${document.documentElement.lang}`, { method: 'POST', body: form });
      return await answered.json();
    } catch { return null; }
  }, T['lost.open']);
  if (reply?.error) { complain(reply.error); return; }
  if (reply) location.assign(`${location.pathname}?project=${encodeURIComponent(project)}`);
}
// Under which name everybody will see the run of a whole task; the first question comes after it.
async function choose(form) {
  const data = { project: form.dataset.shown, name: form.elements.shown.value };
  const kept = await untilHeard(() => server.annotate_shown(data), T['lost.open']);
  if (kept?.error) { complain(kept.error); return; }
  if (kept) open(data.project);
}
async function enter(form) {
  if (form.dataset.shown) return choose(form);
  const field = form.elements.name;
  const name = field instanceof HTMLInputElement ? field.value.trim() : '';
  const what = form.dataset.project ? `project:${form.dataset.project}` : form.elements.what?.value || '';
  complain('');
  complain(field && !name ? T['name.missing'] : '', 'name');
  if (!form.dataset.project) complain(what ? '' : T['what.missing'], 'what');
  if (field && !name) return field.focus();
  if (!what) return form.querySelector('[name="what"]').focus();
  if (name) keep(NAME, name);
  const [kind, id] = [what.slice(0, what.indexOf(':')), what.slice(what.indexOf(':') + 1)];
  if (kind === 'project') return join(id, name);
  const made = await untilHeard(() => server.annotate_own({ task: id }), T['lost.open']);
  if (made?.error) return complain(made.error);
  return made && join(made.project, name);
}
// What a call for a question tells: which instructions were read here, and whether somebody has just said that he is
// there (go), has opened the page (open), or nobody knows (look): a question's time begins for nobody who is away.
const coming = (project, how) => ({ project, coming: how, read: guidesSeen(project), has: guide.version });
async function open(project) {
  stage.setAttribute('aria-busy', 'true');
  let [waiting, sent] = [null, null];
  for (const one of outboxes(project)) { // given before the page was reloaded
    const reply = await send(one);
    if (reply && !reply.error) [waiting, sent] = [one, reply];
  }
  const told = sent || await untilHeard(() => server.annotate_open(coming(project, 'open')), T['lost.open']);
  stage.removeAttribute('aria-busy');
  if (!told) return;
  if (told.error) { stage.textContent = told.error; return; }
  if (told.door) return knock(told.door);
  show(told, told === sent ? keptWords(sent, waiting) : '');
}
function knock(html) {
  leaveQuestion();
  root.classList.remove('is-desk');
  stage.innerHTML = html;
  prepareStart();
}

/* A question */
function leaveQuestion() {
  clearTimeout(draftTimer);
  clearTimeout(lookTimer);
  now = shown = answer = null;
}
function show(told, words = '') {
  if (told.now < answeredAt) return;
  leaveQuestion();
  answeredAt = told.now;
  tellClock(told.now);
  now = told;
  timing = false;
  if (told.guide) guide = { version: told.instructions, html: told.guide };
  root.classList.add('is-desk');
  address(told.project);
  stage.innerHTML = told.html;
  applyType();
  const { question } = told;
  tellSafe(told);
  if (question) ask(told, question);
  else wait(told);
  const said = told.doubled ? T.elsewhere : words;
  const training = stage.querySelector('[data-told]')?.textContent.trim();
  const onCard = told.wait === 'time_out' && said === T['out.saved']; // the card's title, word for word
  say(sentences(said, training, stage.querySelector('[data-words]')?.textContent), onCard ? '' : said);
  const phone = question && window.matchMedia('(max-width: 640px)').matches; // the app's header takes a third of it
  window.scrollTo({ top: phone ? stage.getBoundingClientRect().top + window.scrollY - 8 : 0 });
  const unread = guide.version && guideSeen(told) < guide.version;
  if (told.wait === 'instructions' || (question && !question.ends_at && unread)) openGuide(guideSeen(told) > 0);
}
function tellSafe({ safe }) {
  stage.querySelectorAll('[data-safe]').forEach((place) => { place.textContent = safe; });
}
function ask(told, question) {
  const place = { project: told.project, person: told.person, item: question.item, occasion: question.occasion };
  const local = draftOf(place);
  shown = { ...place, client: uid(), ends_at: question.ends_at, watch: new Stopwatch(local?.time) };
  answer = answerField(stage, typed);
  equipMedia(stage, T);
  stage.querySelector('.an-earlier')?.scrollTo({ top: 1e6 });
  const text = local?.text || question.draft;
  if (text) answer.set(text);
  const note = local?.comment || question.comment;
  if (note) {
    stage.querySelector('[name="comment"]').value = note;
    stage.querySelector('.an-note').open = true;
  }
  flag(local?.flagged ?? question.flagged, false);
  tick();
  const form = stage.querySelector('.an-ask');
  setTimeout(() => { form.dataset.ready = 'true'; }, HASTY_MS);
  focusQuestion();
  const unsaved = local && ['text', 'comment', 'flagged'].some((name) => (local[name] || '') !== (question[name] || ''));
  if (unsaved) drafted(); // typed while the server was away
  fetchNext(told.project);
}
// Media of the question after this one, asked for when this one is on the screen: no answer waits for it.
async function fetchNext(project) {
  const asked = shown;
  const reply = await server.annotate_ahead({ project });
  if (shown !== asked || !reply?.media) return;
  const place = root.querySelector('.an-ahead');
  place.replaceChildren();
  reply.media.forEach(({ modality, url }) => {
    if (modality === 'image') new Image().src = url;
    else place.append(Object.assign(document.createElement(modality), { src: url, preload: 'auto', muted: true }));
  });
}
// To the question itself, which a screen reader then reads; no option has the focus before somebody goes to it.
function focusQuestion() {
  const touch = window.matchMedia('(pointer: coarse)').matches; // a keyboard on the screen would hide the picture
  if (answer?.typed && !touch) answer.focus();
  else stage.querySelector('#an-question')?.focus({ preventScroll: true });
}
const typed = () => { shown?.watch.input(); complain(''); drafted(); };
const comment = () => stage.querySelector('[name="comment"]')?.value || '';
function flag(on, byHand = true) {
  const button = stage.querySelector('[data-act="flag"]');
  if (!button) return;
  button.setAttribute('aria-pressed', on);
  if (!byHand) return;
  shown.watch.input();
  say(T[on ? 'flagged' : 'unflagged']);
  drafted();
}
const flagged = () => stage.querySelector('[data-act="flag"]')?.getAttribute('aria-pressed') === 'true';

/* No question: the page looks again by itself where it is worth it */
function wait(told) {
  stage.querySelectorAll('time[data-at]').forEach((place) => {
    const at = new Date(Number(place.dataset.at) * 1000);
    const near = Math.abs(at - Date.now()) < 12 * 3600e3;
    place.dateTime = at.toISOString();
    const day = near ? {} : { day: 'numeric', month: 'long' };
    place.textContent = at.toLocaleString(document.documentElement.lang, { ...day, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  });
  stage.querySelector('#an-question')?.focus({ preventScroll: true });
  const end = stage.querySelector('.an-end');
  setTimeout(() => { end.dataset.ready = 'true'; }, HASTY_MS);
  if (!['reserved', 'preparing', 'draft', 'paused', 'early', 'failed_training'].includes(told.wait)) return;
  const left = told.retry_at ? told.retry_at - told.now + 1 : LOOK_S;
  lookTimer = setTimeout(look, 1000 * Math.min(300, Math.max(5, told.wait === 'reserved' ? Math.min(left, LOOK_S) : left)));
}
async function look(byHand = false) {
  if (!element.isConnected || !now || shown) return;
  const { project } = now;
  const told = byHand ? await untilHeard(() => server.annotate_open(coming(project, 'go')), T['lost.open'])
    : document.visibilityState === 'visible' && await server.annotate_open(coming(project, 'look'));
  if (told && told.html && now && !shown) show(told, byHand && told.wait ? T.looked : '');
  else lookTimer = setTimeout(look, 1000 * LOOK_S);
}
// The question comes, and its time begins, when whoever sits here says so.
async function goOn() {
  if (sending || shown || !now) return;
  sending = true;
  const told = await untilHeard(() => server.annotate_open(coming(now.project, 'go')), T['lost.open']);
  sending = false;
  if (told?.error) say(told.error);
  else if (told?.html) show(told);
}

/* Keeping */
function drafted() {
  if (!shown || sending) return;
  const place = shown;
  const draft = { text: answer.get(), comment: comment(), flagged: flagged() };
  keepDraft(place, { ...draft, time: place.watch.told() });
  const at = performance.now();
  if (!draftSince) draftSince = at;
  clearTimeout(draftTimer);
  draftTimer = setTimeout(async () => {
    draftSince = 0;
    const { project, person, item, occasion } = place;
    const kept = await server.annotate_draft({ project, person, item, occasion, ...draft });
    if (shown !== place || sending) return;
    if (!kept) lost(T['lost.draft'], draftedAgain);
    else if (kept.error) say(kept.error);
    else { back(); say(T['saved.draft']); tellSafe(kept); complain(kept.closed); }
  }, Math.max(0, Math.min(DRAFT_MS, draftSince + MOST_DRAFT_MS - at)));
}
async function draftedAgain() {
  await reloadIfRestarted();
  drafted();
}
async function send(item) {
  keep(outboxKey(item), JSON.stringify(item));
  const call = item.action === 'skip' ? server.annotate_skip : server.annotate_answer;
  const reply = await untilHeard(() => call({ ...item, has: guide.version }), T.lost);
  if (reply && !OTHERS.includes(reply.code)) keep(outboxKey(item), null);
  if (reply && !reply.error) {
    keepDraft(item, null);
    channel?.postMessage({ project: item.project, person: item.person, item: item.item, occasion: item.occasion });
  }
  return reply;
}
// What became of what was sent: an answer that a lost network delayed may have come when its time was over.
function keptWords(reply, sent) {
  if (reply.late) return T['out.late'];
  if (sent.reason === 'time') return T['out.saved'];
  return T[sent.action === 'skip' ? 'saved.skip' : 'saved'];
}
// A key answers only a question that was there to be read.
const byKey = () => stage.querySelector('.an-ask')?.dataset.ready && submit({ action: 'answer' });
async function submit(extra) {
  if (sending || !shown) return;
  const amiss = extra.action === 'answer' && answer.amiss();
  if (amiss) {
    complain(amiss);
    answer.focus();
    return;
  }
  const { project, person, item, occasion, client, watch } = shown;
  sending = true;
  clearTimeout(draftTimer);
  draftSince = 0;
  lock(true);
  say(T.saving);
  const reply = await send({
    project, person, item, occasion, client_id: client, text: answer.get(), comment: comment(), flagged: flagged(),
    timing: watch.told(extra.reason === 'time'), instructions: Math.min(guideSeen(shown), now.instructions), ...extra,
  });
  sending = false;
  if (!reply) return;
  if (reply.error) {
    lock(false);
    complain(reply.error);
    focusQuestion();
    return;
  }
  show(reply, keptWords(reply, extra));
}
function lock(on) {
  answer.lock(on);
  stage.querySelectorAll('.an-ask .an-actions button, [name="comment"]').forEach((control) => { control.disabled = on; });
}
async function undo() {
  if (sending || !now || !now.can_undo) return;
  sending = true;
  const client = uid();
  const { project, person } = now;
  const reply = await untilHeard(() => server.annotate_undo({ ...coming(project, 'go'), person, client_id: client }), T['lost.open']);
  sending = false;
  if (reply?.error) complain(reply.error);
  else if (reply) show(reply, T.taken_back);
}

/* Another tab of the same person */
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('studio-annotate') : null;
channel?.addEventListener('message', async ({ data }) => {
  const same = () => element.isConnected && !sending && shown && ['project', 'person', 'item', 'occasion'].every((key) => data[key] === shown[key]);
  if (!same()) return;
  const told = await server.annotate_open(coming(data.project, 'look'));
  if (told?.html && same()) show({ ...told, doubled: true });
});

/* The clock: a second at a time */
function tick() {
  if (!shown) return;
  const playing = [...stage.querySelectorAll('.st-fig audio, .st-fig video')].some((one) => !one.paused && !one.ended);
  shown.watch.tick(playing);
  const place = stage.querySelector('[data-clock]');
  if (!place || !shown.ends_at || sending) return;
  const left = shown.ends_at - serverNow();
  place.textContent = fill(T.clock, { left: clockText(left) });
  place.classList.toggle('is-short', left < 15);
  if ([30, 10].includes(Math.ceil(left))) status.textContent = fill(T.left_s, { s: Math.ceil(left) });
  if (left <= 0 && !timing) outOfTime();
}
// What was typed goes with it: kept for whoever looks, and no answer, for nobody has said that it was done.
function outOfTime() {
  timing = true;
  [skipDialog, guideDialog, keysDialog, zoomDialog].forEach((dialog) => dialog.open && dialog.close());
  say(T.out);
  submit({ action: 'skip', reason: 'time' });
}
const ticking = setInterval(() => (element.isConnected ? tick() : clearInterval(ticking)), 1000);

/* Doing */
element.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.classList.contains('an-start')) return enter(form);
  if (form.closest('.an-skip')) {
    const [reason, note] = [form.elements.reason.value, form.elements.note.value.trim()];
    form.querySelector('.an-error').textContent = reason ? '' : T['skip.missing'];
    if (!reason) return form.querySelector('[name="reason"]').focus();
    skipDialog.close();
    return submit({ action: 'skip', reason, ...(note ? { comment: note } : {}) });
  }
  return submit({ action: 'answer' });
});
element.addEventListener('input', (event) => {
  if (event.target.name === 'comment') typed();
});
['pointerdown', 'pointermove', 'wheel', 'keydown'].forEach((name) => element.addEventListener(name, () => shown?.watch.touch(), { passive: true }));
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (event.target.tagName === 'DIALOG' && event.target !== zoomDialog) return event.target.close();
  if (button) acts[button.dataset.act]?.(button);
});
const acts = {
  skip: () => openSkip(),
  flag: () => shown && flag(!flagged()),
  undo: () => undo(),
  pause: () => start(),
  look: () => look(true),
  go: () => stage.querySelector('.an-end')?.dataset.ready && goOn(),
  guide: () => openGuide(),
  keys: () => keysDialog.showModal(),
  type: (button) => stepType(Number(button.dataset.typeBy), say),
  close: (button) => button.closest('dialog').close(),
};
function openSkip() {
  if (!shown || sending) return;
  skipDialog.querySelector('form').reset();
  skipDialog.querySelector('.an-error').textContent = '';
  skipDialog.querySelector('[name="note"]').value = comment();
  skipDialog.showModal();
  skipDialog.querySelector('[name="reason"]').focus();
}
function openGuide(anew = false) {
  if (!guide.html || guideDialog.open) return;
  const place = guideDialog.querySelector('[data-guide]');
  place.innerHTML = guide.html;
  if (anew) place.prepend(node('p', { className: 'an-notice', textContent: T['guide.new'] }));
  guideDialog.showModal();
  guideDialog.scrollTop = 0;
  place.querySelector('h2')?.focus({ preventScroll: true });
}
guideDialog.addEventListener('close', () => {
  if (!now) return;
  keepGuide(now, guide.version);
  if (now.wait === 'instructions') goOn();
});
[skipDialog, guideDialog, keysDialog, zoomDialog].forEach((dialog) => dialog.addEventListener('close', () => shown && !sending && focusQuestion()));
zoomable(root, zoomDialog, T);
