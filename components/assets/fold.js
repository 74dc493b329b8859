// A fold whose fields are on the page from the start. Gradio's own accordion draws them when it is first opened and then
// gives them their first values again: what was typed in between would be lost.
const button = element.querySelector('button');
button.addEventListener('click', () => {
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
  button.closest('.st-fold').toggleAttribute('data-open', open);
});
