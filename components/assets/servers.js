// What servers said stands right below their addresses; the field that a refusal is about is marked until it is changed.
// The focus stays where it is: this is said while a person goes on with the form.
let marked = null;

function clear() {
  if (!marked) return;
  marked.removeAttribute('aria-invalid');
  marked.removeAttribute('aria-describedby');
  marked = null;
}
watch('value', () => {
  clear();
  const words = element.querySelector('[data-turn]');
  const field = words && document.getElementById(words.dataset.field);
  marked = field && field.querySelector('input, textarea');
  if (!marked) return;
  words.id = 'servers-said';
  marked.setAttribute('aria-invalid', 'true');
  marked.setAttribute('aria-describedby', words.id);
  marked.addEventListener('input', clear, { once: true });
});
