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
