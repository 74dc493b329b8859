// The box of a filter in words: what may come next as one types. A page says `completions({text, cursor})`, what the server
// offers, `inWords(where)`, what is done with a filter, `typedSoFar(where)`, what while it is being typed, and `boxLeft()`.
const box = () => root.querySelector('.in-combo [name="where"]');
const offersList = () => root.querySelector('.in-combo .in-offers');
let offered = { options: [], at: -1 };
let completing = 0;
let typing;

async function suggest() {
  const field = box();
  const turn = ++completing;
  const answer = await completions({ text: field.value, cursor: field.selectionStart });
  if (turn !== completing || document.activeElement !== field || !answer || answer.error) return;
  const typed = field.value.slice(answer.start, answer.end);
  const done = answer.options.length === 1 && answer.options[0].insert === typed; // nothing is left to complete
  offered = { ...answer, options: done ? [] : answer.options, at: -1 };
  showOffers();
}

function showOffers() {
  const list = offersList();
  const field = box();
  list.replaceChildren(...offered.options.map(offerRow));
  list.hidden = !offered.options.length;
  field.setAttribute('aria-expanded', String(!list.hidden));
  highlight(-1);
}

function offerRow(option, index) {
  const row = document.createElement('li');
  row.id = `in-offer-${index}`;
  row.role = 'option';
  for (const [name, words] of [['label', option.label], ['note', option.note], ['count', option.count]]) {
    const span = document.createElement('span');
    span.className = `in-offer-${name}`;
    span.textContent = words;
    row.append(span);
  }
  row.addEventListener('mousedown', (event) => { event.preventDefault(); pick(index); }); // the box keeps the focus
  return row;
}

function highlight(at) {
  offered.at = at;
  [...offersList().children].forEach((row, index) => {
    row.setAttribute('aria-selected', String(index === at));
    if (index === at) row.scrollIntoView({ block: 'nearest' });
  });
  if (at < 0) box().removeAttribute('aria-activedescendant');
  else box().setAttribute('aria-activedescendant', `in-offer-${at}`);
}

function closeOffers() {
  completing++;
  offered = { options: [], at: -1 };
  if (offersList()) showOffers();
}

function pick(index) {
  const field = box();
  const { insert, goes_on } = offered.options[index];
  const rest = field.value.slice(offered.end);
  const space = goes_on || /^[\s,)]/.test(rest) ? '' : ' ';
  field.value = field.value.slice(0, offered.start) + insert + space + rest;
  const cursor = offered.start + insert.length + (goes_on ? 0 : 1);
  field.setSelectionRange(cursor, cursor);
  closeOffers();
  if (goes_on) suggest();
  else inWords(field.value);
}

function offersDone() {
  clearTimeout(typing);
  waits = false;
}

// Whether the key was for the box.
function boxKey(event) {
  const { options, at } = offered;
  const open = options.length > 0;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (!open) suggest();
    else highlight((at + (event.key === 'ArrowDown' ? 1 : -1) + options.length + (at < 0 && event.key === 'ArrowUp' ? 1 : 0)) % options.length);
  } else if (event.key === 'Enter') {
    if (open && at >= 0) pick(at);
    else { closeOffers(); inWords(event.target.value).then(() => state.wrong || toCard()); }
  } else if (event.key === 'Tab' && open && !event.shiftKey) pick(Math.max(at, 0));
  else if (event.key === 'Escape' && open) { closeOffers(); inWords(event.target.value); }
  else return false;
  return true;
}

let waits = false; // what is typed is only on its way to one of the suggestions
element.addEventListener('input', (event) => {
  if (event.target.name !== 'where') return;
  clearTimeout(typing);
  waits = true;
  typing = setTimeout(() => { if (!offered.options.length) typedSoFar(event.target.value); }, 350);
  suggest();
});
element.addEventListener('focusout', (event) => {
  if (event.target.name !== 'where') return;
  closeOffers();
  if (waits) inWords(event.target.value);
  else boxLeft(); // what the answer said while one was in the box
});
element.addEventListener('focusin', (event) => { if (event.target.name === 'where' && !event.target.value) suggest(); });
function toFilter() {
  box()?.focus();
  box()?.select();
}
