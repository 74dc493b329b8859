// Keys of a page. One listener on the document; it stops itself when its component has left the page.
const bindings = JSON.parse(props.bindings);
const allowed = new Set(JSON.parse(props.typing));
const name = (e) => (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '') + e.code;
const isTyping = (f) => f && (f.isContentEditable || /^(textarea|select)$/i.test(f.tagName) ||
  (/^input$/i.test(f.tagName) && !/^(checkbox|radio|button|submit)$/i.test(f.type)));

function onKey(event) {
  if (!element.isConnected) return document.removeEventListener('keydown', onKey);
  if (event.defaultPrevented || event.isComposing) return;
  const key = name(event).replace('NumpadEnter', 'Enter').replace(/Numpad(\d)/, 'Digit$1');
  const action = bindings[key];
  if (!action || (isTyping(event.target) && !allowed.has(key))) return;
  if (key === 'Enter' && event.target.closest && event.target.closest('a, button, summary')) return;
  event.preventDefault();
  if (/^[#.[]/.test(action)) {
    const target = document.querySelector(action);
    if (target && !target.disabled) target.click();
  } else {
    trigger('hotkey', { key: action });
  }
}
document.addEventListener('keydown', onKey);
