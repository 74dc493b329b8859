// The header: document language and title, theme and language kept in localStorage, language link that keeps the query.
document.documentElement.lang = props.page_lang;
document.title = props.page_title;
new MutationObserver(() => {
  if (document.title !== props.page_title) document.title = props.page_title;
}).observe(document.querySelector('title') || document.head, { childList: true, subtree: true });

// Gradio's own word over a refusal is English, whatever the error is titled: studio.css shows this one instead.
document.documentElement.style.setProperty('--st-error-title', JSON.stringify(props.error_title));

// Who once chose a language gets it again at a typed address. A link followed here says what it wants by itself.
const LANGUAGE = 'studio-language';
const inOther = () => {
  const link = element.querySelector('[data-language]');
  const target = new URL(link.getAttribute('href'), document.baseURI);
  new URLSearchParams(location.search).forEach((value, key) => target.searchParams.set(key, value));
  return { link, target: target.toString() };
};
const chosen = localStorage.getItem(LANGUAGE);
if (props.page_lang === 'ru' && chosen === 'en' && !document.referrer) location.replace(inOther().target);

// A random word by which the studio knows this browser's own runs again, in any tab: they may be stopped from here.
const BROWSER = 'studio_browser';
if (!document.cookie.includes(`${BROWSER}=`)) {
  const word = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const safety = location.protocol === 'https:' ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  document.cookie = `${BROWSER}=${word}; path=/; max-age=31536000; ${safety}`;
}

const STORE = 'studio-theme';
const saved = localStorage.getItem(STORE);
const forced = new URLSearchParams(location.search).get('__theme');
if (saved && !forced) document.body.classList.toggle('dark', saved === 'dark');

element.addEventListener('click', (event) => {
  if (event.target.closest('[data-theme]')) {
    const dark = document.body.classList.toggle('dark');
    localStorage.setItem(STORE, dark ? 'dark' : 'light');
  }
  if (event.target.closest('[data-language]')) {
    localStorage.setItem(LANGUAGE, props.page_lang === 'ru' ? 'en' : 'ru');
    const { link, target } = inOther();
    link.href = target;
  }
});

// Who is signed in; a name is no part of the page, which is the same for all.
const who = element.querySelector('[data-who]');
if (who) {
  server.header_who({ at: location.pathname + location.search }).then((told) => {
    who.innerHTML = told.html || '';
    // Hugging Face lets nobody sign in inside a frame.
    if (window.top !== window.self) who.querySelector('[data-login]')?.setAttribute('target', '_blank');
  }, () => {});
}

// The folds «SQL»: filled when opened, for the address as it is then, and again when that has changed while they are open.
const filled = new WeakMap();
const fileLink = (file) => {
  const link = document.createElement('a');
  link.href = file.href;
  link.download = '';
  link.className = 'st-btn st-btn--small';
  link.textContent = `↓ ${file.title}`;
  return link;
};
const statementHtml = (words, each) => {
  const box = document.createElement('section');
  const head = document.createElement('div');
  const title = document.createElement('h3');
  const button = document.createElement('button');
  const code = document.createElement('pre');
  title.textContent = each.title;
  code.textContent = each.sql;
  code.tabIndex = 0;
  button.type = 'button';
  button.className = 'st-btn st-btn--small';
  button.textContent = words.copy;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(each.sql);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  head.append(title, button);
  box.append(head, code);
  return box;
};
const fillSql = async (fold) => {
  if (!fold.open || filled.get(fold) === location.search) return;
  const asked = location.search;
  filled.set(fold, asked);
  const words = JSON.parse(fold.dataset.words);
  const place = fold.querySelector('div');
  const address = new URL(fold.dataset.sql, document.baseURI);
  for (const [key, value] of new URLSearchParams(asked)) address.searchParams.set(key, value);
  address.searchParams.set('lang', props.page_lang);
  try {
    const reply = await fetch(address);
    const found = reply.ok ? await reply.json() : null;
    const refused = found ? '' : await reply.text();
    if (filled.get(fold) !== asked) return;
    place.replaceChildren(refused, ...(found ? [...found.files.map(fileLink), ...found.statements.map((each) => statementHtml(words, each))] : []));
  } catch {
    filled.delete(fold);
    place.replaceChildren(words.lost);
  }
};
const refillSql = () => setTimeout(() => document.querySelectorAll('.st-sql[open]').forEach(fillSql), 700);
document.addEventListener('toggle', (event) => event.target.matches?.('.st-sql') && fillSql(event.target), true);
for (const name of ['click', 'keyup', 'change']) document.addEventListener(name, refillSql, true);
