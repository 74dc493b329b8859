// A page whose script fills it: the place that it fills, and the words that it says itself.
const root = element.querySelector('.st-root[data-texts]');
const T = JSON.parse(root.dataset.texts);

// A call to the server that got no answer: is the server away, or another one than this page was made by?
// A server that was started anew, perhaps with a newer studio, may know this page's parts by other numbers; only a
// reload mends that. Nothing is lost by it: both pages keep what matters in the address and in this browser.
async function reloadIfRestarted() {
  try {
    const { app_id: now } = await (await fetch('./gradio_api/app_id', { cache: 'no-store' })).json();
    if (now !== undefined && String(now) !== String(window.gradio_config?.app_id)) location.reload();
  } catch { /* still away */ }
}

// Whether letters and digits are for a field rather than for the page's keys.
const isTyping = (field) => !!field && (field.isContentEditable || /^(textarea|select)$/i.test(field.tagName) ||
  (/^input$/i.test(field.tagName) && !/^(checkbox|radio|range|button|submit)$/i.test(field.type)));
