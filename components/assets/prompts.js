// A run by prompt. The address names the run, the task and the score; while the run goes on the page asks again. An
// answer that was overtaken by another address is dropped.
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('[data-status]');
const NAMES = ['run', 'task', 'mark'];
const AGAIN_MS = 3000;
let turn = 0;
let timer = 0;
let task = '';

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => NAMES.includes(key)));

async function look() {
  clearTimeout(timer);
  const mine = ++turn;
  const busy = setTimeout(() => { root.setAttribute('aria-busy', 'true'); status.textContent = T.working; }, 300);
  const answer = await server.prompts_look(query());
  clearTimeout(busy);
  if (mine !== turn) return;
  root.removeAttribute('aria-busy');
  status.textContent = '';
  if (!answer) {
    await reloadIfRestarted();
    if (!part('body').children.length) part('body').replaceChildren(refusal(T.lost));
    status.textContent = T.lost;
    timer = setTimeout(look, AGAIN_MS);
    return;
  }
  if (answer.error) return part('body').replaceChildren(refusal(answer.error));
  const using = part('body').contains(document.activeElement) || part('body').querySelector('details[open]');
  for (const [name, html] of Object.entries(answer.parts)) if (!(using && name === 'body' && answer.going)) place(name, html);
  part('bench').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  task = answer.task || '';
  if (answer.state) address(answer.state, false);
  if (answer.going) timer = setTimeout(look, AGAIN_MS);
}

// What has the focus keeps it when its part is drawn anew.
function place(name, html) {
  const target = part(name);
  if (!target || target.dataset.shown === html) return;
  const held = target.contains(document.activeElement) ? document.activeElement : null;
  const again = held && (held.dataset.mark ? `[data-mark="${held.dataset.mark}"]` : held.name && `[name="${held.name}"]`);
  target.innerHTML = html;
  target.dataset.shown = html;
  if (again) target.querySelector(again)?.focus({ preventScroll: true });
}

function address(next, push) {
  const params = new URLSearchParams(location.search);
  for (const name of NAMES) next[name] ? params.set(name, next[name]) : params.delete(name);
  history[push ? 'pushState' : 'replaceState'](history.state, '', `${location.pathname}?${params}`);
}

function refusal(words) {
  const line = document.createElement('p');
  Object.assign(line, { className: 'st-alert', textContent: words });
  line.setAttribute('role', 'alert');
  return line;
}

root.addEventListener('click', (event) => {
  const { target } = event;
  const mark = target.closest('[data-mark]');
  if (mark) { address({ ...query(), mark: mark.dataset.mark }, true); look(); }
  if (target.closest('[data-act="refresh"]')) look();
  const cell = target.closest('[data-sample]');
  if (cell) { // the row leads to the question, a cell of it to one sample
    const there = new URL(cell.closest('a').href);
    there.searchParams.set('sample', cell.dataset.sample);
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) window.open(there.href); else location.href = there.href;
  }
});
root.addEventListener('change', ({ target }) => {
  if (target.matches('.in-run select')) { address({ run: target.value }, true); look(); }
  if (target.matches('select[name="task"]')) { address({ ...query(), task: target.value }, true); look(); }
});
root.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const alert = form.querySelector('.st-alert');
  button.disabled = true;
  alert.hidden = true;
  const answer = await server.prompts_cross({ ...query(), task, ...Object.fromEntries(new FormData(form)) });
  button.disabled = false;
  if (answer && !answer.error) location.href = answer.address;
  else Object.assign(alert, { textContent: answer ? answer.error : T.lost, hidden: false });
});
window.addEventListener('popstate', look);
look();
