"""Texts of the page behind a link of invitation, and of who is signed in."""

TEXTS: dict[str, tuple[str, str]] = {
    "join.title": ("Вас приглашают", "You are invited"),
    "join.lead": (
        "Эта ссылка открывает проект, в котором на вопросы для моделей отвечают люди.",
        "This link opens a project in which people answer the questions that models get.",
    ),
    "join.project": ("Проект", "Project"),
    "join.everywhere": ("вся студия", "the whole studio"),
    "join.role": ("Роль", "Role"),
    "join.until": ("Ссылка действует до", "The link works until"),
    "join.role.annotator": ("аннотатор", "annotator"),
    "join.role.reviewer": ("рецензент", "reviewer"),
    "join.role.lead": ("руководитель", "lead"),
    "join.does.annotator": (
        "Вы будете отвечать на вопросы. Эталонов и чужих ответов вам не покажут.",
        "You will answer questions. Neither gold nor other people's answers are shown to you.",
    ),
    "join.does.reviewer": (
        "Вы увидите ход работы и ответы людей и сможете сказать последнее слово там, где люди разошлись.",
        "You will see how the work goes and what people answered, and have the last word where they differ.",
    ),
    "join.does.lead": (
        "Вы сможете вести проект: приглашать людей, менять его, считать и выгружать итог.",
        "You will run the project: invite people, change it, work out its result and take it away.",
    ),
    "join.state.draft": (
        "Проект ещё не начат: вопросы появятся, когда руководитель его откроет. Войти можно уже сейчас.",
        "The project has not begun: questions appear when the lead opens it. You can join already.",
    ),
    "join.state.paused": (
        "Проект сейчас на паузе: вопросы появятся, когда руководитель его продолжит.",
        "The project is paused: questions appear when the lead goes on with it.",
    ),
    "join.state.closed": (
        "Проект закрыт: новых вопросов в нём не будет.",
        "The project is closed: there are no more questions in it.",
    ),
    "join.name": ("Ваше имя", "Your name"),
    "join.name.hint": (
        "Его видят руководитель проекта и владелец студии, рецензенты видят номер. Если вы пройдёте целую задачу "
        "своими силами, имя увидят все: оно встанет на её прогон. По просьбе имя сотрут, а ответы останутся.",
        "The project's lead and the studio's owner see it, reviewers see a number. If you answer a whole task on your "
        "own, everybody sees it: it stands on that run. It is erased on request; the answers stay.",
    ),
    "join.enter": ("Войти в проект", "Join the project"),
    "join.here": ("Вы вошли как {name}.", "You are signed in as {name}."),
    "join.not_me": ("Это не я", "That is not me"),
    "join.huggingface": ("Войти через Hugging Face", "Sign in with Hugging Face"),
    "join.or": ("или", "or"),
    "join.browser": (
        "Этот браузер запомнит вас на 30 дней. Чтобы работать с другого устройства, попросите ещё одну ссылку.",
        "This browser remembers you for 30 days. To work on another device, ask for one more link.",
    ),
    "join.refused": ("По этой ссылке не войти", "This link does not open"),
    "who.here": ("Вы: {name}", "You: {name}"),
    "who.owner": ("Вы: владелец студии", "You: the studio’s owner"),
    "who.leave": ("Выйти", "Sign out"),
}
