// Judge and people. The address names the run and the measure shown; while another judge works the page asks again. An
// answer that was overtaken by another address is dropped.
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('[data-status]');
const NAMES = ['run', 'metric'];
const AGAIN_MS = 1500;
let turn = 0;
let timer = 0;
let going = false;

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => NAMES.includes(key)));

async function look() {
  clearTimeout(timer);
  const mine = ++turn;
  const busy = setTimeout(() => { root.setAttribute('aria-busy', 'true'); status.textContent = T.working; }, 300);
  const answer = await server.health_look(query());
  clearTimeout(busy);
  if (mine !== turn) return;
  root.removeAttribute('aria-busy');
  status.textContent = '';
  if (!answer) {
    await reloadIfRestarted();
    if (!part('body').children.length) part('body').replaceChildren(refusal(T.lost));
    status.textContent = T.lost;
    timer = setTimeout(look, 3 * AGAIN_MS);
    return;
  }
  if (answer.error) return part('body').replaceChildren(refusal(answer.error));
  going = answer.going;
  const typing = root.querySelector('.he-ask')?.contains(document.activeElement);
  for (const [name, html] of Object.entries(answer.parts)) if (!(typing && name === 'body' && going)) place(name, html);
  if (answer.state) address(answer.state, false);
  if (going) timer = setTimeout(look, AGAIN_MS);
}

// What has the focus keeps it when its part is drawn anew.
function place(name, html) {
  const target = part(name);
  if (!target || target.dataset.shown === html) return;
  const held = target.contains(document.activeElement) ? document.activeElement.dataset.metric : '';
  target.innerHTML = html;
  target.dataset.shown = html;
  if (held) target.querySelector(`[data-metric="${held}"]`)?.focus({ preventScroll: true });
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
window.addEventListener('popstate', look);
look();
