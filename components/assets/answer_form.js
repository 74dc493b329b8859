// Fields for a number and for an intent with its slots; what a field gives stands in answer.js.
{
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const made = (tag, props, ...children) => {
    const one = Object.assign(document.createElement(tag), props);
    one.append(...children);
    return one;
  };

  /* A number */
  const NUMBER = /^[+−–-]?\s*\d[\d\s]*(?:[.,]\d*)?(?:\s*\/\s*\d*)?\s*%?$/;
  const BEGUN = /^[+−–-]?$/; // nothing yet, or a sign: too early to doubt
  ANSWERS.number = (place, changed) => {
    const texts = JSON.parse(place.dataset.texts);
    const field = place.querySelector('input');
    const doubt = place.querySelector('.an-hint');
    const look = () => {
      const text = field.value.trim();
      doubt.textContent = BEGUN.test(text) || NUMBER.test(text) ? '' : texts.doubt;
    };
    field.addEventListener('input', () => { look(); changed(); });
    const acts = {
      minus: () => {
        field.value = /^\s*[−–-]/.test(field.value) ? field.value.replace(/^\s*[−–-]\s*/, '') : `-${field.value}`;
        look();
        changed();
      },
      keyboard: (button) => {
        const digits = field.inputMode === 'decimal';
        field.inputMode = digits ? 'text' : 'decimal';
        button.textContent = digits ? '123' : 'абв';
        button.setAttribute('aria-label', digits ? texts.digits : texts.letters);
      },
    };
    place.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-nu]');
      if (!button) return;
      acts[button.dataset.nu](button);
      field.focus();
    });
    return {
      get: () => field.value,
      set: (text) => { field.value = text; look(); },
      amiss: () => (field.value.trim() ? '' : texts.empty),
      focus: () => { field.focus({ preventScroll: true }); field.setSelectionRange(field.value.length, field.value.length); },
      lock: (on) => place.querySelectorAll('input, button').forEach((one) => { one.disabled = on; }),
      typed: true,
      key: () => false,
    };
  };

  /* An intent and its slots */
  const INTENT_CODES = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9', 'Digit0',
    'KeyQ', 'KeyW', 'KeyE', 'KeyR', 'KeyT', 'KeyY'];
  ANSWERS.frame = (place, changed) => {
    const texts = JSON.parse(place.dataset.texts);
    const intents = new Map(JSON.parse(place.dataset.intents));
    const part = (name) => place.querySelector(`[data-sl="${name}"]`);
    const rows = part('rows');
    const json = place.querySelector('[name="json"]');
    const fault = place.querySelector('.sl-fault');
    const typed = place.querySelector('[name="intent"]'); // where the task lists no intents
    const radios = [...place.querySelectorAll('.sl-intent')];
    const aside = []; // slots that the former intent had and this one has not
    let intent = '';
    let count = 0; // of rows made so far
    let wrong = null; // what to focus when something is amiss
    const listed = () => intents.get(intent) || [];

    /* What the form says */
    const all = () => [...rows.querySelectorAll('.sl-row')];
    const inputs = () => [...rows.querySelectorAll('.sl-value')];
    const alike = (type) => all().filter((one) => one.dataset.type === type);
    const slotOf = (row) => [(row.querySelector('input.sl-type')?.value ?? row.dataset.type).trim(), row.querySelector('.sl-value').value.trim()];
    const slots = () => all().map(slotOf).filter(([type, value]) => value || (typed && type));
    const frame = () => ({ intent, slots: inOrder(slots(), listed()) });
    const isEmpty = () => !intent && !slots().length;
    const written = () => (isEmpty() ? '' : frameText(frame()));

    /* Rows */
    function rowOf(type, value = '') {
      const row = made('div', { className: 'sl-row' });
      const again = alike(type).length;
      const name = type + (again ? ` (${again + 1})` : '');
      const field = made('input', { className: 'sl-value', type: 'text', value, maxLength: 2000, autocomplete: 'off', spellcheck: false });
      field.setAttribute('autocapitalize', 'off');
      const less = made('button', { type: 'button', className: 'st-btn sl-tool', textContent: '×' });
      less.dataset.row = 'less';
      if (typed) {
        const types = made('input', { className: 'sl-type', type: 'text', value: type, autocomplete: 'off', spellcheck: false, placeholder: texts['type.place'] });
        types.setAttribute('list', 'an-types');
        types.setAttribute('aria-label', texts.type);
        types.setAttribute('autocapitalize', 'off');
        field.placeholder = texts['value.place'];
        field.setAttribute('aria-label', texts.value);
        less.setAttribute('aria-label', texts['less.free']);
        row.append(types, field, less);
        return row;
      }
      row.dataset.type = type;
      field.id = `an-slot-${count += 1}`;
      less.setAttribute('aria-label', filled(texts.less, { type: name }));
      const more = made('button', { type: 'button', className: 'st-btn sl-tool', textContent: '+' });
      more.dataset.row = 'more';
      more.setAttribute('aria-label', filled(texts.more, { type }));
      row.append(made('label', { className: 'sl-type', textContent: name, htmlFor: field.id }), field, more, less);
      return row;
    }
    // A row for each slot that is said, and an empty one for each that the task lists and nobody said.
    function lay(said) {
      rows.replaceChildren();
      const silent = listed().filter((type) => !said.some(([one]) => one === type)).map((type) => [type, '']);
      for (const [type, value] of inOrder([...said, ...silent], listed())) rows.append(rowOf(type, value));
      if (typed && !rows.children.length) rows.append(rowOf(''));
      if (!typed && !rows.children.length) rows.append(made('p', { className: 'sl-note', textContent: intent ? texts.none : texts.first }));
      all().forEach(equip);
    }
    // An empty row of the task's list has no tools: it is one stop for Tab.
    function equip(row) {
      const first = alike(row.dataset.type)[0] === row;
      const value = row.querySelector('.sl-value').value.trim();
      const bare = !typed && first && !value && listed().includes(row.dataset.type);
      row.querySelectorAll('.sl-tool').forEach((tool) => { tool.hidden = bare; });
    }
    function mark() {
      radios.forEach((radio, place) => {
        const on = radio.dataset.intent === intent;
        radio.setAttribute('aria-checked', on);
        radio.tabIndex = on || (!intents.has(intent) && !place) ? 0 : -1;
      });
      if (typed && typed.value.trim() !== intent) typed.value = intent;
    }

    /* Words beside the form */
    const hint = (words) => { if (part('hint').textContent !== words) part('hint').textContent = words; };
    function doubts() {
      if (!intents.size || !intent) return '';
      if (!intents.has(intent)) return filled(texts.unknown, { intent });
      const foreign = [...new Set(slots().map(([type]) => type).filter((type) => !listed().includes(type)))];
      if (foreign.length) return filled(texts.foreign, { intent, types: foreign.join(', ') });
      const kept = [...new Set(aside.map(([type]) => type))];
      return kept.length ? filled(texts.aside, { types: kept.join(', ') }) : '';
    }
    function said({ what, at, ...values }) {
      const words = filled(texts[`fault.${what}`], values);
      return at === undefined ? filled(texts.whole, { what: words }) : filled(texts.at, { ...placeOf(json.value, at), what: words });
    }
    const broken = () => (json.value.trim() ? frameOf(json.value).fault : null);
    function tell() {
      hint(doubts());
      fault.textContent = '';
    }

    /* Changes */
    function rewrite() {
      json.value = written();
      tell();
      changed();
    }
    function choose(name) {
      if (broken()) json.value = '';
      const before = [...slots(), ...aside.splice(0)];
      intent = name;
      mark();
      const has = (type) => listed().includes(type);
      aside.push(...before.filter(([type]) => !has(type)));
      lay(before.filter(([type]) => has(type)));
      rewrite();
    }
    function read(text) {
      json.value = text;
      const found = text.trim() ? frameOf(text) : { frame: { intent: '', slots: [] } };
      fault.textContent = found.fault ? said(found.fault) : '';
      if (found.fault) return;
      aside.splice(0);
      intent = found.frame.intent;
      mark();
      lay(found.frame.slots);
      hint(doubts());
    }
    function focusFirst() {
      const target = inputs()[0] || place.closest('form')?.querySelector('[type="submit"]');
      if (!window.matchMedia('(pointer: coarse)').matches) target?.focus();
    }
    function next(field) {
      const fields = [...rows.querySelectorAll('input')];
      const target = field === typed ? fields[0] : fields[fields.indexOf(field) + 1];
      (target || place.closest('form')?.querySelector('[type="submit"]'))?.focus();
    }
    const acts = {
      more: (row) => {
        const last = alike(row.dataset.type).at(-1);
        const added = rowOf(row.dataset.type);
        last.after(added);
        added.querySelector('.sl-value').focus();
      },
      less: (row) => {
        const near = row.previousElementSibling || row.nextElementSibling;
        const stays = !typed && alike(row.dataset.type).length === 1;
        if (stays && listed().includes(row.dataset.type)) {
          row.querySelector('.sl-value').value = '';
          equip(row);
          row.querySelector('.sl-value').focus();
        } else {
          row.remove();
          if (typed && !rows.children.length) rows.append(rowOf(''));
          all().forEach(equip);
          (near?.isConnected ? near : rows.firstElementChild)?.querySelector('.sl-value')?.focus();
        }
        rewrite();
      },
    };
    place.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (!button) return;
      if (button.dataset.intent !== undefined) { choose(button.dataset.intent); focusFirst(); }
      if (button.dataset.row) acts[button.dataset.row](button.closest('.sl-row'));
      if (button.dataset.sl === 'add') { rows.append(rowOf('')); rows.lastElementChild.querySelector('input').focus(); }
    });
    place.addEventListener('input', ({ target }) => {
      if (target === json) { read(json.value); changed(); return; }
      if (target === typed) intent = typed.value.trim();
      else equip(target.closest('.sl-row'));
      rewrite();
    });
    place.addEventListener('change', ({ target }) => {
      if (target === json && !broken()) json.value = written(); // as it will be sent
      if (target === typed) remembered('intents', typed.value);
      if (target.matches('input.sl-type')) remembered('types', target.value);
    });

    /* Names that were typed before in this browser */
    function remembered(what, name = '') {
      let kept = {};
      try { kept = JSON.parse(recall('studio-frames')) || {}; } catch { /* written by hand */ }
      const names = [...new Set([name.trim(), ...(Array.isArray(kept[what]) ? kept[what] : [])])].filter(Boolean).slice(0, 200);
      if (name.trim()) keep('studio-frames', JSON.stringify({ ...kept, [what]: names }));
      place.querySelector(`#an-${what}`)?.replaceChildren(...names.map((one) => made('option', { value: one })));
    }

    /* What a page asks of a field */
    function amiss() {
      const torn = broken();
      wrong = json;
      if (torn) { fault.textContent = ''; return said(torn); } // the page says it now
      wrong = typed || radios.find((radio) => radio.tabIndex === 0);
      if (!intent) return typed ? texts['empty.free'] : texts.empty;
      for (const row of all()) {
        const [type, value] = slotOf(row);
        wrong = row.querySelector(type ? '.sl-value' : 'input.sl-type') || row.querySelector('.sl-value');
        if (value && !type) return filled(texts['empty.type'], { value });
        if (typed && type && !value) return filled(texts['empty.value'], { type });
      }
      wrong = null;
      return '';
    }
    function focus() {
      const torn = wrong === json && broken();
      const target = wrong || typed || radios.find((radio) => radio.tabIndex === 0);
      target?.focus({ preventScroll: !wrong });
      if (torn && torn.at !== undefined) json.setSelectionRange(torn.at, Math.min(torn.at + 1, json.value.length));
      wrong = null;
    }
    function key({ code, target, shiftKey }, typing) {
      const enter = /^(Numpad)?Enter$/.test(code);
      if (typing && place.contains(target)) {
        if (!enter || shiftKey || target === json) return false;
        next(target);
        return true;
      }
      if (typing || shiftKey) return false;
      const radio = radios[INTENT_CODES.indexOf(code.replace('Numpad', 'Digit'))];
      if (radio) { choose(radio.dataset.intent); focusFirst(); return true; }
      if (!target.closest?.('.sl-intents')) return false;
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[code];
      if (by) {
        const from = radios.indexOf(target.closest('.sl-intent'));
        const to = radios[(from + by + radios.length) % radios.length];
        choose(to.dataset.intent);
        to.focus();
        return true;
      }
      if (!enter || !intent) return false; // nothing is chosen yet: the page says so
      focusFirst();
      return true;
    }
    lay([]);
    mark();
    if (typed) { remembered('intents'); remembered('types'); }
    return {
      get: () => (broken() ? json.value : written()),
      set: read,
      amiss,
      focus,
      typed: Boolean(typed),
      lock: (on) => place.querySelectorAll('input, textarea, button').forEach((one) => { one.disabled = on; }),
      key,
    };
  };
}
