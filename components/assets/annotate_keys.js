// Annotate: keys by their physical place, so that the layout does not matter. With Alt they work while typing, too.
// Of several sounds or clips the keys are for the one that plays, else the one that played last.
const players = () => [...stage.querySelectorAll('.st-fig audio, .st-fig video')];
let playedLast = null;
stage.addEventListener('play', ({ target }) => { if (target.closest('.st-fig')) playedLast = target; }, true);
const player = () => players().find((one) => !one.paused) || players().find((one) => one === playedLast) || players()[0];
function playNext() {
  const all = players();
  if (all.length < 2) return;
  const next = all[(all.indexOf(player()) + 1) % all.length];
  next.currentTime = 0;
  next.play();
}
const seek = (by) => { const one = player(); if (one) one.currentTime = Math.max(0, Math.min(one.duration || Infinity, one.currentTime + by)); };
function stepFrame(by) {
  const clip = [player(), ...players()].find((one) => one?.tagName === 'VIDEO');
  if (clip) stepClip(clip, by);
}
const STEADY = /^(Key[JL]|Comma|Period|Bracket(Left|Right)|Equal|Minus|Numpad(Add|Subtract))$/; // may be held down
const isEnter = ({ code }) => code === 'Enter' || code === 'NumpadEnter';
const DOING = {
  KeyP: () => { const one = player(); if (one) one.paused ? one.play() : one.pause(); },
  KeyO: () => playNext(),
  KeyJ: () => seek(-5),
  KeyL: () => seek(5),
  Comma: () => stepFrame(-1),
  Period: () => stepFrame(1),
  BracketLeft: () => stepSpeed(-1),
  BracketRight: () => stepSpeed(1),
  Equal: () => stepType(1, say),
  NumpadAdd: () => stepType(1, say),
  Minus: () => stepType(-1, say),
  NumpadSubtract: () => stepType(-1, say),
  KeyS: () => openSkip(),
  KeyF: () => flag(!flagged()),
  KeyI: () => openGuide(),
};
function onKey(event) {
  if (!element.isConnected) return document.removeEventListener('keydown', onKey);
  if (event.repeat && isEnter(event) && event.target.name !== 'comment') return event.preventDefault(); // held down
  if (event.isComposing || event.defaultPrevented || [zoomDialog, keysDialog, guideDialog].some((dialog) => dialog.open)) return;
  if (skipDialog.open) return skipKey(event);
  if (!shown) return restKey(event);
  if (sending) return; // what is typed now was meant for a question that is on its way
  const typing = isTyping(event.target);
  const control = event.ctrlKey || event.metaKey;
  const used = control ? withControl(event, typing) : event.altKey ? withAlt(event) : plain(event, typing);
  if (used) event.preventDefault();
}
// No question: one is taken back, or the next one asked for. When the time ran out, keys may still be meant for what
// was being written; no one of them writes with Alt.
function restKey(event) {
  if (!now || event.repeat || event.target.name === 'comment') return;
  const goes = event.altKey && event.code === 'KeyN' && stage.querySelector('[data-act="go"]');
  if (goes) { event.preventDefault(); acts.go(); } else if (now.wait !== 'time_out' && withControl(event, false)) event.preventDefault();
}
function withControl(event, typing) {
  if (isEnter(event)) { byKey(); return true; }
  if (event.code !== 'KeyZ' || event.shiftKey || event.altKey || (typing && event.target.value)) return false;
  if (!event.repeat) undo();
  return true;
}
const shifted = ({ code, shiftKey }) => shiftKey && code !== 'Equal'; // «+» is written with Shift
function withAlt(event) {
  if (!DOING[event.code] || shifted(event)) return false;
  act(event);
  return true;
}
// A key that is held down goes on seeking and sizing; it skips and flags once.
const act = ({ code, repeat }) => { if (!repeat || STEADY.test(code)) DOING[code](); };
function plain(event, typing) {
  const { code, target } = event;
  const enter = isEnter(event);
  if (answer?.key(event, typing)) return true;
  if (typing) {
    if (!enter || event.shiftKey || !target.closest('[data-answer]')) return false;
    byKey();
    return true;
  }
  if (enter) {
    if (target.closest?.('a, summary, button:not([role=radio])')) return false;
    byKey();
    return true;
  }
  if (event.key === '?' || (code === 'Slash' && event.shiftKey)) { keysDialog.showModal(); return true; }
  if (shifted(event) || /^(audio|video)$/i.test(target.tagName) || !DOING[code]) return false;
  act(event);
  return true;
}
function skipKey(event) {
  const digit = !isTyping(event.target) && /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  const reason = digit && skipDialog.querySelectorAll('[name="reason"]')[Number(digit[1]) - 1];
  const confirm = event.key === 'Enter' && !event.shiftKey && !event.target.closest('button');
  if (reason) { reason.checked = true; reason.focus(); } else if (confirm) skipDialog.querySelector('form').requestSubmit();
  if (reason || confirm) event.preventDefault();
}
document.addEventListener('keydown', onKey);
begin();
