// Judge and people. The address names the run and the measure shown; while another judge works the page asks again.
const NAMES = ['run', 'metric'];
const AGAIN_MS = 1500;
const answered = (asked) => server.health_look(asked);
const inUse = () => root.querySelector('.he-ask')?.contains(document.activeElement);
const arrived = () => {};

async function act(button, call) {
  const alert = button.parentElement.querySelector('.st-alert');
  button.disabled = true;
  if (alert) alert.hidden = true;
  const answer = await call();
  button.disabled = false;
  if (answer && !answer.error) return answer;
  const words = answer ? answer.error : T.lost;
  if (alert) Object.assign(alert, { textContent: words, hidden: false });
  else button.after(refusal(words));
  return null;
}

root.addEventListener('click', async ({ target }) => {
  const metric = target.closest('[data-metric]');
  const draw = target.closest('[data-draw]');
  const use = target.closest('[data-use]');
  if (metric) { address({ ...query(), metric: metric.dataset.metric }, true); look(); }
  if (draw) { const found = await act(draw, () => server.health_draw(query())); if (found) location.href = found.address; }
  if (use) { if (await act(use, () => server.health_use({ ...query(), judge: use.dataset.use }))) look(); }
  if (target.closest('[data-act="refresh"]')) look();
  if (target.closest('[data-act="close"]')) keysDialog.close();
});
root.addEventListener('change', ({ target }) => {
  if (target.matches('.in-run select')) { address({ ...query(), run: target.value }, true); look(); }
});
root.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const asked = { ...query(), ...Object.fromEntries(new FormData(form)) };
  if (await act(form.querySelector('button'), () => server.health_judge(asked))) { document.activeElement.blur(); look(); }
});
listenForKeys(({ code, shiftKey }) => {
  const next = code === 'KeyN' && !shiftKey;
  if (next) root.querySelector('.he-said .st-btn--main')?.click(); // what the first words advise
  return next;
});
look();
