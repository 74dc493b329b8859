"""What a model received of a medium, under the medium itself: facts, frames on a timeline, a drawn sound, a picture
at its true size. The players and the zoom are the script's (`evidence.js`)."""

import math
from collections.abc import Sequence

from components.format import NBSP, decimal, number
from components.links import MediaBase
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.evidence import Evidence, SentFrame, SentPicture, SentSound
from studio.texts import Lang, describe, t

_HIGH = 100  # of the outline's own units
_SCALES = ("fit", "1", "2", "4")
_MARKS_HZ = (500, 1_000, 2_000, 4_000, 8_000, 16_000)
_TICKS_APART = 0.07  # of the height of the spectrogram: marks nearer to its top than this are left out


def evidence_html(found: Evidence, base: MediaBase, lang: Lang, run: str = "", sample: int = 0) -> str:
    """The part under one medium; of a sample of a named run a sound can be had as a chart. `base` is
    `links.media_base(…)`."""
    shown = _shown(found, base, lang)
    notes = "".join(f'<p class="ev-note">{safe(note)}</p>' for note in _notes(found, lang))
    menu = (
        chart_menu("sound", lang, run=run, sample=sample, place=found.place + 1)
        if run and found.sound
        else ""
    )
    heading = "evidence.title.people" if found.form == "people" else "evidence.title"
    source = t("evidence.hash", lang, sha256=found.sha256[:16])
    title = f'<b title="{attr(source)}">{t(heading, lang)}</b>'
    facts = f'<p class="ev-title">{title} {_facts(found, lang)}</p>'
    return f'<section class="ev-box">{facts}{notes}{shown}{menu}</section>'


def _shown(found: Evidence, base: MediaBase, lang: Lang) -> str:
    if found.picture:
        return _picture(found, found.picture, base, lang)
    if found.sound:
        return _sound(found, found.sound, base, lang)
    if found.modality == "video":
        return _clip(found, base, lang)
    return ""


def _notes(found: Evidence, lang: Lang) -> list[str]:
    notes = []
    if found.problem:
        notes.append(describe(found.problem, lang))
    elif found.changed:
        kept = " " + t("evidence.kept", lang) if found.form == "made" else ""
        notes.append(describe(found.changed, lang) + kept)
    if found.form in {"none", "unknown", "whole", "people"} and not found.problem:
        notes.append(t(f"evidence.{found.form}", lang, size=_megabytes(found.sent_bytes, lang)))
    if found.blank:
        notes.append(t("evidence.blank", lang))
    if found.heard_s and found.sound:
        notes.append(t("evidence.heard", lang, seconds=_seconds(found.heard_s, lang)))
    if found.sent_as == "images" and found.frames:
        notes.append(t("evidence.as_images", lang))
    return notes


def _facts(found: Evidence, lang: Lang) -> str:
    """336×252; the file: 2000×1500"""
    sent, file = [], []
    if found.form == "same":
        sent.append(t("evidence.same", lang))
        sent += [_size(found.native_size)] if found.native_size else []
    if found.picture:
        sent.append(_size((found.picture.width, found.picture.height)))
        file += [_size(found.native_size)] if found.native_size else []
    if found.sound:
        sent += _sound_facts(found.sound.rate, found.sound.channels, found.sound.seconds, lang)
        file += _sound_facts(found.native_rate, found.native_channels, found.whole_s, lang)
    if found.frames and found.n_frames:
        sent.append(t("evidence.frames", lang, n=len(found.frames), of=number(found.n_frames, lang)))
        sent += [_size(found.frame_size)] if found.frame_size else []
        file += [_size(found.native_size)] if found.native_size else []
        file.append(
            t(
                "evidence.fps",
                lang,
                fps=decimal(found.fps, lang, 0 if found.fps == round(found.fps or 0) else 2),
            )
        )
        file.append(_seconds(found.whole_s or 0.0, lang))
    parts = f"<span>{safe(_listed(sent))}</span>" if sent else ""
    if file and file != sent:
        parts += f'<span class="ev-file">{t("evidence.file", lang)} {safe(_listed(file))}</span>'
    return parts


def _listed(facts: Sequence[str]) -> str:
    return f"{NBSP}· ".join(facts)


def _sound_facts(rate: int | None, channels: int | None, seconds: float | None, lang: Lang) -> list[str]:
    facts = []
    if rate:
        facts.append(f"{decimal(rate / 1000, lang, 0 if rate % 1000 == 0 else 1)}{NBSP}{t('unit.khz', lang)}")
    if channels:
        key = {1: "mono", 2: "stereo"}.get(channels, "channels")
        facts.append(t(f"evidence.{key}", lang, n=channels))
    if seconds is not None:
        facts.append(_seconds(seconds, lang))
    return facts


def _megabytes(n_bytes: int | None, lang: Lang) -> str:
    return f" ({decimal(n_bytes / 1e6, lang, 2)}{NBSP}{t('unit.mb', lang)})" if n_bytes else ""


def _seconds(seconds: float, lang: Lang) -> str:
    return t("evidence.seconds", lang, n=decimal(seconds, lang, 2 if seconds < 100 else 0))


def _size(size: Sequence[int]) -> str:
    return f"{size[0]}×{size[1]}"


# --- a picture


def _picture(found: Evidence, picture: SentPicture, base: MediaBase, lang: Lang) -> str:
    url = attr(base(picture.file))
    words = t("evidence.picture", lang, size=_size((picture.width, picture.height)))
    buttons = "".join(
        f'<button type="button" data-scale="{scale}" aria-pressed="{"true" if scale == "fit" else "false"}">'
        f"{t('evidence.fit', lang) if scale == 'fit' else f'{int(scale) * 100}{NBSP}%'}</button>"
        for scale in _SCALES
    )
    compare = (
        f'<button type="button" data-original aria-pressed="false">{t("evidence.original", lang)}</button>'
        if not found.blank
        else ""
    )
    return (
        f'<div class="ev-tools" role="group" aria-label="{attr(t("evidence.zoom", lang))}">{buttons}{compare}</div>'
        f'<div class="ev-pane" tabindex="0" role="group" aria-label="{attr(words)}">'
        f'<img src="{url}" alt="{attr(words)}" width="{picture.width}" height="{picture.height}"></div>'
    )


# --- a sound


def _sound(found: Evidence, sound: SentSound, base: MediaBase, lang: Lang) -> str:
    heard = ""
    if found.heard_s and found.heard_s < sound.seconds:
        heard = f'<i class="ev-unheard" style="left:{100 * found.heard_s / sound.seconds:.3f}%"></i>'
    return (
        f'<div class="ev-track ev-track--sound" data-seconds="{sound.seconds}">{_wave(sound)}'
        f'<div class="ev-spectrum"><img src="{attr(base(sound.spectrum))}"'
        f' alt="{attr(t("evidence.spectrum", lang, top=_hertz(sound.top_hz, lang)))}">{_marks(sound, lang)}</div>'
        f'{heard}<i class="ev-head"></i>{_slider(sound.seconds, lang)}</div>'
        f'<audio src="{attr(base(sound.file))}" controls preload="metadata"'
        f' aria-label="{attr(t("evidence.sound", lang))}"></audio>'
    )


def _wave(sound: SentSound) -> str:
    last = max(1, len(sound.peaks) - 1)
    loudest = max([1, *(max(abs(low), abs(high)) for low, high in sound.peaks)])

    def point(i: int, value: int) -> str:
        return f"{1000 * i / last:.1f} {_HIGH / 2 * (1 - value / loudest):.1f}"

    above = [point(i, high) for i, (_, high) in enumerate(sound.peaks)]
    below = [point(i, low) for i, (low, _) in reversed(list(enumerate(sound.peaks)))]
    return (
        f'<svg class="ev-wave" viewBox="0 0 1000 {_HIGH}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="M{" L".join([*above, *below])} Z"/></svg>'
    )


def _marks(sound: SentSound, lang: Lang) -> str:
    """Frequencies at their heights on the mel scale."""
    top = _mel(sound.top_hz)
    marks = [(hertz, _mel(hertz) / top) for hertz in _MARKS_HZ]
    return "".join(
        f'<span style="bottom:{100 * at:.2f}%">{safe(_hertz(hertz, lang))}</span>'
        for hertz, at in marks
        if at < 1 - _TICKS_APART
    )


def _mel(hertz: float) -> float:
    """Slaney's mel scale, which librosa draws by: linear up to 1 kHz, logarithmic above."""
    return hertz * 3 / 200 if hertz < 1_000 else 15 + 27 * math.log(hertz / 1_000) / math.log(6.4)


def _hertz(hertz: int, lang: Lang) -> str:
    digits = 0 if hertz % 1_000 == 0 else 1
    return f"{decimal(hertz / 1_000, lang, digits)}{NBSP}{t('unit.khz', lang)}"


def _slider(seconds: float, lang: Lang) -> str:
    label = attr(t("evidence.seek", lang))
    return f'<input type="range" class="ev-seek" min="0" max="{seconds}" step="0.01" value="0" aria-label="{label}">'


# --- a clip


def _clip(found: Evidence, base: MediaBase, lang: Lang) -> str:
    tools = (
        f'<div class="ev-tools" role="group" aria-label="{attr(t("evidence.player", lang))}">'
        f"{_tool('back', '‹', ',', lang)}{_tool('play', '⏯', 'P', lang)}{_tool('forth', '›', '.', lang)}"
        f'<output class="ev-now"></output></div>'
    )
    seconds = found.whole_s
    if not found.frames or not seconds or not found.fps:
        return tools
    ticks = "".join(
        f'<i class="ev-tick" style="left:{min(100.0, 100 * frame.at_s / seconds):.3f}%"></i>'
        for frame in found.frames
    )
    frames = "".join(_frame(frame, i, base, lang) for i, frame in enumerate(found.frames))
    return (
        f'{tools}<div class="ev-track ev-track--clip" data-seconds="{seconds}">{ticks}'
        f'<i class="ev-head"></i>{_slider(seconds, lang)}</div>'
        f'<ol class="ev-frames" aria-label="{attr(t("evidence.taken", lang))}">{frames}</ol>'
    )


def _tool(what: str, sign: str, key: str, lang: Lang) -> str:
    label = attr(t(f"evidence.{what}", lang))
    return (
        f'<button type="button" data-player="{what}" title="{label} ({safe(key)})" aria-label="{label}">'
        f'<span aria-hidden="true">{sign}</span></button>'
    )


def _frame(frame: SentFrame, place: int, base: MediaBase, lang: Lang) -> str:
    at = _seconds(frame.at_s, lang)
    name = attr(t("evidence.frame", lang, n=place + 1, index=frame.index, at=at))
    whole = attr(t("evidence.open", lang, index=frame.index))
    return (
        f'<li><button type="button" class="ev-frame" data-at="{frame.at_s}" title="{name}">'
        f'<img src="{attr(base(frame.file))}" alt="{name}" loading="lazy">'
        f"<span><b>{frame.index}</b> {safe(at)}</span></button>"
        f'<button type="button" class="ev-whole" data-frame="{place}" aria-label="{whole}" title="{whole}">'
        f'<span aria-hidden="true">⤢</span></button></li>'
    )
