// Experiments. What is shown stands in the address; while it goes on the page asks again, and an answer that was
// overtaken by another address is dropped.
const cards = root.querySelector('[data-cards]');
const result = root.querySelector('[data-result]');
const earlier = root.querySelector('[data-earlier]');
const status = root.querySelector('[data-status]');
const AGAIN_MS = 1000; // the server counts thousands of answers for each look
const NAMES = ['run', 'base', 'mark', 'calibration', 'corrected'];
let turn = 0;
let timer = 0;
let shown = '';

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => NAMES.includes(key)));
const refusal = (words) => {
  const line = document.createElement('p');
  Object.assign(line, { className: 'st-alert', textContent: words });
  line.setAttribute('role', 'alert');
  return line;
};

async function look(whole = false) {
  clearTimeout(timer);
  const mine = ++turn;
  const answer = await server.experiments_open({ ...query(), whole });
  if (mine !== turn) return;
  if (!answer) {
    await reloadIfRestarted();
    if (!shown) result.replaceChildren(refusal(T.lost));
    timer = setTimeout(() => look(whole), 3 * AGAIN_MS);
    return;
  }
  if (answer.error) return result.replaceChildren(refusal(answer.error));
  if (answer.cards !== undefined) cards.innerHTML = answer.cards;
  cards.removeAttribute('aria-busy');
  if (answer.earlier !== undefined) earlier.innerHTML = answer.earlier;
  if (answer.result !== shown) {
    // What a person has opened or is choosing stays while the rest is drawn anew.
    if (!result.contains(document.activeElement) || answer.going === false) result.innerHTML = answer.result;
    shown = answer.result;
  }
  for (const form of cards.querySelectorAll('form')) form.querySelector('button').disabled = false;
  if (answer.going) timer = setTimeout(look, AGAIN_MS);
  const title = result.querySelector('#ex-result');
  status.textContent = answer.going || !title ? '' : title.textContent;
}

function go(next, push = true) {
  const params = new URLSearchParams(location.search);
  for (const name of NAMES) params.delete(name);
  for (const [key, value] of Object.entries(next)) if (value) params.set(key, value);
  const text = params.toString();
  history[push ? 'pushState' : 'replaceState'](history.state, '', location.pathname + (text ? `?${text}` : ''));
  shown = '';
  return look();
}

async function start(form) {
  const alert = form.querySelector('.st-alert');
  const button = form.querySelector('button');
  const { of, tasks, limit } = Object.fromEntries(new FormData(form));
  alert.hidden = true;
  button.disabled = true;
  status.textContent = T.starting;
  const answer = await server.experiments_start({ what: form.dataset.what, of, tasks, limit });
  if (!answer || answer.error) {
    button.disabled = false;
    alert.textContent = answer ? answer.error : T.lost;
    alert.hidden = false;
    return;
  }
  await go(answer.address);
  result.scrollIntoView({ block: 'start', behavior: 'smooth' });
  result.focus({ preventScroll: true });
}

async function answers(button) {
  const row = button.closest('tr').nextElementSibling;
  const cell = row.firstElementChild;
  row.hidden = !row.hidden;
  button.setAttribute('aria-expanded', String(!row.hidden));
  if (row.hidden || cell.dataset.full) return;
  const answer = await server.experiments_answers({ calibration: cell.dataset.calibration, kind: button.dataset.kind });
  if (!answer || answer.error) return cell.replaceChildren(refusal(answer ? answer.error : T.lost));
  cell.innerHTML = answer.html;
  cell.dataset.full = '1';
}

cards.addEventListener('submit', (event) => { event.preventDefault(); start(event.target); });
// A run that is there brings its own tasks and limit.
cards.addEventListener('change', ({ target }) => {
  if (target.name !== 'of') return;
  for (const field of target.form.querySelectorAll('[data-tasks]')) field.hidden = target.value.startsWith('run:');
});
result.addEventListener('click', ({ target }) => {
  const mark = target.closest('[data-mark]');
  const kind = target.closest('[data-kind]');
  if (mark) go({ ...query(), mark: mark.dataset.mark }, false);
  if (kind) answers(kind);
});
result.addEventListener('change', ({ target }) => {
  if (target.matches('[data-corrected]')) { target.blur(); go({ ...query(), corrected: target.value }, false); }
});
window.addEventListener('popstate', () => { shown = ''; result.replaceChildren(); look(); });
look(true);
