#include "house_parts.h"

int house_write_kinds(trading_house* house) {
  static const char* const kinds[5][4] = {{"call", "Звонок", "Call", "15"},
                                          {"meeting", "Встреча", "Meeting", "60"},
                                          {"presentation", "Презентация", "Presentation", "90"},
                                          {"offer", "Коммерческое предложение", "Offer", "30"},
                                          {"sale", "Продажа", "Sale", "30"}};
  /* success, neutral, refusal */
  static const char* const outcomes[5][3] = {{"Договорились", "Перезвонить", "Отказ"},
                                             {"Есть интерес", "Думают", "Не заинтересованы"},
                                             {"Запросили предложение", "Взяли материалы", "Не подходит"},
                                             {"Принято", "На согласовании", "Дорого"},
                                             {"Отгружено", "Отгружено частично", "Отказ от заказа"}};
  static const char* const codes[] = {"success", "neutral", "refusal"};
  FILE* file = house_open(house, "event_types.csv");
  int kind, outcome;
  if (!file) return 0;
  house_row(file, "Код", "Вид", "По-английски", "Минут", NULL);
  for (kind = 0; kind < 5; ++kind)
    house_row(file, kinds[kind][0], kinds[kind][1], kinds[kind][2], kinds[kind][3], NULL);
  if (!house_close(house, file, "event_types.csv")) return 0;
  file = house_open(house, "outcomes.csv");
  if (!file) return 0;
  house_row(file, "Вид", "Исход", "Название", NULL);
  for (kind = 0; kind < 5; ++kind)
    for (outcome = 0; outcome < 3; ++outcome)
      house_row(file, kinds[kind][1], codes[outcome], outcomes[kind][outcome], NULL);
  return house_close(house, file, "outcomes.csv");
}
