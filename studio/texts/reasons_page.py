"""Texts of the page «Причины»."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- the card of Inspect
    "inspect.group": ("Причина", "Reason"),
    "inspect.group.none": ("не в группах", "in no group"),
    "inspect.group.pinned": ("перенесено человеком", "moved by a person"),
    "inspect.group.move": ("перенести", "move"),
    "inspect.group.put": ("отнести к группе", "put into a group"),
    "inspect.group.where": ("К какой группе отнести ответ?", "Which group does the answer belong to?"),
    "inspect.group.ok": ("Перенести", "Move"),
    "inspect.keys.group": ("отнести ответ к группе причин", "put the answer into a group of reasons"),
    "bench.reasons": ("Причины", "Reasons"),
    "reasons.lead": (
        "Почему ответы не сошлись: группы складываются и называют себя сами, а вы их правите.",
        "Why answers fail: groups form and name themselves, and you put them right.",
    ),
    # --- what the script says
    "reasons.lost": ("Нет связи со студией.", "The studio does not answer."),
    "reasons.working": ("Считаю…", "Working…"),
    "reasons.picked": ("Выбрано: {n}", "Chosen: {n}"),
    "reasons.rename": ("Имя группы «{group}»", "The name of “{group}”"),
    "reasons.rename.hint": (
        "Пустое имя вернёт группе то, которое она дала себе сама.",
        "An empty name gives the group its own one back.",
    ),
    "reasons.merge": ("Объединить «{group}» с другой", "Put “{group}” together with another"),
    "reasons.merge.hint": (
        "Все её ответы перейдут в выбранную группу. Отменить можно: Z.",
        "All its answers go into the chosen group. Z takes it back.",
    ),
    "reasons.move": ("Перенести ответы: {n}", "Move answers: {n}"),
    "reasons.make": ("Новая группа, ответов в ней: {n}", "A new group, answers in it: {n}"),
    "reasons.done": ("Готово: сгруппировано заново.", "Done: grouped anew."),
    "reasons.nothing": (
        "Сначала отметьте ответы: щелчком или клавишей X.",
        "First choose answers: by a click, or with the key X.",
    ),
    "reasons.said": ("Готово: {what}.", "Done: {what}."),
    # --- dialog
    "reasons.ask.name": ("Имя", "Name"),
    "reasons.ask.group": ("Группа", "Group"),
    "reasons.ask.ok": ("Готово", "OK"),
    "reasons.ask.cancel": ("Отмена", "Cancel"),
    # --- buttons
    "reasons.act.open": ("Все ответы", "All answers"),
    "reasons.act.close": ("Свернуть", "Fold"),
    "reasons.act.rename": ("Назвать", "Name"),
    "reasons.act.merge": ("Объединить", "Merge"),
    "reasons.act.remove": ("Убрать", "Remove"),
    "reasons.act.move": ("Перенести", "Move"),
    "reasons.act.make": ("Новая группа", "New group"),
    "reasons.act.unpick": ("Снять выбор", "Choose none"),
    "reasons.act.undo": ("Отменить", "Undo"),
    # --- keys
    "reasons.keys.group": ("сгруппировать неудачи", "group the failures"),
    "reasons.keys.step": ("следующая и прежняя группа", "the next and the previous group"),
    "reasons.keys.open": ("все ответы группы", "all answers of the group"),
    "reasons.keys.rename": ("назвать группу", "name the group"),
    "reasons.keys.merge": ("объединить с другой", "put it together with another"),
    "reasons.keys.remove": ("убрать группу", "remove the group"),
    "reasons.keys.pick": (
        "отметить ответы группы или снять отметки",
        "choose the group's shown answers, or none",
    ),
    "reasons.keys.move": ("перенести отмеченные ответы", "move the chosen answers"),
    "reasons.keys.make": ("новая группа из отмеченных", "a new group of the chosen ones"),
    "reasons.keys.undo": ("отменить последнюю правку", "take the latest edit back"),
    # --- nothing is kept
    "reasons.none.title": ("Причины ещё не сгруппированы", "The failures are not grouped yet"),
    "reasons.none.text": (
        "Ответов, где EM и судья разошлись или человек оставил заметку: {n}. Студия разложит их на дюжину групп,"
        " назовёт каждую и запомнит.",
        "Answers on which EM and the judge disagree, or that a person left a note on: {n}. The studio puts them into a"
        " dozen groups, names each and remembers them.",
    ),
    "reasons.none.nothing": (
        "EM и судья нигде не разошлись, заметок нет. Можно сгруппировать другой отбор, например em:0.",
        "EM and the judge disagree nowhere, and there are no notes. Another choice can be grouped, say em:0.",
    ),
    "reasons.none.owner": (
        "Сгруппировать их может владелец студии или тот, кто начал прогон и видит его эталоны.",
        "They can be grouped by the studio's owner, or by whoever began the run and may see its gold.",
    ),
    # --- the form
    "reasons.form.where": ("Какие ответы", "Which answers"),
    "reasons.form.where.hint": (
        "где EM и судья разошлись или есть заметка; можно фильтром: em:0 type:short",
        "where EM and the judge disagree or a note is left; or a filter: em:0 type:short",
    ),
    "reasons.form.most": ("Групп, не больше", "Groups, at most"),
    "reasons.form.embed": ("Векторы текстов", "Vectors of texts"),
    "reasons.form.embed.hint": (
        "words — без модели; или имя с хаба, папка модели предложений, АДРЕС#модель сервера",
        "words: no model; or a hub id, a folder of a sentence model, URL#model of a server",
    ),
    "reasons.embed": ("векторы текстов", "vectors of texts"),
    "reasons.form.runs": ("Вместе с прогонами", "Together with the runs"),
    "reasons.form.go": ("Сгруппировать", "Group"),
    "reasons.act.stop": ("Остановить", "Stop"),
    "reasons.stopped": (
        "Остановлено. Группы остались такими, какими были.",
        "Stopped. The groups are as they were.",
    ),
    "reasons.job.note": (
        "Это идёт в фоне: страницу можно закрыть, прежние группы пока на месте.",
        "This goes on in the background: the page may be closed, and the former groups stay meanwhile.",
    ),
    # --- what is kept
    "reasons.kept": ("Ответов: {n}, групп: {groups}", "Answers: {n}, groups: {groups}"),
    "reasons.choice": ("отбор", "the choice"),
    "reasons.choice.usual": (
        "где EM и судья разошлись или есть заметка",
        "where EM and the judge disagree, or a note is left",
    ),
    "reasons.at": ("сгруппировано {when}", "grouped {when}"),
    "reasons.runs": ("прогоны", "runs"),
    "reasons.hidden": (
        "ответов закрытых задач, которые вам не видны: {n}",
        "answers of private tasks that you may not see: {n}",
    ),
    "reasons.read_only": (
        "Править группы может владелец студии или тот, кто начал прогон.",
        "Groups are edited by the studio's owner, or by whoever began the run.",
    ),
    "reasons.again": ("Сгруппировать заново…", "Group anew…"),
    "reasons.again.note": (
        "Имена, перенесённые ответы и объединённые группы останутся; номер и имя переходят к группе, где теперь"
        " большинство прежних ответов. Отменить можно и это.",
        "Names, moved answers and merged groups stay; number and name go to the group that now has most of the former"
        " answers. This can be taken back too.",
    ),
    "reasons.fresh": ("Под отбор подходят, но ни в одной группе:", "Match the choice, but are in no group:"),
    "reasons.regroup": ("Сгруппировать заново", "Group anew"),
    "reasons.rescored": (
        "Сгруппировано до пересчёта: с тех пор Exact Match считают по другим правилам, и в группах могут быть ответы, "
        "которые теперь верны. Правила сейчас:",
        "Grouped before a re-scoring: Exact Match goes by other rules since, and groups may hold answers that are "
        "right now. The rules now:",
    ),
    "reasons.books": ("Этот прогон есть и в других группировках:", "This run is in other groupings too:"),
    # --- nothing new
    "reasons.new": ("Ничего нового за последние {n} меток", "Nothing new in the last {n} labels"),
    "reasons.new.of": ("из {n}", "of {n}"),
    "reasons.new.none": (
        "Меток на этих ответах ещё нет. Размечайте, и станет видно, когда новые причины кончатся.",
        "These answers have no labels yet. Label some, and you will see when new reasons run out.",
    ),
    "reasons.new.some": (
        "Столько последних меток подряд попали в уже виденные группы: {quiet}. Дойдёт до {n} — главное вы видели.",
        "So many of the latest labels in a row showed groups seen before: {quiet}. At {n} you have seen what matters.",
    ),
    "reasons.new.enough": (
        "Последние {n} меток не показали ни одной новой группы: главные причины вы уже видели.",
        "The last {n} labels showed no new group: you have seen the main reasons.",
    ),
    "reasons.new.hint": (
        "Клетка — метка, по порядку; закрашена та, что впервые показала свою группу.",
        "A square is a label, in order; a filled one was the first to show its group.",
    ),
    "reasons.new.first": ("№ {number}: впервые «{group}»", "No. {number}: “{group}” for the first time"),
    "reasons.new.again": ("№ {number}: снова «{group}»", "No. {number}: “{group}” again"),
    "reasons.new.unseen": ("Ещё не размечали ни одного ответа:", "Not one answer labelled yet:"),
    # --- the table
    "reasons.pivot": ("Группы, модели и задачи", "Groups, models and tasks"),
    "reasons.pivot.note": (
        "Каждое число открывает свои ответы. Чем темнее, тем большая доля неудач задачи — в этой группе.",
        "Each number opens its answers. The darker, the larger the share of the task's failures in this group.",
    ),
    "reasons.col.group": ("группа", "group"),
    "reasons.col.model": ("модель", "model"),
    "reasons.col.all": ("всего", "in all"),
    "reasons.cell": ("{n} из {of} ({share})", "{n} of {of} ({share})"),
    # --- cards
    "reasons.number.hint": (
        "По этому номеру группу находит фильтр: group:{number}",
        "The filter finds the group by this number: group:{number}",
    ),
    "reasons.share": ("{share} [{low} – {high}]", "{share} [{low} – {high}]"),
    "reasons.own": ("сама назвалась", "called itself"),
    "reasons.words": ("слова", "words"),
    "reasons.tasks": ("задачи", "tasks"),
    "reasons.rule": ("решило правило", "the rule that decided"),
    "reasons.made": ("заведена вручную", "begun by hand"),
    "reasons.merged": ("объединена с группами: {n}", "groups put into it: {n}"),
    "reasons.pinned": ("перенесено людьми: {n}", "moved here by people: {n}"),
    "reasons.pick": ("Отметить № {number}", "Choose No. {number}"),
    "reasons.pinned.hint": ("Перенесено человеком", "Moved here by a person"),
    "reasons.no_text": ("пусто", "empty"),
    "reasons.pages": ("{first}–{last} из {n}", "{first}–{last} of {n}"),
    "reasons.card.empty": (
        "Пока пусто. Имя хранится: перенесите сюда ответы или уберите группу.",
        "Empty for now. Its name is kept: move answers here, or remove the group.",
    ),
    "error.unknown_action": ("Действия «{name}» нет.", "There is no action “{name}”."),
}
