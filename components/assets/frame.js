// The JSON of an intent and its slots: a frame is {intent, slots: [[type, value], …]}. Nothing here knows a page.
const frameText = ({ intent, slots }) =>
  `{"intent": ${JSON.stringify(intent)}, "slots": [${slots.map(([type, value]) => `{${JSON.stringify(type)}: ${JSON.stringify(value)}}`).join(', ')}]}`;

// What a text says: {frame}, or {fault: {what, at?, n?, type?}}; `at` is a place in the text, `n` counts slots from 1.
function frameOf(text) {
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const fault = jsonFault(text);
  if (fault) return { fault };
  const said = JSON.parse(text);
  if (!isObject(said)) return { fault: { what: 'object' } };
  if (typeof said.intent !== 'string') return { fault: { what: 'intent' } };
  if (!Array.isArray(said.slots)) return { fault: { what: 'slots' } };
  const slots = [];
  for (const [place, slot] of said.slots.entries()) {
    if (!isObject(slot)) return { fault: { what: 'slot', n: place + 1 } };
    const wrong = Object.entries(slot).find(([, value]) => typeof value !== 'string');
    if (wrong) return { fault: { what: 'text', n: place + 1, type: wrong[0] } };
    slots.push(...Object.entries(slot));
  }
  return { frame: { intent: said.intent, slots } };
}

// Where and why a text is no JSON; null when it is. Browsers tell it in their own words, one of them without the place.
function jsonFault(text) {
  const deepest = 50; // lists within lists: an answer has three
  let at = 0;
  const fail = (what, place = at) => { throw { what: place >= text.length && what !== 'quote' ? 'end' : what, at: place }; };
  const space = () => { while (at < text.length && ' \t\n\r'.includes(text[at])) at += 1; };
  const expect = (sign, what) => {
    space();
    if (text[at] !== sign) fail("'«»“”„‘’`".includes(text[at] ?? ' ') ? 'quotes' : what);
  };
  const string = () => {
    const from = at;
    for (at += 1; text[at] !== '"'; at += 1) {
      if (at >= text.length) fail('quote', from);
      if (text[at] < ' ') fail('control');
      if (text[at] !== '\\') continue;
      const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6));
      if (!escape) fail('escape');
      at += escape[0].length - 1;
    }
    at += 1;
  };
  const many = (close, item) => {
    at += 1;
    space();
    if (text[at] === close) { at += 1; return; }
    for (;;) {
      item();
      space();
      if (text[at] === close) { at += 1; return; }
      if (text[at] !== ',') fail('comma');
      at += 1;
    }
  };
  const value = (depth) => {
    space();
    if (depth > deepest) fail('deep');
    if (text[at] === '{') return many('}', () => { expect('"', 'key'); string(); expect(':', 'colon'); at += 1; value(depth + 1); });
    if (text[at] === '[') return many(']', () => value(depth + 1));
    if (text[at] === '"') return string();
    const plain = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(text.slice(at));
    if (!plain) expect('"', 'value');
    at += plain[0].length;
    return undefined;
  };
  try {
    value(0);
    space();
    if (at < text.length) fail('after');
    return null;
  } catch (fault) {
    if (fault instanceof Error) throw fault;
    return fault;
  }
}
// Line and column of a place in a text, both from 1.
function placeOf(text, at) {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}

// The order in which a frame is written: slots as the task lists them, those of a type in their own order, others last.
// So people who say the same send the same text.
function inOrder(slots, types) {
  const place = (type) => (types.includes(type) ? types.indexOf(type) : types.length);
  return [...slots].sort(([one], [other]) => place(one) - place(other));
}
