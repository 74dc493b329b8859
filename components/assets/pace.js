// What a thousand answers cost: prices are typed beside the figures and stay in this browser; the amounts come with the
// panel, once a second while a run goes on.
const PRICES = 'studio-prices';
const NAMES = ['hour', 'prompt', 'completion'];
const form = () => document.getElementById('pc-cost');

function kept() {
  try { return JSON.parse(localStorage.getItem(PRICES)) || {}; } catch { return {}; }
}
function price(text) {
  const found = Number(String(text || '').trim().replace(',', '.'));
  return Number.isFinite(found) && found > 0 ? found : null;
}
function written(value) {
  return value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 4, useGrouping: 'min2' });
}
function reckon() {
  const place = form();
  const panel = element.querySelector('[data-thousand]');
  if (!place || !panel) return;
  const words = JSON.parse(place.dataset.words);
  const amounts = JSON.parse(panel.dataset.thousand);
  const terms = [];
  const missing = [];
  let total = 0;
  for (const name of NAMES) {
    const each = price(place.querySelector(`[name=${name}]`).value);
    if (each === null) continue;
    if (typeof amounts[name] !== 'number') { missing.push(words[`no_${name}`]); continue; }
    total += each * amounts[name];
    const amount = words[name === 'hour' ? 'hour' : 'tokens'].replace('{}', written(amounts[name]));
    terms.push(`${amount} × ${written(each)}`);
  }
  let said = '';
  if (missing.length) said = `— (${missing.join(', ')})`;
  else if (terms.length) said = `${terms.join(' + ')} = ${words.total.replace('{}', written(total))}`;
  const output = place.querySelector('output');
  if (output.textContent !== said) output.textContent = said;
}
function fill() {
  const place = form();
  if (!place || 'ready' in place.dataset) return;
  place.dataset.ready = '';
  const prices = kept();
  for (const name of NAMES) place.querySelector(`[name=${name}]`).value = prices[name] || '';
  place.open = NAMES.some((name) => prices[name]);
  place.addEventListener('input', () => {
    const typed = Object.fromEntries(NAMES.map((name) => [name, place.querySelector(`[name=${name}]`).value]));
    try { localStorage.setItem(PRICES, JSON.stringify(typed)); } catch { /* a browser that keeps nothing still counts */ }
    reckon();
  });
}

// The panel is drawn anew every second; a table that was opened stays open, and where its reader was.
let opened = false;
let scrolled = 0;
element.addEventListener('toggle', (event) => {
  if (event.target.matches('.pc-table')) opened = event.target.open;
}, true);
element.addEventListener('scroll', (event) => { scrolled = event.target.scrollTop; }, true);

let sought = location.hash === '#pace';
function drawn() {
  fill();
  reckon();
  const table = element.querySelector('.pc-table');
  if (table && opened && !table.open) {
    table.open = true;
    table.querySelector('div').scrollTop = scrolled;
  }
  if (sought && element.querySelector('.pc')) {
    sought = false;
    document.getElementById('pace').scrollIntoView();
  }
}
watch('value', drawn);
drawn();
