/// Texts of rules on fields, references, queries, time, money, stores and handles. Any order; messages.cpp sorts.
/// {value} is what was given, {detail} what the comment of the group says.
#pragma once

#include "crm/base/messages.hpp"

namespace crm::messages {

inline constexpr RuleText kGeneral[] = {
    // {detail}: name of the field (required, read_only), kind wanted (type), limit (too_long, range), list of values
    // (enum), byte position (utf8, nul), entity (unknown)
    {"field.required", "field '{detail}' is empty: fill it in", "поле «{detail}» не заполнено: заполните его"},
    {"field.type", "value '{value}' is of another kind: give {detail}",
     "значение «{value}» другого вида: нужно {detail}"},
    {"field.utf8", "text '{value}' is not utf-8 at byte {detail}: convert it to utf-8",
     "текст «{value}» не в кодировке utf-8, байт {detail}: перекодируйте его"},
    {"field.nul", "text '{value}' has a zero byte at {detail}: remove it",
     "в тексте «{value}» нулевой байт, место {detail}: уберите его"},
    {"field.too_long", "text '{value}' is too long: at most {detail} characters are kept",
     "текст «{value}» слишком длинный: можно не больше {detail} знаков"},
    {"field.unknown", "field '{value}' is not known to '{detail}': ask the schema for its fields",
     "поля «{value}» нет в «{detail}»: посмотрите список полей в схеме"},
    {"field.range", "value '{value}' is out of range: give {detail}", "значение «{value}» вне границ: нужно {detail}"},
    {"field.enum", "value '{value}' is not in the list: give one of {detail}",
     "значения «{value}» нет в списке: выберите из {detail}"},
    {"field.read_only", "field '{detail}' is kept by the library: leave it out",
     "поле «{detail}» ведёт сама библиотека: не передавайте его"},
    {"entity.read_only", "records of '{detail}' are written by actions only: use the action",
     "записи «{detail}» появляются только от действий: выполните действие"},
    {"entity.never_erased", "records of '{detail}' are never erased: archive, end, retire or remove it instead",
     "записи «{detail}» не стираются: отправьте в архив, закройте датой или снимите с использования"},
    // {value}: hex of the unit or byte, or the character; {detail}: its place, counted from 0
    {"encoding.utf16", "unit {value} at {detail} is half a pair of utf-16: pass the text whole",
     "слово {value}, место {detail}: половина пары utf-16, передайте текст целиком"},
    {"encoding.windows_1251", "character '{value}' at byte {detail} is not in windows-1251: replace it",
     "знака «{value}», байт {detail}, нет в windows-1251: замените его"},
    {"encoding.windows_1251_byte", "byte {value} at {detail} means nothing in windows-1251: check the encoding",
     "байт {value}, место {detail}, ничего не значит в windows-1251: проверьте кодировку"},
    // {detail}: name of the argument
    {"argument.null", "argument '{detail}' is null: give a pointer", "аргумент «{detail}» пуст: передайте указатель"},
    {"entity.unknown", "entity '{value}' does not exist: ask the schema for the list",
     "сущности «{value}» нет: посмотрите список в схеме"},

    // {detail}: the entity
    // {value}: the part of the host's port, the user, the position; {detail}: what it said, the feed
    {"X1.host", "'{value}' of the host failed: {detail}", "«{value}» учётной системы ответило ошибкой: {detail}"},
    {"clock.range", "clock shows '{value}': set it right, a year from 1900 to 2200 is wanted",
     "часы показывают «{value}»: поправьте их, нужен год от 1900 до 2200"},
    {"X1.not_supplied", "host supplies no '{value}': set it in its port", "учётная система не предоставляет «{value}»: задайте его"},
    {"X1.authoriser", "host does not allow user '{value}' to do it: {detail}",
     "учётная система не разрешает это пользователю «{value}»: {detail}"},
    {"X1.feed_entity", "feed '{detail}' of the host may not save a record of '{value}': save it by itself, as a user who may",
     "поток «{detail}» учётной системы не может сохранять записи «{value}»: сохраните её отдельно, от имени пользователя с таким правом"},
    {"X1.feed_stuck", "feed '{detail}' of the host tells of more and stays at '{value}': give the next position",
     "поток «{detail}» учётной системы обещает продолжение и остаётся на «{value}»: укажите следующую позицию"},
    {"X11.not_empty", "base has records of '{detail}' already: the starter set is for an empty one",
     "в базе уже есть записи «{detail}»: начальный набор — для пустой базы"},

    // {value}: the user; {detail}: the right he lacks, or a field
    {"X5.right", "user '{value}' has no right '{detail}' here: ask a supervisor or an administrator",
     "у пользователя «{value}» здесь нет права «{detail}»: обратитесь к руководителю или администратору"},

    // {detail}: name of the field that refers
    {"ref.missing", "field '{detail}' refers to '{value}', which does not exist: choose another record",
     "поле «{detail}» ссылается на «{value}», такой записи нет: выберите другую"},
    {"ref.not_allowed", "field '{detail}' cannot refer to '{value}': choose a record of the right entity",
     "поле «{detail}» не может ссылаться на «{value}»: выберите запись нужной сущности"},
    // Says nothing about who holds the value: he may not be seen (Access).
    {"unique.taken", "value '{value}' is taken: give another one", "значение «{value}» уже занято: укажите другое"},
    {"record.not_found", "record '{value}' is not found: check its id", "запись «{value}» не найдена: проверьте номер"},
    {"record.conflict", "record '{value}' was changed by somebody else: load it again and repeat",
     "запись «{value}» уже изменил другой пользователь: откройте её заново и повторите"},
    // {detail}: who refers
    {"record.referenced", "record '{value}' is used by {detail}: archive it or free it first",
     "на запись «{value}» ссылается {detail}: уберите ссылки или отправьте её в архив"},

    // {detail}: place in the text (syntax), kind wanted (kind), what is wrong (query)
    {"json.syntax", "json is broken at byte {detail}, near '{value}': correct the text",
     "ошибка в json, байт {detail}, около «{value}»: исправьте текст"},
    {"json.kind", "json value '{value}' is of another kind: give {detail}",
     "значение json «{value}» другого вида: нужно {detail}"},
    // {value}: which record, counted from 0
    {"json.batch", "this was record {value} of the batch: nothing of the batch is saved",
     "это запись {value} пачки: ничего из пачки не сохранено"},
    // {value}: "where.all[2].op"
    {"json.place", "it stands at '{value}'", "это место: «{value}»"},
    // {detail}: what the store takes
    {"query.bad", "query is wrong at '{value}': {detail}", "ошибка в запросе у «{value}»: {detail}"},

    // {value}: what was given, or how many; {detail}: how many at most
    {"limit.nesting", "'{value}' is nested deeper than {detail} levels: make it flatter",
     "«{value}» вложено глубже {detail} уровней: сделайте площе"},
    {"limit.text", "text '{value}' is longer than {detail} bytes: give a shorter one, or open the base with a larger limit",
     "текст «{value}» длиннее {detail} байт: дайте короче или откройте базу с большим пределом"},
    {"limit.search", "text '{value}' to look for is longer than {detail} bytes: look for a part of it",
     "искомый текст «{value}» длиннее {detail} байт: ищите его часть"},
    {"limit.conditions", "question has {value} conditions, more than {detail}: ask it in parts, or open the base with a larger limit",
     "в вопросе условий {value}, больше {detail}: задайте его частями или откройте базу с большим пределом"},
    {"limit.columns", "question has {value} columns, more than {detail}: ask for fewer, or open the base with a larger limit",
     "в вопросе колонок {value}, больше {detail}: спросите меньше или откройте базу с большим пределом"},
    {"limit.values", "lists of a question hold {value} values, more than {detail}: ask it in parts, or open the base with a larger limit",
     "в списках вопроса значений {value}, больше {detail}: задайте его частями или откройте базу с большим пределом"},
    {"limit.rows", "answer has more than {detail} rows: ask for it page by page, or open the base with a larger limit",
     "в ответе строк больше {detail}: спросите его постранично или откройте базу с большим пределом"},
    {"limit.bytes", "answer has more than {detail} bytes: ask for less at once, or open the base with a larger limit",
     "в ответе байт больше {detail}: спросите меньше за раз или откройте базу с большим пределом"},
    // {detail}: what the database says
    {"limit.store", "question is too large for the database ({detail}): ask it in parts",
     "вопрос слишком велик для базы данных ({detail}): задайте его частями"},

    {"time.zone", "zone '{value}' is not known: give a name as 'Asia/Novosibirsk', 'UTC' or an offset as '+07:00'",
     "часовой пояс «{value}» неизвестен: укажите имя вида Asia/Novosibirsk, UTC или сдвиг вида +07:00"},
    {"time.zone_database", "zone '{value}' is not known to this version, so its days cannot be written: use a newer one, or give another zone",
     "часовой пояс «{value}» этой версии неизвестен, и его дни нельзя записать: обновите версию или укажите другой пояс"},
    // {detail}: the other date
    {"date.order", "date '{value}' is before '{detail}': put the end after the beginning",
     "дата «{value}» раньше «{detail}»: конец должен быть позже начала"},
    // {detail}: the other currency, the other amount
    {"money.currency", "currencies '{value}' and '{detail}' cannot be added: keep a sum for each",
     "валюты «{value}» и «{detail}» не складываются: считайте суммы отдельно"},
    {"money.currency_form", "currency '{value}' is not three capital letters: give a code as 'RUB'",
     "валюта «{value}» не из трёх заглавных латинских букв: укажите код вида RUB"},
    {"money.overflow", "sum of '{value}' and '{detail}' is too large: check the amounts",
     "сумма «{value}» и «{detail}» слишком велика: проверьте суммы"},

    // {value}: path of the base; {detail}: what was found
    {"store.not_a_database", "file '{value}' is not a base of crm ({detail}): choose another file",
     "файл «{value}» не база crm ({detail}): выберите другой файл"},
    {"store.empty", "file '{value}' has no base in it, or one that was not made to the end: open it for writing to have it made",
     "в файле «{value}» нет базы или её создание прервано: откройте его для записи, и она будет создана"},
    {"load.unfinished", "first load of base '{value}' was cut short, nothing in it is to be used: load it again from the beginning",
     "первая загрузка базы «{value}» прервана, пользоваться ею нельзя: загрузите её заново с начала"},
    {"store.name_taken", "base '{value}' has a table '{detail}' that is another program's, or was not made to the end: rename or drop it, or join another base",
     "в базе «{value}» есть таблица «{detail}» другой программы или не созданная до конца: переименуйте или удалите её либо возьмите другую базу"},
    {"store.not_empty", "base '{value}' is not empty: an initial load needs a new file",
     "база «{value}» не пуста: первая загрузка делается в новый файл"},
    {"store.newer_schema", "base '{value}' was made by a newer version ({detail}): update the library",
     "база «{value}» создана более новой версией ({detail}): обновите библиотеку"},
    {"store.older_schema", "base '{value}' was made by an older version ({detail}): open it once for writing, which upgrades it",
     "база «{value}» создана более старой версией ({detail}): откройте её один раз для записи, она обновится"},
    {"store.encoding", "base '{value}' keeps its texts in {detail}: only a base in UTF-8 can be used",
     "база «{value}» хранит тексты в {detail}: подходит только база в UTF-8"},
    {"store.locked", "base '{value}' is locked by another program: try again later",
     "база «{value}» занята другой программой: повторите позже"},
    {"store.read_only", "base '{value}' is open for reading only: check the rights on the file and its folder",
     "база «{value}» открыта только для чтения: проверьте права на файл и папку"},
    {"store.read_only_folder", "base '{value}' can be read without rights on its folder only while nobody writes to it ({detail}): give such rights, or "
     "open it again once its other users have closed it",
     "базу «{value}» без прав на её папку можно читать, только пока в неё никто не пишет ({detail}): дайте такие права или откройте её снова, "
     "когда её закроют остальные"},
    {"store.io", "base '{value}' cannot be read or written ({detail}): check the disk",
     "база «{value}» не читается или не пишется ({detail}): проверьте диск"},
    {"store.callback", "callback '{value}' is required in the table of the store: give it",
     "функция «{value}» обязательна в таблице хранилища: задайте её"},
    {"store.unit_lost", "base '{value}' could not go on after a failure, and this unit of work is lost: roll it back and do it again",
     "база «{value}» не смогла продолжить после сбоя, и эта единица работы потеряна: откатите её и повторите"},
    {"store.host", "store '{value}' failed: {detail}", "хранилище «{value}» ответило ошибкой: {detail}"},
    {"store.unsupported", "store cannot do '{value}': {detail}", "хранилище не умеет «{value}»: {detail}"},

    // {value}: the call
    {"handle.actor", "user '{value}' is not in service today: act as one who is",
     "пользователь «{value}» сегодня не работает: действуйте от имени того, кто работает"},
    {"handle.transaction", "call '{value}' does not fit the transaction: begin it once, then commit or roll back",
     "«{value}» не согласуется с транзакцией: начните её один раз, затем завершите или откатите"},
    // {detail}: the argument
    {"handle.other_base", "'{detail}' is of another opened base: give one made by the handle that is called",
     "«{detail}» — из другой открытой базы: передайте запись, созданную в той базе, функцию которой вызываете"},
    {"call.interrupted", "call was interrupted by another thread, and nothing of it is done: repeat it if it is still wanted",
     "вызов прерван из другого потока, ничего из него не сделано: повторите, если он ещё нужен"},
    {"handle.closed", "call '{value}' came after the handle was closed: open it again",
     "«{value}» вызвано после закрытия: откройте заново"},
};

}  // namespace crm::messages
