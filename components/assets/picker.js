// Task cards: ticks are the value's `tasks`; cards of modalities that the model does not take (`takes`) are off.
const boxes = () => [...element.querySelectorAll('input[data-modality]')];
const can = (box) => !props.value.takes || props.value.takes.includes(box.dataset.modality);

function show() {
  for (const box of boxes()) {
    box.checked = props.value.tasks.includes(box.value) && can(box);
    box.disabled = !can(box);
    box.closest('label').toggleAttribute('data-off', !can(box));
  }
}
function tell() {
  const tasks = boxes().filter((box) => box.checked).map((box) => box.value);
  props.value = { tasks, takes: props.value.takes };
}
element.addEventListener('change', tell);
element.addEventListener('click', (event) => {
  const all = event.target.closest('[data-all]');
  if (!all && !event.target.closest('[data-none]')) return;
  boxes().forEach((box) => { box.checked = Boolean(all) && can(box); });
  tell();
});
watch('value', show);
watch('cards', () => setTimeout(show)); // once they are drawn
show();
