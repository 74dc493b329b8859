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
