// The list of runs: filter, pages, resume, and a dialog before anything is deleted.
const runOf = (node) => node.closest('[data-run]').dataset.run;
let doomed = null;

element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  const dialog = element.querySelector('dialog');
  if (at('[data-kind]')) trigger('turn', { kind: at('[data-kind]').dataset.kind, page: 0 });
  else if (at('[data-page]')) trigger('turn', { page: Number(at('[data-page]').dataset.page) });
  else if (at('[data-resume]')) trigger('resume', { run: runOf(event.target) });
  else if (at('[data-delete]')) {
    doomed = runOf(event.target);
    dialog.querySelector('[data-text]').textContent = at('[data-delete]').dataset.what;
    dialog.showModal();
  } else if (at('[data-yes]')) {
    dialog.close();
    trigger('remove', { run: doomed });
  } else if (at('[data-no]') || event.target === dialog) dialog.close();
});
