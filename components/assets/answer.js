// The field in which a person answers, one maker in ANSWERS for each kind of question (pages/annotate_answer.py makes
// the markup). A maker gets the element that bears data-answer="KIND" and a function to call after every change by hand,
// and gives:
//   get()        what is answered by now, as it will be sent; '' for nothing
//   set(text)    shows an answer that was given or drafted before
//   amiss()      why it cannot be submitted yet, in words; '' when it can
//   focus()      puts the focus where the answer goes on (after amiss(): where something is amiss)
//   typed        true when the answer is typed: then a question that appears has its focus there at once
//   key(event, typing)  true when the key was for the field: digits, letters, arrows, Enter inside it
//   lock(on)     nothing can be changed while an answer is sent
const ANSWERS = {
  letter: (place, changed) => {
    const options = [...place.querySelectorAll('.an-option')];
    const chosen = () => options.find((option) => option.getAttribute('aria-checked') === 'true');
    const mark = (letter) => {
      options.forEach((option) => {
        const on = option.dataset.letter === letter;
        option.setAttribute('aria-checked', on);
        option.tabIndex = on ? 0 : -1;
      });
      if (!chosen() && options[0]) options[0].tabIndex = 0;
    };
    const choose = (option) => {
      mark(option.dataset.letter);
      option.focus({ preventScroll: true });
      changed();
    };
    const move = (by) => {
      const from = options.findIndex((option) => option === document.activeElement || option === chosen());
      choose(options[from < 0 ? (by > 0 ? 0 : options.length - 1) : (from + by + options.length) % options.length]);
      return true;
    };
    const meant = (code) => {
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
      if (digit) return options[Number(digit[1]) - 1];
      const letter = /^Key([A-Z])$/.exec(code);
      return letter && options.find((option) => option.dataset.letter.toUpperCase() === letter[1]);
    };
    place.addEventListener('click', (event) => {
      const option = event.target.closest('.an-option');
      if (option) choose(option);
    });
    return {
      get: () => chosen()?.dataset.letter || '',
      set: (letter) => mark(letter),
      amiss: () => (chosen() ? '' : T['empty.letter']),
      focus: () => (chosen() || options[0])?.focus({ preventScroll: true }),
      lock: (on) => options.forEach((option) => { option.disabled = on; }),
      key: ({ code, target, shiftKey }, typing) => {
        if (typing || shiftKey) return false;
        const option = meant(code);
        if (option) { choose(option); return true; }
        if (/^(audio|video)$/i.test(target.tagName)) return false;
        if (code === 'ArrowDown' || code === 'ArrowUp') return move(code === 'ArrowDown' ? 1 : -1);
        if (place.contains(target) && (code === 'ArrowRight' || code === 'ArrowLeft')) return move(code === 'ArrowRight' ? 1 : -1);
        return false; // Enter goes on to submit, which says that nothing is chosen yet
      },
    };
  },
  short: (place, changed) => {
    const field = place.querySelector('[name="answer"]');
    field.addEventListener('input', changed);
    return {
      get: () => field.value,
      set: (text) => { field.value = text; },
      amiss: () => (field.value.trim() ? '' : T['empty.short']),
      focus: () => {
        field.focus({ preventScroll: true });
        field.setSelectionRange(field.value.length, field.value.length);
      },
      lock: (on) => { field.disabled = on; },
      typed: true,
      key: () => false,
    };
  },
};
// The field of what is shown in `scope`; null where nothing is asked.
function answerField(scope, changed) {
  const place = scope.querySelector('[data-answer]');
  return place && ANSWERS[place.dataset.answer](place, changed);
}
