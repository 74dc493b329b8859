// Squares: a click picks the sample; the newest stay in view while the reader has not scrolled away.
element.addEventListener('click', (event) => {
  const square = event.target.closest('[data-sample]');
  if (!square) return;
  element.querySelectorAll('[aria-pressed]').forEach((b) => b.removeAttribute('aria-pressed'));
  square.setAttribute('aria-pressed', 'true');
  trigger('pick', { sample: Number(square.dataset.sample) });
});
watch('value', () => {
  const list = element.querySelector('.st-strip');
  if (list && list.scrollHeight - list.scrollTop - list.clientHeight < 80) list.scrollTop = list.scrollHeight;
});
