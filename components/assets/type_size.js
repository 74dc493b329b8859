// How large a question is written: three sizes, kept in this browser.
const TYPE_SIZES = 3;
const typeSize = () => Math.min(TYPE_SIZES - 1, Math.max(0, Number(recall('studio-type')) || 0));
function applyType() {
  const size = typeSize();
  root.dataset.type = size;
  root.querySelectorAll('[data-type-by]').forEach((button) => {
    const end = size === (Number(button.dataset.typeBy) > 0 ? TYPE_SIZES - 1 : 0);
    button.setAttribute('aria-disabled', end);
  });
}
// `tell` gets the words for it.
function stepType(by, tell) {
  const size = Math.min(TYPE_SIZES - 1, Math.max(0, typeSize() + by));
  keep('studio-type', String(size));
  applyType();
  const group = root.querySelector('.an-type');
  if (group) tell(group.dataset.said.replace('{n}', size + 1));
}
