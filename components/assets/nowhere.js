// An address that leads nowhere, in the theme and the language that were chosen on the pages (header.js keeps them).
const theme = localStorage.getItem('studio-theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.body.classList.toggle('dark', theme === 'dark');
const chosen = localStorage.getItem('studio-language');
const address = new URL(location.href);
if (chosen && chosen !== document.documentElement.lang && !address.searchParams.has('lang')) {
  address.searchParams.set('lang', chosen);
  location.replace(address);
}
