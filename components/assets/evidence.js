// What the model received of a picture, a sound or a clip. It is made on the server when somebody looks at it, so it is
// asked for once its place comes near the screen and stays there: stepping through a queue asks for nothing.
const SETTLED_MS = 250;
const STEP_S = 0.1; // of a sound, which has no frames
let nearing = null;
let lastPlayer = null;

function showEvidence(scope, run) {
  nearing?.disconnect();
  nearing = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      clearTimeout(target.settling);
      if (isIntersecting) target.settling = setTimeout(() => {
        nearing.unobserve(target);
        fillEvidence(target.querySelector('[data-evidence]'), run);
      }, SETTLED_MS);
    }
  }, { rootMargin: '160px' });
  // The figure is watched: its place for evidence takes no room while it is empty.
  scope.querySelectorAll('[data-evidence]').forEach((place) => !place.dataset.run && nearing.observe(place.closest('figure')));
}

const evidenceOf = (place) => ({ sample: Number(place.closest('[data-sample]').dataset.sample), place: Number(place.dataset.evidence) });
async function fillEvidence(place, run) {
  if (!place.isConnected) return;
  place.dataset.run = run; // its figure may outlive a change of the filter
  place.innerHTML = `<p class="ev-note ev-wait" role="status">${T['evidence.wait']}</p>`;
  const answer = await server.inspect_evidence({ run, ...evidenceOf(place) });
  if (!place.isConnected) return;
  if (!answer || answer.error) return refuseEvidence(place, answer ? answer.error : T.lost, () => fillEvidence(place, run));
  place.innerHTML = answer.html;
  equipMedia(place.closest('figure').parentElement, T);
  wireTrack(place);
  wirePane(place);
}
function refuseEvidence(place, words, again) {
  const note = document.createElement('p');
  note.className = 'ev-note';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'in-quiet';
  button.textContent = T.retry;
  button.addEventListener('click', again);
  note.append(words, ' ', button);
  place.replaceChildren(note);
}

// --- players: a timeline that seeks and follows, frames, steps

const playerOf = (place) => place.querySelector('audio') || place.closest('figure').querySelector('video');

function wireTrack(place) {
  const player = playerOf(place);
  if (!player) return;
  const track = place.querySelector('.ev-track');
  const seek = place.querySelector('.ev-seek');
  const follow = () => {
    if (!place.isConnected) return;
    showTime(place, player, track, seek);
    if (!player.paused && !player.ended) requestAnimationFrame(follow);
  };
  ['play', 'pause', 'timeupdate', 'seeked', 'loadedmetadata'].forEach((name) => player.addEventListener(name, follow));
  player.addEventListener('play', () => { lastPlayer = player; });
  seek?.addEventListener('input', () => { lastPlayer = player; player.currentTime = Number(seek.value); follow(); });
  seek?.addEventListener('keydown', (event) => mediaKey(event, place.closest('figure')) && event.preventDefault());
  place.querySelectorAll('[data-at]').forEach((button) => button.addEventListener('click', () => {
    lastPlayer = player;
    player.pause();
    toFrame(player, frameAt(player, framesOf(player)[0] + Number(button.dataset.at)));
  }));
  place.querySelectorAll('[data-player]').forEach((button) => button.addEventListener('click', () => {
    lastPlayer = player;
    ({ back: () => stepFrame(player, -1), forth: () => stepFrame(player, 1), play: () => toggle(player) })[button.dataset.player]();
  }));
  place.querySelectorAll('[data-frame]').forEach((button) => button.addEventListener('click', () => openFrame(place, button)));
  follow();
}
function showTime(place, player, track, seek) {
  const now = player.currentTime;
  if (track) {
    track.style.setProperty('--at', Math.min(1, now / Number(track.dataset.seconds)));
    if (document.activeElement !== seek || !player.paused) seek.value = now;
    seek.setAttribute('aria-valuetext', seconds(now));
  }
  const sign = place.querySelector('[data-player="play"] span');
  if (sign) sign.textContent = player.paused ? '▶' : '‖';
  const said = place.querySelector('.ev-now');
  if (said) said.textContent = T['evidence.frame'].replace('{frame}', frameAt(player)).replace('{at}', seconds(now));
  let last = null;
  place.querySelectorAll('[data-at]').forEach((button) => {
    button.removeAttribute('aria-current');
    if (Number(button.dataset.at) <= now + 1e-3) last = button;
  });
  if (last) last.setAttribute('aria-current', 'true');
}
const seconds = (value) => value.toFixed(2).replace('.', document.documentElement.lang === 'ru' ? ',' : '.');
function toggle(player) {
  player.paused ? player.play().catch(() => {}) : player.pause();
}
function stepFrame(player, way) {
  if (player.tagName === 'VIDEO') return stepClip(player, way);
  player.pause();
  player.currentTime = Math.max(0, player.currentTime + way * STEP_S);
}
async function openFrame(place, button) {
  button.disabled = true;
  const answer = (await server.inspect_frame({ run: place.dataset.run, ...evidenceOf(place), frame: Number(button.dataset.frame) })) || { error: T.lost };
  button.disabled = false;
  if (answer.error) return tell(answer.error);
  const picture = new Image(answer.width, answer.height);
  picture.src = answer.src;
  picture.alt = button.getAttribute('aria-label');
  openPicture(dialog, picture, T);
}

// --- a picture at its true size: fitted, or so many pixels of the screen for one of its own

function wirePane(place) {
  const pane = place.querySelector('.ev-pane');
  if (!pane) return;
  const picture = pane.querySelector('img');
  const sent = picture.src;
  const press = (button, on) => button.setAttribute('aria-pressed', on);
  place.querySelectorAll('[data-scale]').forEach((button) => button.addEventListener('click', () => {
    place.querySelectorAll('[data-scale]').forEach((other) => press(other, other === button));
    const scale = Number(button.dataset.scale);
    pane.classList.toggle('is-fixed', !!scale);
    picture.style.width = scale ? `${picture.getAttribute('width') * scale}px` : '';
  }));
  const original = place.querySelector('[data-original]');
  original?.addEventListener('click', () => {
    const on = original.getAttribute('aria-pressed') !== 'true';
    press(original, on);
    picture.src = on ? place.closest('figure').querySelector('a img').src : sent;
  });
}

// --- keys, by their places: `,` `.` `P` are «б» «ю» «з» under a Russian layout

function mediaKey(event, scope) {
  const player = chosenPlayer(scope);
  if (!player) return false;
  if (event.code === 'KeyP' && !event.shiftKey) { if (!event.repeat) toggle(player); return true; }
  if (event.code !== 'Comma' && event.code !== 'Period') return false;
  const way = event.code === 'Comma' ? -1 : 1;
  event.shiftKey ? stepSpeed(way) : stepFrame(player, way);
  return true;
}
// The one that plays or was used last, else what the model received, else the original.
function chosenPlayer(scope) {
  const all = [...scope.querySelectorAll('.st-fig audio, .st-fig video')];
  return all.find((one) => !one.paused) || all.find((one) => one === lastPlayer) || all.find((one) => one.closest('[data-evidence]')) || all[0];
}
