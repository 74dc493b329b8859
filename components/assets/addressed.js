// A view that is drawn anew from its address. The page says NAMES (what the address holds), AGAIN_MS (how soon it asks again
// while something goes on), `answered(query)` (its server's answer), `inUse()` (whether somebody is at work in its body), and
// what else is to be done with an answer (`arrived(answer)`). An answer that was overtaken by another address is dropped.
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const status = root.querySelector('[data-status]');
const LOST_MS = 4000;
let turn = 0;
let timer = 0;

const query = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => NAMES.includes(key)));

async function look() {
  clearTimeout(timer);
  const mine = ++turn;
  const busy = setTimeout(() => { root.setAttribute('aria-busy', 'true'); status.textContent = T.working; }, 300);
  const answer = await answered(query());
  clearTimeout(busy);
  if (mine !== turn) return;
  root.removeAttribute('aria-busy');
  status.textContent = '';
  if (!answer) {
    await reloadIfRestarted();
    if (!part('body').children.length) part('body').replaceChildren(refusal(T.lost));
    status.textContent = T.lost;
    timer = setTimeout(look, LOST_MS);
    return;
  }
  if (answer.error) return part('body').replaceChildren(refusal(answer.error));
  const using = answer.going && inUse();
  for (const [name, html] of Object.entries(answer.parts)) if (!(using && name === 'body')) place(name, html);
  arrived(answer);
  if (answer.state) address(answer.state, false);
  if (answer.going) timer = setTimeout(look, AGAIN_MS);
}

function place(name, html) {
  const target = part(name);
  if (!target || target.dataset.shown === html) return;
  redraw(target, html);
  target.dataset.shown = html;
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
window.addEventListener('popstate', look);
