// Importing logs: files chosen or dropped go to the server as they are; what became of them is shown with its links,
// and the list of runs is drawn again.
const box = element.querySelector('.st-import');
const T = JSON.parse(box.dataset.texts);
const form = box.querySelector('form');
const status = box.querySelector('.su-status');
const report = box.querySelector('[data-report]');
const drop = box.querySelector('.su-drop');
let sending = null;

function show(answer) {
  sending = null;
  status.textContent = '';
  box.removeAttribute('aria-busy');
  if (answer.error) {
    const line = document.createElement('p');
    Object.assign(line, { className: 'st-alert', textContent: answer.error });
    line.setAttribute('role', 'alert');
    return report.replaceChildren(line);
  }
  report.innerHTML = answer.html;
  report.focus();
  document.dispatchEvent(new Event('studio:imported'));
}
function send(files) {
  if (!files.length || sending) return;
  const data = new FormData();
  for (const file of files) data.append('files', file, file.name);
  data.append('model', form.elements.model.value);
  if (form.elements.judge.checked) data.append('judge', '1');
  report.replaceChildren();
  box.setAttribute('aria-busy', 'true');
  const request = (sending = new XMLHttpRequest()); // fetch does not tell how much has been sent
  const told = (percent) => { status.textContent = T.sending.replace('{percent}', percent); };
  told(0);
  request.upload.onprogress = ({ loaded, total }) => {
    if (loaded < total) told(Math.floor((100 * loaded) / total));
    else status.textContent = T.reading;
  };
  request.onload = () => {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* a proxy's page */ }
    show(answer || { error: T.lost });
  };
  request.onerror = () => show({ error: T.lost });
  request.open('POST', new URL(`./runs/import?lang=${box.dataset.lang}`, document.baseURI));
  request.send(data);
}
form.addEventListener('submit', (event) => event.preventDefault());
drop.querySelector('input').addEventListener('change', ({ target }) => {
  send(target.files);
  target.value = ''; // the same file, mended, may be chosen again
});
// A file dropped beside its place would take the tab away from the page.
for (const name of ['dragover', 'drop']) {
  box.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('is-over', name === 'dragover' && drop.contains(event.target));
    if (name === 'drop') send(event.dataTransfer.files);
  });
}
box.addEventListener('dragleave', () => drop.classList.remove('is-over'));
if (new URLSearchParams(location.search).has('import')) box.open = true;
