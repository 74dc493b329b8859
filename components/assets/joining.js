// The page of an invitation in the theme that was chosen on the studio's pages, else in the system's.
const theme = localStorage.getItem('studio-theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.body.classList.toggle('dark', theme === 'dark');
// Hugging Face lets nobody sign in inside a frame: from there it opens in a tab of its own.
if (window.top !== window.self) document.querySelector('form[data-login]')?.setAttribute('target', '_blank');
