// Annotate. What a person has typed is never only on the screen: every change goes to this browser's store at once and
// to the server a moment later; an answer stays in the outbox until the server has said that it holds it.
const stage = root.querySelector('[data-stage]');
const status = root.querySelector('.an-status');
const banner = root.querySelector('.an-lost');
const skipDialog = root.querySelector('.an-skip');
const keysDialog = root.querySelector('.an-keys');
const zoomDialog = root.querySelector('.in-zoom');
const KEPT = 'studio-annotations';
const NAME = 'studio-annotator';
let now = null; // the annotation as the server last told it
let shown = null; // {sample, client, at}: the question on the screen
let answer = null; // its field (answer.js)
let sending = false;
let retryTimer = 0;
let draftTimer = 0;
const wanted = new URLSearchParams(location.search).get('task'); // a link to a task, until another is picked

const parse = (text, otherwise) => { try { return JSON.parse(text) ?? otherwise; } catch { return otherwise; } };
const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const outboxKey = (ticket) => `studio-outbox:${ticket}`;
const draftKey = (ticket, sample) => `studio-draft:${ticket}:${sample}`;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const node = (tag, props = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
};
// Said aloud by screen readers from one place; shown beside the progress on the desk.
function say(words, short = words) {
  status.textContent = words;
  const place = stage.querySelector('.an-said');
  if (place) place.textContent = short;
}

// The role: while a ticket stands in the cookie, no page shows this browser the gold of its task.
function blind(ticket, on) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith('studio_annotating='));
  const tickets = new Set((found ? decodeURIComponent(found.split('=')[1]) : '').split(',').filter(Boolean));
  on ? tickets.add(ticket) : tickets.delete(ticket);
  const safety = location.protocol === 'https:' ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  document.cookie = `studio_annotating=${[...tickets].join(',')}; path=/; max-age=${tickets.size ? 31536000 : 0}; ${safety}`;
}
const kept = () => parse(recall(KEPT), []).filter((item) => item && item.ticket);
function remember(state) {
  const { ticket, name, title, answered, skipped, total } = state;
  const others = kept().filter((item) => item.ticket !== ticket);
  keep(KEPT, JSON.stringify([{ ticket, name, title, done: answered + skipped, total }, ...others].slice(0, 20)));
}
const forget = (ticket) => keep(KEPT, JSON.stringify(kept().filter((item) => item.ticket !== ticket)));
function address(ticket) {
  const query = new URLSearchParams(location.search);
  ticket ? query.set('ticket', ticket) : query.delete('ticket');
  const text = query.toString();
  history.replaceState(history.state, '', location.pathname + (text ? `?${text}` : ''));
}

/* The connection */
function lost(words, again) {
  banner.hidden = false;
  const button = node('button', { type: 'button', className: 'st-btn st-btn--small', textContent: T.retry });
  button.addEventListener('click', () => { clearTimeout(retryTimer); again(); });
  banner.replaceChildren(words, ' ', button);
}
function back() {
  if (banner.hidden) return;
  banner.hidden = true;
  say(T.back);
}
const waits = [1500, 3000, 6000, 12000];
async function untilHeard(call, words) {
  for (let turn = 0; ; turn += 1) {
    const answer = await call();
    if (answer) { back(); return answer; }
    await new Promise((resolve) => {
      lost(words, resolve);
      retryTimer = setTimeout(resolve, waits[Math.min(turn, waits.length - 1)]);
      window.addEventListener('online', resolve, { once: true });
    });
    clearTimeout(retryTimer);
    if (!element.isConnected) return null;
    if (turn > 0) await reloadIfRestarted();
  }
}

/* Beginning */
async function begin() {
  const ticket = new URLSearchParams(location.search).get('ticket');
  if (ticket) return open({ ticket });
  return start();
}
async function start(notice = '') {
  now = shown = null;
  address('');
  root.classList.remove('is-desk');
  const answer = await untilHeard(() => server.annotate_tasks({}), T['lost.open']);
  if (!answer) return;
  stage.removeAttribute('aria-busy');
  stage.innerHTML = answer.html || '';
  if (answer.error) stage.textContent = answer.error;
  const name = stage.querySelector('[name="name"]');
  if (name) name.value = recall(NAME) || '';
  const meant = [...stage.querySelectorAll('[name="task"]')].find((box) => box.value === wanted);
  if (meant) { meant.checked = true; name.focus(); }
  listKept();
  say(notice);
  if (notice) stage.prepend(node('p', { className: 'an-notice', textContent: notice }));
}
function listKept() {
  const place = stage.querySelector('[data-kept]');
  const items = kept();
  if (!place || !items.length) return;
  const blindNow = decodeURIComponent(document.cookie);
  const rows = items.map((item) => {
    const active = item.done < item.total;
    const words = active ? fill(T['kept.place'], { done: item.done, total: item.total }) : T['kept.finished'];
    const tools = [node('button', { type: 'button', className: 'st-btn st-btn--small', textContent: active ? T['kept.resume'] : T['kept.open'] })];
    tools[0].dataset.resume = item.ticket;
    if (blindNow.includes(item.ticket)) {
      tools.push(node('button', { type: 'button', className: 'st-btn st-btn--small', textContent: T['kept.leave'] }));
      tools[1].dataset.leave = item.ticket;
    }
    return node('li', {}, node('span', {}, node('b', { textContent: item.title }), ` ${item.name}, ${words}`), node('span', { className: 'an-actions' }, ...tools));
  });
  const note = node('p', { className: 'st-note', textContent: T['kept.blind'] });
  note.hidden = !items.some((item) => blindNow.includes(item.ticket));
  place.replaceChildren(node('section', { className: 'an-kept st-card' }, node('h2', { textContent: T.kept }), node('ul', {}, ...rows), note));
}
async function open(data) {
  stage.setAttribute('aria-busy', 'true');
  const waiting = data.ticket && parse(recall(outboxKey(data.ticket)), null); // given before the page was reloaded
  const sent = waiting && (await send(waiting));
  const answer = sent && !sent.error ? sent : await untilHeard(() => server.annotate_open(data), T['lost.open']);
  stage.removeAttribute('aria-busy');
  if (!answer) return;
  if (!answer.error) return show(answer, answer === sent ? T.saved : '');
  if (data.ticket) {
    forget(data.ticket);
    blind(data.ticket, false);
    return start(answer.code === 'unknown_ticket' ? T.gone : answer.error);
  }
  complain(answer.error);
}

/* A question */
function show(state, words = '') {
  now = state;
  remember(state);
  blind(state.ticket, state.sample !== null);
  address(state.ticket);
  root.classList.add('is-desk');
  stage.innerHTML = state.html;
  shown = state.sample === null ? null : { sample: state.sample, client: uid(), at: state.now }; // `at` by the server's clock
  answer = shown && answerField(stage, typed);
  equipMedia(stage, T);
  if (shown) restore(state);
  ahead(state.preload);
  focusQuestion();
  say([words, stage.querySelector('.an-where span')?.textContent.trim()].filter(Boolean).join('. '), words);
  window.scrollTo({ top: 0 });
}
function restore(state) {
  const local = parse(recall(draftKey(state.ticket, state.sample)), null);
  const text = local && local.text ? local.text : state.draft;
  if (text) answer.set(text);
}
const typed = () => { complain(''); drafted(); };
function focusQuestion() {
  const touch = window.matchMedia('(pointer: coarse)').matches; // a keyboard on the screen would hide the picture
  if (answer && !touch) answer.focus();
  else stage.querySelector('#an-question')?.focus({ preventScroll: true });
}
// Beside the field `of` on the start's form, which says all at once; elsewhere there is one place.
function complain(words, of = '') {
  const place = stage.querySelector(`.an-error[data-of="${of}"]`) || stage.querySelector('.an-error:not([data-of])');
  if (place) place.textContent = words;
  else if (words) say(words);
}
function ahead(media) {
  const place = root.querySelector('.an-ahead');
  place.replaceChildren();
  media.forEach(({ modality, url }) => {
    if (modality === 'image') new Image().src = url;
    else place.append(Object.assign(document.createElement(modality), { src: url, preload: 'auto', muted: true }));
  });
}

/* Keeping */
function drafted() {
  if (!shown) return;
  const { ticket } = now;
  const { sample } = shown;
  const text = answer.get();
  keep(draftKey(ticket, sample), text ? JSON.stringify({ text }) : null);
  clearTimeout(draftTimer);
  draftTimer = setTimeout(async () => {
    const kept = await server.annotate_draft({ ticket, sample, text });
    if (!shown || shown.sample !== sample || sending) return;
    if (!kept) lost(T['lost.draft'], drafted);
    else if (kept.error) say(kept.error);
    else { back(); say(T['saved.draft']); }
  }, 500);
}
async function send(item) {
  keep(outboxKey(item.ticket), JSON.stringify(item));
  const call = item.action === 'skip' ? server.annotate_skip : server.annotate_answer;
  const answer = await untilHeard(() => call(item), T.lost);
  if (answer) keep(outboxKey(item.ticket), null);
  if (answer && !answer.error) {
    keep(draftKey(item.ticket, item.sample), null);
    channel?.postMessage({ ticket: item.ticket, sample: item.sample });
  }
  return answer;
}
async function submit(extra) {
  if (sending || !shown) return;
  const text = answer.get();
  const amiss = extra.action === 'answer' && answer.amiss();
  if (amiss) {
    complain(amiss);
    answer.focus();
    return;
  }
  sending = true;
  clearTimeout(draftTimer);
  lock(true);
  say(T.saving);
  const reply = await send({ ticket: now.ticket, sample: shown.sample, client_id: shown.client, text, shown_at: shown.at, ...extra });
  sending = false;
  if (!reply) return;
  if (reply.error) {
    lock(false);
    complain(reply.error);
    focusQuestion();
    return;
  }
  show(reply, T[extra.action === 'skip' ? 'saved.skip' : 'saved']);
}
function lock(on) {
  answer.lock(on);
  stage.querySelectorAll('.an-ask .an-actions button').forEach((button) => { button.disabled = on; });
}
async function undo() {
  if (sending || !now || !now.can_undo) return;
  sending = true;
  const client = uid();
  const { ticket } = now;
  const answer = await untilHeard(() => server.annotate_undo({ ticket, client_id: client }), T['lost.open']);
  sending = false;
  if (answer?.error) complain(answer.error);
  else if (answer) show(answer, T.taken_back);
}

/* Another tab with the same ticket */
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('studio-annotate') : null;
channel?.addEventListener('message', async ({ data }) => {
  if (!element.isConnected || sending || !now || data.ticket !== now.ticket || !shown || data.sample !== shown.sample) return;
  const answer = await server.annotate_open({ ticket: now.ticket });
  if (answer && !answer.error && !sending) show(answer, T.elsewhere);
});

/* Doing */
element.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.classList.contains('an-start')) return enter(form);
  if (form.closest('.an-skip')) {
    const [reason, note] = [form.elements.reason.value, form.elements.note.value];
    skipDialog.close();
    return submit({ action: 'skip', reason, note });
  }
  return submit({ action: 'answer' });
});
function enter(form) {
  const name = form.elements.name.value.trim();
  const task = form.elements.task.value;
  complain('');
  complain(name ? '' : T['name.missing'], 'name');
  complain(task ? '' : T['task.missing'], 'task');
  if (!name) return form.elements.name.focus();
  if (!task) return form.querySelector('[name="task"]').focus();
  keep(NAME, name);
  return open({ name, task });
}
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (event.target.tagName === 'DIALOG' && event.target !== zoomDialog) return event.target.close();
  if (!button) return;
  const { resume, leave, act } = button.dataset;
  if (resume) open({ ticket: resume });
  else if (leave) { blind(leave, false); start(T.left); }
  else acts[act]?.(button);
});
const acts = {
  skip: () => openSkip(),
  undo: () => undo(),
  pause: () => start(),
  start: () => start(),
  keys: () => keysDialog.showModal(),
  close: (button) => button.closest('dialog').close(),
};
function openSkip() {
  if (!shown || sending) return;
  skipDialog.querySelector('form').reset();
  skipDialog.showModal();
  skipDialog.querySelector('[name="reason"]').focus();
}
[skipDialog, keysDialog, zoomDialog].forEach((dialog) => dialog.addEventListener('close', () => shown && !sending && focusQuestion()));

/* Keys: by their physical place, so that the layout does not matter */
const player = () => stage.querySelector('.st-fig audio, .st-fig video');
const MEDIA = {
  KeyP: () => { const one = player(); if (one) one.paused ? one.play() : one.pause(); },
  KeyJ: () => { const one = player(); if (one) one.currentTime = Math.max(0, one.currentTime - 5); },
  KeyL: () => { const one = player(); if (one) one.currentTime += 5; },
  Comma: () => stepSpeed(-1),
  Period: () => stepSpeed(1),
};
function onKey(event) {
  if (!element.isConnected) return document.removeEventListener('keydown', onKey);
  if (event.isComposing || zoomDialog.open || keysDialog.open) return;
  if (skipDialog.open) return skipKey(event);
  if (!shown && !(now && event.code === 'KeyZ')) return;
  const typing = isTyping(event.target);
  const control = event.ctrlKey || event.metaKey;
  const used = control ? withControl(event, typing) : event.altKey ? withAlt(event) : plain(event, typing);
  if (used) event.preventDefault();
}
function withControl(event, typing) {
  if (event.code === 'Enter' || event.code === 'NumpadEnter') { submit({ action: 'answer' }); return true; }
  if (event.code !== 'KeyZ' || event.shiftKey || (typing && event.target.value)) return false;
  undo();
  return true;
}
function withAlt(event) {
  if (event.code === 'KeyS') openSkip();
  else if (MEDIA[event.code]) MEDIA[event.code]();
  else return false;
  return true;
}
function plain(event, typing) {
  const { code, target } = event;
  const enter = code === 'Enter' || code === 'NumpadEnter';
  if (answer?.key(event, typing)) return true;
  if (typing) {
    if (!enter || event.shiftKey || !target.closest('[data-answer]')) return false;
    submit({ action: 'answer' });
    return true;
  }
  if (enter) {
    if (target.closest?.('a, summary, button:not(.an-option)')) return false;
    submit({ action: 'answer' });
    return true;
  }
  if (event.key === '?' || (code === 'Slash' && event.shiftKey)) { keysDialog.showModal(); return true; }
  if (event.shiftKey || /^(audio|video)$/i.test(target.tagName)) return false;
  if (code === 'KeyS') { openSkip(); return true; }
  if (MEDIA[code]) { MEDIA[code](); return true; }
  return false;
}
function skipKey(event) {
  const digit = !isTyping(event.target) && /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  const reason = digit && skipDialog.querySelectorAll('[name="reason"]')[Number(digit[1]) - 1];
  const confirm = event.key === 'Enter' && !event.shiftKey && !event.target.closest('button');
  if (reason) { reason.checked = true; reason.focus(); } else if (confirm) skipDialog.querySelector('form').requestSubmit();
  if (reason || confirm) event.preventDefault();
}
document.addEventListener('keydown', onKey);
zoomable(root, zoomDialog, T);
begin();
