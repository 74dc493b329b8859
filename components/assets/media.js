// Players and pictures of a sample: a speed that stays, a wave of a sound, a picture in full size.
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const speedNow = () => {
  const kept = parseFloat(recall('studio-speed'));
  return SPEEDS.includes(kept) ? kept : 1;
};
function recall(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}
function keep(key, value) {
  try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* private mode */ }
}

// Adds what a bare player lacks. `scope` holds figures made by widgets/media.py.
function equipMedia(scope, texts) {
  scope.querySelectorAll('.st-fig audio, .st-fig video').forEach((player) => {
    if (player.dataset.equipped) return;
    player.dataset.equipped = '1';
    player.playbackRate = player.defaultPlaybackRate = speedNow();
    const figure = player.closest('figure');
    if (!figure.querySelector('.st-speed')) figure.querySelector('figcaption').append(speedControl(player, texts));
    // Two at once are no comparison: whoever starts silences the others.
    player.addEventListener('play', () => document.querySelectorAll('.st-fig audio, .st-fig video').forEach((other) => {
      if (other !== player && !other.muted) other.pause();
    }));
    if (player.tagName === 'AUDIO' && !figure.querySelector('[data-evidence]')) drawWave(player); // else it is drawn there
  });
}
function speedControl(player, texts) {
  const label = document.createElement('label');
  label.className = 'st-speed';
  label.append(texts.speed);
  const select = document.createElement('select');
  SPEEDS.forEach((speed) => select.append(new Option(`${String(speed).replace('.', document.documentElement.lang === 'ru' ? ',' : '.')}×`, speed)));
  select.value = String(speedNow());
  select.addEventListener('change', () => setSpeed(parseFloat(select.value)));
  label.append(select);
  return label;
}
function setSpeed(speed) {
  keep('studio-speed', String(speed));
  document.querySelectorAll('.st-fig audio, .st-fig video').forEach((player) => {
    player.playbackRate = player.defaultPlaybackRate = speed;
  });
  document.querySelectorAll('.st-speed select').forEach((select) => { select.value = String(speed); });
}
function stepSpeed(by) {
  const place = SPEEDS.indexOf(speedNow()) + by;
  if (SPEEDS[place]) setSpeed(SPEEDS[place]);
}

// Frames of a clip, by the times that the server read out of its file: `RATE FIRST STEP*COUNT …` (media/stamps.py). The
// last of them is the clip's end.
const UNKNOWN = '25 0 1*90000'; // an hour of a clip whose file does not tell
function framesOf(clip) {
  if (clip.frameTimes?.of !== clip.dataset.stamps) {
    const [rate, first, ...steps] = (clip.dataset.stamps || UNKNOWN).split(' ');
    const times = [Number(first) / rate];
    steps.map((step) => step.split('*').map(Number)).forEach(([step, count]) => {
      const from = times.at(-1);
      for (let n = 1; n <= count; n += 1) times.push(from + (n * step) / rate);
    });
    clip.frameTimes = { of: clip.dataset.stamps, times };
  }
  return clip.frameTimes.times;
}
// The number of the frame that is shown at a time, from 0.
function frameAt(clip, time = clip.currentTime) {
  const times = framesOf(clip);
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    times[middle] <= time + 1e-3 ? (low = middle) : (high = middle);
  }
  return low;
}
// To the middle of a frame: its edge may show the one before.
function toFrame(clip, number) {
  const times = framesOf(clip);
  const frame = Math.max(0, Math.min(times.length - 2, number));
  const middle = (times[frame] + times[frame + 1]) / 2;
  clip.currentTime = Number.isFinite(clip.duration) ? Math.min(middle, clip.duration) : middle;
}
function stepClip(clip, way) {
  clip.pause();
  toFrame(clip, frameAt(clip) + way);
}

// The media of markup that is shown later are fetched into the browser's cache, each once; of a large sound or clip the
// beginning is enough.
const fetched = new Set();
function fetchMedia(html) {
  const hidden = document.createElement('template');
  hidden.innerHTML = html;
  hidden.content.querySelectorAll('.st-fig img').forEach((picture) => { new Image().src = picture.getAttribute('src'); });
  hidden.content.querySelectorAll('audio[src], video[src]').forEach((medium) => fetchAhead(medium.getAttribute('src')));
}
function fetchAhead(address) {
  if (fetched.has(address)) return;
  fetched.add(address);
  fetch(address, { headers: { Range: 'bytes=0-4194303' }, priority: 'low' }).then((answer) => answer.blob()).catch(() => fetched.delete(address));
}

const WAVE_BYTES = 12e6; // a longer sound is left to the bare player: decoding it would cost hundreds of megabytes
async function drawWave(player) {
  try {
    const head = await fetch(player.src);
    if (!head.ok || Number(head.headers.get('content-length')) > WAVE_BYTES) return head.body?.cancel();
    const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(await head.arrayBuffer());
    if (!player.isConnected) return;
    const canvas = document.createElement('canvas');
    canvas.className = 'st-wave';
    canvas.setAttribute('aria-hidden', 'true');
    player.before(canvas);
    const samples = sound.getChannelData(0);
    // Nothing may outlive its sound: a decoded one weighs megabytes, and an observer of the page would hold it for good.
    const paint = () => (canvas.isConnected ? paintWave(canvas, samples, player) : theme.disconnect());
    const theme = new MutationObserver(paint);
    canvas.addEventListener('pointerdown', (event) => {
      if (player.duration) player.currentTime = (event.offsetX / canvas.clientWidth) * player.duration;
    });
    ['timeupdate', 'seeked', 'play', 'ended'].forEach((name) => player.addEventListener(name, paint));
    new ResizeObserver(paint).observe(canvas);
    theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  } catch { /* a sound that this browser cannot decode still has its player */ }
}
function paintWave(canvas, samples, player) {
  const scale = window.devicePixelRatio || 1;
  const width = (canvas.width = Math.round(canvas.clientWidth * scale));
  const height = (canvas.height = Math.round(canvas.clientHeight * scale));
  if (!width || !height) return;
  const pen = canvas.getContext('2d');
  const style = getComputedStyle(canvas);
  const step = 3 * scale;
  const played = player.duration ? (player.currentTime / player.duration) * width : 0;
  let loudest = 0.05;
  for (let i = 0; i < samples.length; i += 97) loudest = Math.max(loudest, Math.abs(samples[i]));
  for (let x = 0; x < width; x += step) {
    const from = Math.floor((x / width) * samples.length);
    const to = Math.max(from + 1, Math.floor(((x + step) / width) * samples.length));
    let peak = 0;
    for (let i = from; i < to; i += Math.max(1, Math.floor((to - from) / 200))) peak = Math.max(peak, Math.abs(samples[i]));
    const tall = Math.max(2 * scale, Math.min(1, peak / loudest) * height);
    pen.fillStyle = x < played ? style.getPropertyValue('--st-accent') : style.getPropertyValue('--st-line-strong');
    pen.fillRect(x, (height - tall) / 2, 2 * scale, tall);
  }
}

// A click on a picture opens it in a dialog: fitted first, at its own size after one more click. Esc closes. With keys:
// Enter and the space bar change the size, + and − choose it, arrows move a large picture.
const PAN_PX = 80;
const PANS = { ArrowLeft: [-PAN_PX, 0], ArrowRight: [PAN_PX, 0], ArrowUp: [0, -PAN_PX], ArrowDown: [0, PAN_PX] };
const SIZES = { '+': true, '=': true, '-': false, '−': false };
function zoomable(scope, dialog, texts) {
  scope.addEventListener('click', (event) => {
    const link = event.target.closest('.st-fig--image a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPicture(dialog, link.querySelector('img').cloneNode(), texts);
  });
  dialog.addEventListener('click', (event) => {
    if (event.target.tagName === 'IMG') fullSize(dialog);
    else dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !zoomKey(dialog, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
function zoomKey(dialog, { key, target, repeat }) {
  if (key in SIZES) fullSize(dialog, SIZES[key]);
  else if (PANS[key]) dialog.scrollBy(...PANS[key]);
  else if ((key === 'Enter' || key === ' ') && target.tagName === 'IMG') repeat || fullSize(dialog);
  else return false;
  return true;
}
function fullSize(dialog, full = !dialog.classList.contains('is-full')) {
  dialog.classList.toggle('is-full', full);
  dialog.querySelector('img').setAttribute('aria-pressed', full);
}
function openPicture(dialog, picture, texts) {
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', texts['zoom.close']);
  Object.assign(picture, { tabIndex: 0, title: texts['zoom.full'] || '' });
  picture.setAttribute('role', 'button');
  dialog.replaceChildren(picture, close);
  fullSize(dialog, false);
  dialog.showModal();
  picture.focus();
}
