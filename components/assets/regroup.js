// The group of reasons that an answer is in, and the way to another: a dialog with the groups of the run's latest grouping.
const groupDialog = root.querySelector('.in-regroup');

function openGroups() {
  const { group } = state;
  if (!group || !part('card').querySelector('[data-act="regroup"]')) return;
  groupDialog.querySelector('[role="alert"]').hidden = true;
  groupDialog.querySelector('[role="radiogroup"]').replaceChildren(...group.groups.map(([number, title], index) => {
    const label = document.createElement('label');
    const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'group', value: number });
    radio.checked = number === group.number || (!group.number && !index);
    label.append(radio, Object.assign(document.createElement('span'), { textContent: title }));
    return label;
  }));
  groupDialog.showModal();
  groupDialog.querySelector(':checked')?.focus();
}
groupDialog.addEventListener('submit', async (event) => {
  event.preventDefault();
  const group = Number(groupDialog.querySelector(':checked')?.value);
  if (group === state.group?.number) return groupDialog.close();
  const { run, sample } = state;
  const button = groupDialog.querySelector('[type="submit"]');
  button.disabled = true;
  const answer = await server.inspect_group({ run, sample, group, reviewer: reviewer(), client_id: uid() });
  button.disabled = false;
  if (!answer || answer.error) {
    return void Object.assign(groupDialog.querySelector('[role="alert"]'), { textContent: answer ? answer.error : T.lost, hidden: false });
  }
  ahead.clear();
  groupDialog.close();
  tell(answer.said);
  if (sample !== state.sample) return;
  state.group = answer.group;
  const line = document.createElement('template');
  line.innerHTML = answer.line;
  part('card').querySelector('.in-reason')?.replaceWith(line.content);
  toCard();
});
const groupActs = { regroup: openGroups, 'close-group': () => groupDialog.close() };
