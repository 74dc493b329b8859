// A run by prompt. The address names the run, the task and the score; while the run goes on the page asks again.
const NAMES = ['run', 'task', 'mark'];
const AGAIN_MS = 3000;
let task = '';
const answered = (asked) => server.prompts_look(asked);
const inUse = () => part('body').contains(document.activeElement) || part('body').querySelector('details[open]');
const arrived = (answer) => { task = answer.task || ''; };

root.addEventListener('click', (event) => {
  const { target } = event;
  const mark = target.closest('[data-mark]');
  if (mark) { address({ ...query(), mark: mark.dataset.mark }, true); look(); }
  if (target.closest('[data-act="refresh"]')) look();
  if (target.closest('[data-act="close"]')) keysDialog.close();
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
listenForKeys(() => false); // only those that all views have
look();
