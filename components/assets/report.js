// A report of a run: a button of the page names the run, the dialog asks what goes in, the server makes the file while
// the script asks how far it is. A dialog closed meanwhile changes nothing on the server; its answer is not waited for.
const dialog = root.querySelector('dialog');
const form = dialog.querySelector('form');
const status = dialog.querySelector('.re-status');
const bar = dialog.querySelector('progress');
const go = dialog.querySelector('[data-go]');
const download = dialog.querySelector('[data-download]');
const others = dialog.querySelector('[data-others]');
const filtered = dialog.querySelector('.re-where');
const TICK_MS = 400;
let run = '';
let turn = 0; // what is shown belongs to the latest opening of the dialog

function say(words, bad = false) {
  status.textContent = words;
  status.classList.toggle('st-alert', bad);
}
function idle(again) {
  bar.hidden = true;
  go.hidden = !again;
  go.disabled = false;
}

async function open(button) {
  run = button.dataset.report;
  const mine = ++turn;
  say('');
  idle(true);
  download.hidden = true;
  others.replaceChildren();
  others.parentElement.hidden = true;
  dialog.showModal();
  filtered.hidden = true;
  const answer = await server.report_offer({ ...Object.fromEntries(new URLSearchParams(location.search)), run });
  if (mine !== turn || !answer || answer.error) return;
  filtered.hidden = !answer.where;
  filtered.querySelector('[data-where]').textContent = answer.where;
  if (!answer.html) return;
  others.innerHTML = answer.html;
  others.parentElement.hidden = false;
}

async function make() {
  const mine = ++turn;
  const beside = [...others.querySelectorAll('input:checked')].map((box) => box.value);
  const wanted = !filtered.hidden && form.elements.filtered.checked;
  const where = wanted ? filtered.querySelector('[data-where]').textContent : '';
  download.hidden = true;
  go.hidden = false;
  go.disabled = true;
  bar.hidden = false;
  bar.removeAttribute('value');
  say(T.waiting);
  const begun = await server.report_begin({ runs: [run, ...beside], top: form.elements.top.value, lang: form.elements.lang.value, where });
  if (mine !== turn) return;
  if (!begun || begun.error) return fail(begun);
  follow(begun.job, mine);
}

async function follow(job, mine) {
  const state = await server.report_state({ job });
  if (mine !== turn) return;
  if (!state || state.error) return fail(state);
  if (state.phase === 'done') {
    idle(false);
    say(state.words);
    download.href = state.href;
    download.hidden = false;
    return download.focus();
  }
  const words = (T[state.phase] || T.waiting).replace('{done}', state.done).replace('{total}', state.total);
  if (status.textContent !== words) say(words);
  if (state.phase === 'media' && state.total) Object.assign(bar, { max: state.total, value: state.done });
  setTimeout(() => { if (mine === turn && element.isConnected) follow(job, mine); }, TICK_MS);
}

async function fail(answer) {
  idle(true);
  say(answer?.error || T.lost, true);
  if (!answer) await reloadIfRestarted();
}

// Whatever is chosen anew makes another file: the old one is no longer offered.
form.addEventListener('input', () => {
  turn += 1;
  idle(true);
  download.hidden = true;
  say('');
  const boxes = [...others.querySelectorAll('input')];
  const full = boxes.filter((box) => box.checked).length >= T.most - 1;
  boxes.forEach((box) => { box.disabled = full && !box.checked; });
});
form.addEventListener('submit', (event) => { event.preventDefault(); make(); });
dialog.addEventListener('close', () => { turn += 1; });
dialog.addEventListener('click', (event) => {
  if (event.target === dialog || event.target.closest('[data-close]')) dialog.close();
});
function onClick(event) {
  if (!element.isConnected) return document.removeEventListener('click', onClick);
  const button = event.target.closest?.('[data-report]');
  if (button) open(button);
}
document.addEventListener('click', onClick);
