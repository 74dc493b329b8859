// A refused start is said beside the field that it is about, which gets the focus; where there is none, under the button.
const PLACED = 'st-refused';

function forget() {
  document.querySelectorAll(`.${PLACED}`).forEach((words) => words.remove());
  document.querySelectorAll('[aria-invalid]').forEach((input) => {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  });
}
function place(words, field) {
  field.closest('.st-fold:not([data-open])')?.querySelector('button').click();
  const copy = words.cloneNode(true);
  copy.classList.add(PLACED);
  copy.id = 'refused';
  words.hidden = true;
  setTimeout(() => { // once the fold is open
    field.append(copy);
    const input = field.querySelector('input, textarea, button') || field;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', copy.id);
    input.focus({ preventScroll: true });
    field.scrollIntoView({ block: 'center', behavior: 'smooth' });
    field.addEventListener('input', forget, { once: true });
  }, 60);
}
watch('value', () => {
  forget();
  const words = element.querySelector('[data-turn]');
  const field = words && words.dataset.field && document.getElementById(words.dataset.field);
  if (field) place(words, field);
});
