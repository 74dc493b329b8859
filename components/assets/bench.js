// What the views of the workbench share: keys by their places on the keyboard (a Russian layout changes the letters, not the
// places), the focus that outlives a redrawing, the link to what is on the screen.
const keysDialog = root.querySelector('.an-keys');
const BESIDE = { BracketLeft: -1, BracketRight: 1 };
const OWN_ARROWS = 'input[type="range"], input[type="radio"], audio, video, .cp-scroll, .ev-pane'; // they scroll or seek

// `own(event)` is asked for a key that the views do not share; true where the key was for it.
function listenForKeys(own) {
  document.addEventListener('keydown', function onKey(event) {
    if (!element.isConnected) return document.removeEventListener('keydown', onKey);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]')) return; // what is on top has the keys
    const { target } = event;
    if (isTyping(target)) return void (event.key === 'Escape' && root.contains(target) && target.blur());
    if (event.code.startsWith('Arrow') && target.closest?.(OWN_ARROWS)) return;
    if (sharedKey(event) || own(event)) event.preventDefault();
  });
}

function sharedKey(event) {
  // «?» is Shift and the key of «/» on an English layout, Shift and 7 on a Russian one: the sign counts, and the key.
  if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) return openKeys();
  if (event.shiftKey) return false;
  const act = { BracketLeft: beside, BracketRight: beside, KeyL: copyLink, KeyF: openReport }[event.code];
  if (act && !event.repeat) act(event);
  return Boolean(act);
}
function openKeys() {
  keysDialog.showModal();
  return true;
}
function beside({ code }) {
  const tabs = [...root.querySelectorAll('.st-bench a')];
  tabs[tabs.findIndex((tab) => tab.hasAttribute('aria-current')) + BESIDE[code]]?.click();
}
let addressHere = () => location.href; // a view may know more of what is on the screen
const copyLink = () => copy(addressHere(), root.querySelector('[data-bench="link"]'));
const openReport = () => root.querySelector('[data-report]')?.click();

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no clipboard outside a secure context: the old way
    const [held, field] = [document.activeElement, document.createElement('textarea')];
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    held.focus({ preventScroll: true });
  }
  const [label, done] = [button.textContent, root.querySelector('[data-bench="link"]').dataset.done];
  if (label === done) return;
  button.textContent = done;
  root.querySelector('[data-bench-said]').textContent = done;
  setTimeout(() => {
    button.textContent = label;
    root.querySelector('[data-bench-said]').textContent = '';
  }, 1500);
}

// New markup in a part of the page. What had the focus keeps it; where it is gone or off, the first that takes it does.
function redraw(target, html) {
  const held = target.contains(document.activeElement) ? document.activeElement : null;
  const again = held && handleOf(held);
  target.innerHTML = html;
  if (target.dataset.part === 'bench') showTab(target);
  if (!held) return;
  const found = again && target.querySelector(again);
  // A new sample's card takes the keyboard as a whole: on its first button a stray Enter would go back.
  const open = found && !found.disabled ? found : target.querySelector('.in-card') || target.querySelector('button:not([disabled]), a[href], select, input');
  (open || document.getElementById('st-main'))?.focus({ preventScroll: true });
}
// By what an element is known again: its id, its name, its data, its address. A step leads elsewhere each time.
function handleOf(one) {
  const quoted = (name, value) => `[${name}="${CSS.escape(value)}"]`;
  if (one.id) return `#${CSS.escape(one.id)}`;
  if (one.dataset.step) return quoted('data-step', one.dataset.step);
  if (one.dataset.offset) return quoted('aria-label', one.getAttribute('aria-label'));
  const told = [...one.attributes].filter(({ name }) => /^(data-(?!shown)|name$|href$)/.test(name));
  const value = /^(checkbox|radio)$/.test(one.type) ? quoted('value', one.value) : '';
  return told.length ? one.localName + told.map((each) => quoted(each.name, each.value)).join('') + value : '';
}
// A part that is redrawn of itself, while somebody types in it, waits.
const isTypedIn = (target) => target.contains(document.activeElement) && isTyping(document.activeElement);

// What gets the focus by a key is scrolled out from under the bars that float over the page.
const FLOATING = '.lab, .lab-top, .lab-verdicts, .in-steps, .wi-scores';
document.addEventListener('focusin', function uncover({ target }) {
  if (!element.isConnected) return document.removeEventListener('focusin', uncover);
  if (!target.matches(':focus-visible')) return;
  if (target.closest('.st-bench')) return centre(target);
  const { top, bottom } = target.getBoundingClientRect();
  let [ceiling, floor] = [0, window.innerHeight];
  for (const bar of root.querySelectorAll(FLOATING)) {
    const over = bar.getBoundingClientRect();
    if (bar.contains(target) || !over.height || !/fixed|sticky/.test(getComputedStyle(bar).position)) continue;
    if (over.top > window.innerHeight / 2) floor = Math.min(floor, over.top);
    else if (over.top <= 0) ceiling = Math.max(ceiling, over.bottom);
  }
  if (bottom > floor) window.scrollBy(0, bottom - floor + 8);
  else if (top < ceiling) window.scrollBy(0, top - ceiling - 8);
});

function showTab(bar) {
  const tab = bar.querySelector('.st-bench [aria-current]');
  if (tab) centre(tab);
}
function centre(tab) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

root.addEventListener('click', ({ target }) => {
  const what = target.closest('[data-bench]')?.dataset.bench;
  if (what === 'keys') openKeys();
  if (what === 'link') copyLink();
});
