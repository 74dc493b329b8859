// Annotate: what this browser keeps, so that nothing that was typed or submitted depends on a page staying open.
// A draft goes here at every change; a submission stays in the outbox until the server has said that it holds it.
const parse = (text, otherwise) => { try { return JSON.parse(text) ?? otherwise; } catch { return otherwise; } };
const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

const outboxKey = ({ project, person }) => `studio-outbox:${project}:${person}`;
const draftKey = ({ project, person, item, occasion }) => `studio-draft:${project}:${person}:${item}:${occasion}`;
const guideKey = ({ project, person }) => `studio-guide:${project}:${person}`;

// What waits to be sent in a project, of everybody who works in this browser: the server takes only what is from whoever
// is signed in, the rest waits for the others.
function outboxes(project) {
  let kept = [];
  try { kept = Object.keys(localStorage).filter((key) => key.startsWith(outboxKey({ project, person: '' }))); } catch { /* private mode */ }
  return kept.map((key) => parse(recall(key), null)).filter(Boolean);
}
const OTHERS = ['other_person', 'not_joined', 'no_role', 'not_allowed']; // refusals of who is here, not of what was sent

// What was typed, whether the question is flagged, and how long it took: {text, comment, flagged, time}.
const draftOf = (place) => parse(recall(draftKey(place)), null);
const keepDraft = (place, draft) => keep(draftKey(place), draft && JSON.stringify(draft));

// The instructions that a person has read, by their version; of all who work here, for the server to pick. In a browser
// that keeps nothing they are known while the page is open.
const guides = {};
const guideSeen = (place) => Math.max(guides[guideKey(place)] || 0, Number(recall(guideKey(place))) || 0);
function guidesSeen(project) {
  const kept = Object.keys(guides);
  try { kept.push(...Object.keys(localStorage)); } catch { /* private mode */ }
  const start = guideKey({ project, person: '' });
  const people = kept.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  return Object.fromEntries(people.map((person) => [person, guideSeen({ project, person })]));
}
function keepGuide(place, version) {
  guides[guideKey(place)] = version;
  keep(guideKey(place), String(version));
}
