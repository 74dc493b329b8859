// The head of a run: the address names the run on the screen, so that a reload or a copied link comes back to it,
// and the body says which half of the page is seen (pages.css).
const body = document.body.dataset;
let named = false;

function rename(run) {
  const address = new URL(location.href);
  if ((address.searchParams.get('run') || '') === run) return;
  if (run) address.searchParams.set('run', run);
  else address.searchParams.delete('run');
  address.searchParams.delete('sample');
  history.replaceState(history.state, '', address);
}
function look() {
  const shown = element.querySelector('[data-run]');
  const missing = element.querySelector('[data-missing]'); // the link's run is not here: that is said, and no form
  body.mode = shown ? 'live' : missing ? 'missing' : 'form';
  if (shown && 'going' in shown.dataset) body.going = '';
  else delete body.going;
  if (!missing && (shown || named)) rename(shown ? shown.dataset.run : '');
  named = named || Boolean(shown || missing);
}
watch('value', look);
look();

// While a run goes on its head changes every second (the time passed). When it has been still for long, the stream has
// been cut, by a sleeping laptop or a proxy: opening the page anew takes it up again, and nothing typed is on screen.
const STILL_S = 30;
let changed = Date.now();
watch('value', () => { changed = Date.now(); });
const watchdog = setInterval(() => {
  if (!element.isConnected) clearInterval(watchdog);
  else if (!('going' in body) || document.hidden) changed = Math.max(changed, Date.now() - (STILL_S - 5) * 1000);
  else if (Date.now() - changed > STILL_S * 1000) location.reload();
}, 2000);
// A link to a run: no glimpse of the form while the run is fetched; it comes back if there is no such run.
if (new URLSearchParams(location.search).has('run')) {
  body.mode = 'live';
  setTimeout(look, 4000);
}
