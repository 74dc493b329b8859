// The header: document language and title, theme kept in localStorage, language link that keeps the query.
document.documentElement.lang = props.page_lang;
document.title = props.page_title;
new MutationObserver(() => {
  if (document.title !== props.page_title) document.title = props.page_title;
}).observe(document.querySelector('title') || document.head, { childList: true, subtree: true });

const STORE = 'studio-theme';
const saved = localStorage.getItem(STORE);
const forced = new URLSearchParams(location.search).get('__theme');
if (saved && !forced) document.body.classList.toggle('dark', saved === 'dark');

element.addEventListener('click', (event) => {
  if (event.target.closest('[data-theme]')) {
    const dark = document.body.classList.toggle('dark');
    localStorage.setItem(STORE, dark ? 'dark' : 'light');
  }
  const language = event.target.closest('[data-language]');
  if (language) {
    const query = new URLSearchParams(location.search);
    const target = new URL(language.getAttribute('href'), document.baseURI);
    query.forEach((value, key) => target.searchParams.set(key, value));
    language.href = target.toString();
  }
});
