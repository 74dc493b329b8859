// Submission. Ticked runs stand in the address; each change of them asks for the report of their archive, and an answer
// that was overtaken by a newer question is dropped. A file goes to the server as it is and leaves nothing there.
const list = root.querySelector('[data-runs]');
const report = root.querySelector('[data-report]');
const status = root.querySelector('.su-status');
const partial = root.querySelector('[data-partial]');
const drop = root.querySelector('.su-drop');
const WAIT_MS = 350; // several ticks in a row are one question
let asked = 0;
let timer = 0;
let sending = null;
let last = null; // what the report on the screen is of: asks for it again

const ticked = () => [...list.querySelectorAll('input:checked')].map((box) => box.value);
const refusal = (words) => {
  const line = document.createElement('p');
  Object.assign(line, { className: 'st-alert', textContent: words });
  line.setAttribute('role', 'alert');
  return line;
};
// What the eye finds in the report is only said to a screen reader.
function tell(words, quiet = false) {
  status.classList.toggle('st-sr', quiet);
  status.textContent = words;
}
function show(answer, turn) {
  if (turn !== asked) return;
  tell('');
  report.removeAttribute('aria-busy');
  if (answer.error) return report.replaceChildren(refusal(answer.error));
  report.innerHTML = answer.html;
  const verdict = report.querySelector('.su-verdict');
  if (verdict) tell(verdict.dataset.said, true);
}
function address(runs) {
  const query = new URLSearchParams(location.search);
  runs.length ? query.set('runs', runs.join(',')) : query.delete('runs');
  partial.checked ? query.set('partial', '1') : query.delete('partial');
  const text = query.toString().replaceAll('%2C', ',');
  history.replaceState(history.state, '', location.pathname + (text ? `?${text}` : ''));
}
function begin(words) {
  clearTimeout(timer);
  if (sending) sending.abort();
  sending = null;
  tell(words);
  report.setAttribute('aria-busy', 'true');
  return ++asked;
}

async function pack(runs = ticked()) {
  last = () => pack(ticked());
  address(runs);
  const turn = begin(runs.length ? T.packing : '');
  const answer = await server.submission_report({ runs, partial: partial.checked });
  if (!answer) await reloadIfRestarted();
  show(answer || { error: T.lost }, turn);
}

function check(file) {
  last = () => check(file);
  const turn = begin(T.sending.replace('{percent}', 0));
  const query = new URLSearchParams({ name: file.name, lang: T.lang });
  if (partial.checked) query.set('partial', '1');
  const request = (sending = new XMLHttpRequest()); // fetch does not tell how much has been sent
  request.upload.onprogress = ({ loaded, total }) => {
    if (turn !== asked) return;
    tell(loaded < total ? T.sending.replace('{percent}', Math.floor((100 * loaded) / total)) : T.checking);
  };
  request.onload = () => {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* a proxy's page */ }
    show(answer || { error: T.lost }, turn);
  };
  request.onerror = () => show({ error: T.lost }, turn);
  request.open('POST', new URL(`./submission/check?${query}`, document.baseURI));
  request.send(file);
}

async function open() {
  const query = new URLSearchParams(location.search);
  const runs = (query.get('runs') || '').split(',').filter(Boolean);
  partial.checked = query.has('partial');
  const answer = await server.submission_open({ runs });
  list.removeAttribute('aria-busy');
  if (!answer) return list.replaceChildren(refusal(T.lost));
  if (answer.error) return list.replaceChildren(refusal(answer.error));
  list.innerHTML = answer.html;
  if (runs.length) pack(runs);
}

list.addEventListener('change', () => {
  clearTimeout(timer);
  timer = setTimeout(pack, WAIT_MS);
});
partial.addEventListener('change', () => { address(ticked()); if (last) last(); });
drop.querySelector('input').addEventListener('change', ({ target }) => {
  if (target.files.length) check(target.files[0]);
  target.value = ''; // the same file, mended, may be chosen again
});
// A file dropped beside its place would take the tab away from the page.
for (const name of ['dragover', 'drop']) {
  root.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('is-over', name === 'dragover' && drop.contains(event.target));
    if (name === 'drop' && event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
  });
}
root.addEventListener('dragleave', () => drop.classList.remove('is-over'));
open();
