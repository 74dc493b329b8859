// Annotate: how long a question took, and how long is left for it. The server's clock counts: each reply brings it, and
// only what has passed since is measured here.
const ACTIVE_S = 30; // after the last touch, or a medium's last sound, whoever looks at the page is at work
const GAP_S = 5; // a tick that comes later than this was slept through
let serverAt = 0;
const tellClock = (now) => { serverAt = now - performance.now() / 1000; };
const serverNow = () => serverAt + performance.now() / 1000;

// `kept` is the time of a draft, so that a reload goes on with it.
class Stopwatch {
  constructor(kept) {
    this.shown_at = kept?.shown_at ?? serverNow();
    this.first_input_at = kept?.first_input_at ?? null;
    this.active_s = this.sure_s = kept?.active_s ?? 0; // sure: up to the last touch or sound
    this.played_s = kept?.played_s ?? 0;
    this.tickedAt = this.touchedAt = performance.now() / 1000;
  }
  touch() {
    this.touchedAt = performance.now() / 1000;
    this.sure_s = this.active_s;
  }
  input() {
    this.first_input_at ??= serverNow();
    this.touch();
  }
  tick(playing) {
    const at = performance.now() / 1000;
    const passed = at - this.tickedAt;
    this.tickedAt = at;
    if (passed > GAP_S) return;
    if (playing) {
      this.played_s += passed;
      this.touchedAt = at;
    }
    if (document.visibilityState === 'visible' && at - this.touchedAt <= ACTIVE_S) this.active_s += passed;
    if (playing) this.sure_s = this.active_s;
  }
  // Where the time ran out nobody knows whether anyone was there after the last touch: that is no work.
  told(ranOut = false) {
    const { shown_at, first_input_at, played_s } = this;
    const active_s = ranOut ? this.sure_s : this.active_s;
    return { shown_at, first_input_at, active_s, played_s, idle_s: Math.max(0, serverNow() - shown_at - active_s) };
  }
}

const clockText = (seconds) => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
