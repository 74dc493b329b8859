// Forms of Organise: what they send, what is wrong with a field, drafts that outlive a reload.
const NEW_DRAFT = 'studio-new-project';
const hold = (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* private mode */ } };
const held = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const sent = (form) => Object.fromEntries(new FormData(form));

// What is wrong stands at its field; what is of no field, at the form's foot.
function wrong(form, field, words) {
  for (const place of form.querySelectorAll('[data-wrong]')) {
    const mine = words && place.dataset.wrong === field;
    place.textContent = mine ? words : '';
    if (place.matches('.st-alert')) place.hidden = !mine;
    const input = form.elements[place.dataset.wrong];
    if (input?.setAttribute) mine ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid');
  }
  if (!words) return;
  const known = [...form.querySelectorAll('[data-wrong]')].some((place) => place.dataset.wrong === field);
  if (!known) {
    const foot = form.querySelector('.st-alert[data-wrong]');
    if (foot) Object.assign(foot, { textContent: words, hidden: false });
  }
  form.elements[field]?.focus?.({ preventScroll: false });
  [...form.querySelectorAll('[data-wrong]')].find((place) => place.textContent)?.scrollIntoView({ block: 'nearest' }); // below its field
}

// A day without its time: a browser sends such a field empty, as if nothing had been typed.
const halfTyped = (form) => [...form.elements].find((input) => input.validity?.badInput);

// One submission of a form: false while it is refused.
async function submitted(form, name, more = {}) {
  const button = form.querySelector('button:not([type="button"])');
  if (button.disabled) return null;
  const half = halfTyped(form);
  if (half) { wrong(form, half.name, T['bad.opens_at']); return null; }
  button.disabled = true;
  wrong(form, '', '');
  const answer = await server[`organise_${name}`]({ ...query(), ...sent(form), ...more });
  button.disabled = false;
  if (!answer) { await reloadIfRestarted(); wrong(form, '', T.lost); return null; }
  if (answer.error) { wrong(form, '', answer.error); return null; }
  if (answer.words) { wrong(form, answer.field, answer.words); return null; }
  if (answer.said) tell(answer.said);
  return answer;
}

let planning = 0;
let planTimer = 0;
async function plan(form) {
  const mine = ++planning;
  const half = halfTyped(form);
  if (half) return half === document.activeElement ? null : showPlanned(form, { field: half.name, words: T['bad.opens_at'] });
  const answer = await server.organise_plan(sent(form));
  if (mine !== planning || !form.isConnected || !answer) return;
  if (answer.error) return wrong(form, '', answer.error);
  if (answer.words) return showPlanned(form, answer);
  wrong(form, '', '');
  form.querySelector('[data-plan]').innerHTML = answer.html;
  const select = form.elements.stratify;
  const chosen = select.value || form.dataset.stratify || '';
  select.replaceChildren(select.options[0], ...answer.categories.map(([value, words]) => new Option(words, value)));
  select.value = [...select.options].some((option) => option.value === chosen) ? chosen : '';
}
// While somebody types, only the field that is wrong is marked: the focus stays where it is.
function showPlanned(form, { field, words }) {
  const active = document.activeElement;
  const [x, y] = [window.scrollX, window.scrollY];
  wrong(form, field, words);
  if (active && active !== document.body) active.focus({ preventScroll: true });
  window.scrollTo(x, y);
}
function planSoon(form) {
  hold(NEW_DRAFT, JSON.stringify(sent(form)));
  const { whole, task, size } = form.elements;
  form.querySelector('.og-part').hidden = whole.value !== 'part';
  if (whole.value === 'part') proposeSize(form, task.value, size);
  clearTimeout(planTimer);
  planTimer = setTimeout(() => plan(form), 350);
}
// A part of a task is proposed once for each task that is chosen: what is typed then stays.
function proposeSize(form, task, size) {
  const typed = size.value && (form.dataset.sized === undefined || form.dataset.sized === task);
  form.dataset.sized = task;
  if (!typed) size.value = JSON.parse(form.dataset.parts)[task] || '';
}
function beginNew(form) {
  if (form.dataset.begun) return;
  form.dataset.begun = '1';
  try {
    for (const [name, value] of Object.entries(JSON.parse(held(NEW_DRAFT) || '{}'))) {
      const input = form.elements[name];
      if (!input) continue;
      if (name === 'stratify') form.dataset.stratify = value;
      else if (input.tagName !== 'SELECT' || [...input.options].some((option) => option.value === value)) input.value = value;
    }
  } catch { /* a draft of an older studio */ }
  planSoon(form);
}

let previewTimer = 0;
function beginWriting(area) {
  if (area.dataset.begun) return;
  area.dataset.begun = '1';
  const kept = held(area.dataset.draft);
  if (kept !== null && kept !== area.dataset.kept) { area.value = kept; previewSoon(area); }
}
function previewSoon(area) {
  hold(area.dataset.draft, area.value === area.dataset.kept ? null : area.value);
  clearTimeout(previewTimer);
  previewTimer = setTimeout(async () => {
    const answer = await server.organise_preview({ ...query(), text: area.value });
    if (answer?.html !== undefined) root.querySelector('[data-preview]').innerHTML = answer.html;
  }, 250);
}
