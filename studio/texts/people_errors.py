"""Texts of errors in the human baseline: links, projects, answers of people."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- who
    "error.no_role": ("Это вам здесь не разрешено.", "You are not allowed to do this here."),
    "error.no_role.hint": (
        "Откройте ссылку-приглашение ещё раз в этом браузере или попросите руководителя проекта.",
        "Open your invitation link again in this browser, or ask the project's lead.",
    ),
    "error.sees_gold": (
        "Вам видны эталоны этой задачи, поэтому отвечать на её вопросы вам нельзя.",
        "The gold of this task is open to you, so you may not answer its questions.",
    ),
    "error.sees_gold.hint": (
        "Так у каждого, кто хоть раз был рецензентом или руководителем проекта по этой задаче: ответ того, кто мог "
        "видеть эталон, ничего не говорит об уровне человека. Данные раньше ответы остаются.",
        "So it is for whoever has been a reviewer or a lead of a project of this task: an answer of somebody who may "
        "have seen gold says nothing of how well people do. Answers given before that stay.",
    ),
    "error.bad_invitation": (
        "У приглашения должна быть роль, от 1 до {places} мест и срок до {days} дней.",
        "An invitation needs a role, 1 to {places} places and at most {days} days.",
    ),
    "error.invitation_unknown": ("Такого приглашения нет.", "There is no such invitation."),
    "error.invitation_unknown.hint": (
        "Проверьте, что ссылка скопирована целиком.",
        "Check that the link was copied whole.",
    ),
    "error.invitation_revoked": ("Приглашение отозвано.", "The invitation was revoked."),
    "error.invitation_revoked.hint": ("Попросите новое.", "Ask for a new one."),
    "error.invitation_used": (
        "По этому приглашению уже вошли все.",
        "All places of this invitation are taken.",
    ),
    "error.invitation_used.hint": ("Попросите новое.", "Ask for a new one."),
    "error.invitation_expired": ("Срок приглашения вышел.", "The invitation has expired."),
    "error.invitation_expired.hint": ("Попросите новое.", "Ask for a new one."),
    "error.project_by_invitation": (
        "В этот проект входят по приглашению.",
        "This project is joined by invitation.",
    ),
    "error.project_by_invitation.hint": (
        "Попросите ссылку у руководителя проекта.",
        "Ask the project's lead for a link.",
    ),
    "error.project_not_open": ("Проект сейчас не открыт.", "The project is not open now."),
    "error.project_not_open.hint": (
        "Загляните позже или спросите руководителя проекта.",
        "Come back later, or ask the project's lead.",
    ),
    "error.too_many_joins": (
        "Сейчас входит слишком много людей сразу.",
        "Too many people are joining at once.",
    ),
    "error.too_many_joins.hint": ("Попробуйте через минуту.", "Try again in a minute."),
    "error.other_site": ("Запрос пришёл с другого сайта.", "The request came from another site."),
    "error.other_site.hint": (
        "Сделайте это на страницах самой студии.",
        "Do it on the pages of the studio itself.",
    ),
    "error.unknown_invitation": (
        "Приглашения «{id}» в проекте нет.",
        "The project has no invitation “{id}”.",
    ),
    "error.unknown_person": ("Человека «{id}» здесь нет.", "There is nobody “{id}” here."),
    "error.not_failed": (
        "Обучение не остановило {id}: допускать не нужно.",
        "The training has not stopped {id}: there is nobody to admit.",
    ),
    "error.unknown_role": (
        "Роли «{role}» нет. Известны: {known}.",
        "There is no role “{role}”. Known: {known}.",
    ),
    # --- projects
    "error.unknown_project": ("Проекта «{id}» нет.", "There is no project “{id}”."),
    "error.unknown_project.hint": (
        "Список: python -m studio project list.",
        "List them: python -m studio project list.",
    ),
    "error.project_setting": (
        "Так проект не настроить: {name} = {value}.",
        "A project cannot be set up like this: {name} = {value}.",
    ),
    "error.project_empty": (
        "В задаче «{task}» нечего спросить.",
        "There is nothing to ask in the task “{task}”.",
    ),
    "error.project_fixed": (
        "Задачу и зерно случайности у сделанного проекта не меняют.",
        "The task and the seed of a project stay what they are.",
    ),
    "error.project_fixed.hint": ("Сделайте новый проект.", "Make a new project."),
    "error.project_instructions": (
        "Инструкция пуста или длиннее {limit} символов.",
        "The instructions are empty or longer than {limit} characters.",
    ),
    "error.project_size": ("Вопросов должно быть не меньше одного.", "There must be one question at least."),
    "error.project_state": (
        "Состояния «{state}» у проекта не бывает. Бывают: {known}.",
        "A project cannot be “{state}”. It can be: {known}.",
    ),
    "error.project_stratify": (
        "Категории «{name}» в задаче нет. Есть: {known}.",
        "The task has no category “{name}”. It has: {known}.",
    ),
    "error.project_dialogue": (
        "Вопросы этой задачи — реплики диалогов: они идут подряд, и по категории «{name}» их не набрать.",
        "The questions of this task are turns of dialogues: they go one after another, and none are drawn by “{name}”.",
    ),
    "error.project_dialogue.hint": (
        "Уберите категорию: от каждого диалога возьмут начало.",
        "Leave the category out: the beginning of each dialogue is taken.",
    ),
    "error.erase_elsewhere": (
        "Этот человек был не только в ваших проектах, руководит проектом или имеет роль во всей студии.",
        "This person has been in other projects than yours, leads a project, or has a role in the whole studio.",
    ),
    "error.erase_elsewhere.hint": (
        "Стереть его данные может владелец или руководитель всей студии.",
        "Their data can be erased by the owner or by a lead of the whole studio.",
    ),
    "error.project_unbound": (
        "Вопросов, которых здесь нет или которые изменились: {n}. Проект не открыть.",
        "{n} questions are not here or have changed: the project cannot be opened.",
    ),
    "error.project_unbound.hint": (
        "Верните ту версию задачи, по которой проект сделан; если она теперь в другой папке, назовите её: "
        "python -m studio project bind {id} --task ПАПКА",
        "Bring back the version of the task that the project was made of; if it lies in another folder now, name it: "
        "python -m studio project bind {id} --task FOLDER",
    ),
    "error.project_folder_missing": (
        "Вопросы проекта лежали в папке {path}, а её здесь нет.",
        "The project's questions lay in the folder {path}, and it is not here.",
    ),
    "error.project_folder_missing.hint": (
        "Верните папку или назовите другую: python -m studio project bind {id} --task ПАПКА",
        "Bring the folder back, or name another one: python -m studio project bind {id} --task FOLDER",
    ),
    "error.project_other_task": (
        "Проект сделан по задаче «{wanted}», а это «{name}».",
        "The project was made of the task “{wanted}”, and this is “{name}”.",
    ),
    "error.unknown_item": ("Вопроса {item} в проекте нет.", "The project has no question {item}."),
    # --- answers
    "error.not_joined": ("Вы ещё не участвуете в этом проекте.", "You have not joined this project yet."),
    "error.not_joined.hint": (
        "Войдите в него на странице «Разметка» или по ссылке-приглашению.",
        "Join it on the page “Annotate”, or by an invitation link.",
    ),
    "error.not_invited": (
        "Такого проекта нет, или в него входят по приглашению.",
        "There is no such project, or it is joined by invitation.",
    ),
    "error.not_invited.hint": (
        "Откройте ссылку, которую прислал руководитель проекта.",
        "Open the link that the project’s lead has sent you.",
    ),
    "error.not_your_question": (
        "Этот вопрос вам не выдавался.",
        "You were never asked this question.",
    ),
    "error.not_your_question.hint": (
        "Обновите страницу: ответы целы.",
        "Reload the page: your answers are safe.",
    ),
    "error.other_person": (
        "В этом браузере теперь работает другой человек: от его имени это не отправлено.",
        "Somebody else is signed in in this browser now: this was not sent in their name.",
    ),
    "error.other_person.hint": (
        "Написанное ждёт здесь и уйдёт, когда снова войдёт тот, кто писал. Чтобы работать самому, обновите страницу.",
        "What was written waits here and goes when its writer signs in again. To work yourself, reload the page.",
    ),
    # --- the baseline
    "error.people_tied": (
        "Люди разошлись поровну, и решить между ответами было нечем.",
        "People were split evenly, and nothing could decide between their answers.",
    ),
    "error.people_tied.hint": (
        "Последнее слово за рецензентом на странице проекта.",
        "A reviewer has the last word on the project's page.",
    ),
    "error.baseline_empty": (
        "В проекте «{id}» ещё никто не ответил.",
        "Nobody has answered in the project “{id}” yet.",
    ),
    "error.baseline_free_answers": (
        "Метод {method} — для ответов из одного списка, а здесь ответы свободные.",
        "The method {method} needs answers out of one list, and answers here are free.",
    ),
    "error.baseline_free_answers.hint": ("Возьмите majority или glad.", "Take majority or glad."),
}
