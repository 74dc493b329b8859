// Rows and cards: a click on [data-sample] picks it, on [data-close] shuts the card; a new card comes into view.
element.addEventListener('click', (event) => {
  const row = event.target.closest('[data-sample]');
  if (row) trigger('pick', { sample: Number(row.dataset.sample) });
  else if (event.target.closest('[data-close]')) trigger('shut', {});
});
watch('value', () => {
  const card = element.querySelector('.st-sample');
  if (!card) return;
  card.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  card.querySelectorAll('.st-fig audio').forEach((player) => drawWave(player));
});
