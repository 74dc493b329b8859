"""Texts of what a model received of a sample's media."""

TEXTS: dict[str, tuple[str, str]] = {
    "evidence.title": ("Что получила модель", "What the model received"),
    "evidence.title.people": ("Что видели люди", "What people had before them"),
    "evidence.people": (
        "Отвечали люди: для них студия не уменьшает и не пересчитывает файл вопроса.",
        "People answered: the studio neither resizes nor resamples the question's file for them.",
    ),
    "inspect.earlier": (
        "До этого вопроса модель получила {turns} того же диалога",
        "Before this question the model was given {turns} of the same dialogue",
    ),
    "inspect.earlier.answer": ("Ответила", "It answered"),
    "count.turns": ("реплику|реплики|реплик", "turn|turns"),
    "cli.evidence.turn": ("Раньше, № {number}: {question}", "Earlier, no. {number}: {question}"),
    "cli.evidence.last": ("Сам вопрос № {number}:", "The question itself, no. {number}:"),
    "evidence.hash": (
        "Сделано из файла с хешем прогона, sha256 {sha256}…",
        "Made from the file with the run's hash, sha256 {sha256}…",
    ),
    "evidence.same": ("этот файл, без изменений", "this file, unchanged"),
    "evidence.file": ("файл:", "the file:"),
    "evidence.kept": (
        "Здесь то, что сделано из прежнего файла.",
        "What stands here was made from the earlier file.",
    ),
    "evidence.none": (
        "Ничего: прогон шёл без медиа, только текст вопроса.",
        "Nothing: the run went without media, on the question's text alone.",
    ),
    "evidence.unknown": (
        "В записи ответа не сказано, в каком виде файл дошёл до модели. Выше исходный файл.",
        "The record of the answer does not say in what form the file reached the model. Above is the original.",
    ),
    "evidence.whole": (
        "Клип ушёл на сервер целиком{size}. Какие кадры взял сервер, он не сообщает.",
        "The clip went to the server whole{size}. The server does not say which frames it took.",
    ),
    "evidence.blank": (
        "Прогон подменил файл пустышкой той же формы: серое вместо картинки, тишина вместо звука.",
        "The run put an empty medium of the same form in its place: grey for a picture, silence for a sound.",
    ),
    "evidence.heard": (
        "Модель слышит только первые {seconds}: дальше приглушено.",
        "The model hears only the first {seconds}: the rest is dimmed.",
    ),
    "evidence.as_images": (
        "Кадры отправлены отдельными картинками: модель не принимает клипы.",
        "The frames were sent as single pictures: the model takes no clips.",
    ),
    "evidence.frames": ("кадров: {n} из {of}", "{n} of {of} frames"),
    "evidence.fps": ("{fps} кадра/с", "{fps} frames/s"),
    "evidence.mono": ("моно", "mono"),
    "evidence.stereo": ("стерео", "stereo"),
    "evidence.channels": ("каналов: {n}", "{n} channels"),
    "evidence.seconds": ("{n} с", "{n} s"),
    "evidence.picture": ("Картинка, как её получила модель, {size}", "The picture as the model received it, {size}"),
    "evidence.zoom": ("Масштаб", "Zoom"),
    "evidence.fit": ("Вписать", "Fit"),
    "evidence.original": ("Показать исходную", "Show the original"),
    "evidence.sound": ("Звук, как его получила модель", "The sound as the model received it"),
    "evidence.spectrum": (
        "Спектрограмма звука, как его получила модель, от 0 до {top}",
        "Spectrogram of the sound as the model received it, from 0 to {top}",
    ),
    "evidence.seek": ("Место в записи", "Place in the recording"),
    "evidence.player": ("Просмотр по кадрам", "Frame by frame"),
    "evidence.back": ("На кадр назад", "One frame back"),
    "evidence.forth": ("На кадр вперёд", "One frame forward"),
    "evidence.play": ("Пуск и пауза", "Play and pause"),
    "evidence.taken": ("Кадры, которые получила модель", "Frames that the model received"),
    "evidence.frame": (
        "{n}-й кадр для модели: № {index} в клипе, {at}",
        "Frame {n} for the model: No. {index} of the clip, {at}",
    ),
    "evidence.open": ("Открыть кадр № {index} целиком", "Open frame No. {index} whole"),
    # the script
    "inspect.evidence.wait": ("Готовим то, что получила модель…", "Preparing what the model received…"),
    "inspect.evidence.frame": ("кадр {frame} · {at} с", "frame {frame} · {at} s"),
    "inspect.keys.play": ("пуск и пауза", "play and pause"),
    "inspect.keys.frame": ("на кадр назад и вперёд", "one frame back and forward"),
    "inspect.keys.speed": ("медленнее и быстрее", "slower and faster"),
    # the command
    "cli.evidence": (
        "Показывает, что модель получила из картинок, звуков и клипов вопроса; людям даётся сам файл.",
        "Shows what the model received of a question's pictures, sounds and clips; people get the file itself.",
    ),
    "cli.evidence.more": (
        "С --out кладёт в папку сами файлы: уменьшенную картинку, пересчитанный звук со спектрограммой, кадры.",
        "With --out puts the very files into a folder: the resized picture, the resampled sound with its spectrogram,\n"
        "the frames.",
    ),
    "cli.evidence.example": (
        "  python -m studio evidence r1121-5f2a9c 12\n  python -m studio evidence r1121-5f2a9c 12 --out seen",
        "  python -m studio evidence r1121-5f2a9c 12\n  python -m studio evidence r1121-5f2a9c 12 --out seen",
    ),
    "cli.option.out_evidence": ("папка, куда положить файлы", "a folder to put the files into"),
    "cli.evidence.sound": (
        "{rate} Гц, каналов: {channels}, {seconds}",
        "{rate} Hz, channels: {channels}, {seconds}",
    ),
    "cli.evidence.frames": (
        "кадры {taken} из {of}, каждый {size}",
        "frames {taken} of {of}, each {size}",
    ),
    "error.evidence_not_written": (
        "В папку {path} не записать: {reason}.",
        "The folder {path} cannot be written to: {reason}.",
    ),
    # errors
    "error.evidence_too_long": (
        "Запись {file} слишком длинная, чтобы её рисовать.",
        "The recording {file} is too long to be drawn.",
    ),
    "error.evidence_too_long.hint": ("Послушать её можно в плеере выше.", "The player above plays it."),
    "error.evidence_differs": (
        "Студия готовит этот файл не так, как записано в ответе, и не показывает то, чего модель не видела.",
        "The studio prepares this file in another way than the answer's record says, and shows nothing that the model "
        "did not see.",
    ),
    "error.evidence_differs.hint": (
        "Прогон сделан другой версией студии: начните новый, чтобы увидеть его медиа.",
        "The run was made by another version of the studio: start a new one to see its media.",
    ),
    "error.evidence_no_frame": ("Кадра {number} нет, их {n}.", "There is no frame {number}; there are {n}."),
    "error.evidence_no_medium": (
        "У вопроса нет файла {number}, всего их {n}.",
        "The question has no file {number}; it has {n}.",
    ),
}  # fmt: skip
