// The list of runs: filter, pages, resume, and a dialog (a component of its own) before anything is deleted.
const runOf = (node) => node.closest('[data-run]').dataset.run;

function ask(what, run) {
  const dialog = document.querySelector('#delete dialog');
  dialog.querySelector('[data-text]').textContent = what;
  dialog.onclick = (event) => {
    if (event.target.closest('[data-yes]')) trigger('remove', { run });
    else if (!event.target.closest('[data-no]') && event.target !== dialog) return;
    dialog.close();
  };
  dialog.showModal();
}
// Logs were imported (import.js): the new runs belong into the list.
document.addEventListener('studio:imported', () => trigger('turn', { kind: '', page: 0 }));
element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at('[data-kind]')) trigger('turn', { kind: at('[data-kind]').dataset.kind, page: 0 });
  else if (at('[data-page]')) trigger('turn', { page: Number(at('[data-page]').dataset.page) });
  else if (at('[data-resume]')) trigger('resume', { run: runOf(event.target) });
  else if (at('[data-delete]')) ask(at('[data-delete]').dataset.what, runOf(event.target));
});

// Runs marked for comparison outlive the redrawing of the list.
const MOST = 6;
const marked = new Set();
const bar = () => document.querySelector('#compare-bar .st-compare');
function showMarked() {
  element.querySelectorAll('[data-compare]').forEach((box) => {
    box.checked = marked.has(box.value);
    box.disabled = !box.checked && marked.size >= MOST;
  });
  const place = bar();
  if (!place) return;
  const go = place.querySelector('[data-address]');
  place.hidden = !marked.size;
  place.querySelector('[data-n]').textContent = marked.size;
  place.querySelector('[data-hint]').hidden = marked.size > 1;
  go.toggleAttribute('hidden', marked.size < 2);
  if (marked.size > 1) go.href = `${go.dataset.address}?runs=${[...marked].map(encodeURIComponent).join(',')}`;
  place.querySelector('[data-clear]').onclick = () => { marked.clear(); showMarked(); };
}
element.addEventListener('change', ({ target }) => {
  if (!('compare' in target.dataset)) return;
  target.checked ? marked.add(target.value) : marked.delete(target.value);
  showMarked();
});
new MutationObserver(() => marked.size && showMarked()).observe(element, { childList: true, subtree: true });
