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
    attend(copy, input);
  }, 60);
}
// Said of the form as it was: whatever is typed or picked in it takes the words away. A list's choice is put into its
// input by a script, which tells nobody.
function attend(copy, input) {
  const before = input.value;
  const look = (event) => setTimeout(() => {
    if (copy.isConnected && input.value === before && event.type !== 'input') return;
    ['input', 'click', 'keyup'].forEach((name) => document.removeEventListener(name, look, true));
    if (copy.isConnected) forget();
  }, 120);
  ['input', 'click', 'keyup'].forEach((name) => document.addEventListener(name, look, true));
}
watch('value', () => {
  forget();
  const words = element.querySelector('[data-turn]');
  const field = words && words.dataset.field && document.getElementById(words.dataset.field);
  if (field) place(words, field);
});
