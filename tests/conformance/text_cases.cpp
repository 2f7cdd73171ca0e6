// Parts and beginnings of text, byte by byte, with and without an index for them.
#include <doctest/doctest.h>

#include "shop.hpp"

namespace crm::conformance {
namespace {

using Ids = std::vector<Id>;

// The same texts in a searched field (name) and in one that is not (inn).
void texts(Session& session) {
  for (const char* text : {"ромашка", "ооо ромашка плюс", "ром", "Ромашка", "100% \"rose_bud\"", "ab", "*", ""}) {
    Fields fields{{company::kName, text}, {company::kInn, text}};
    insert(session, company::kEntity, fields);
  }
  insert(session, company::kEntity, {{company::kName, "ромашка (без ИНН)"}});
}

Ids containing(Session& session, FieldNo field, const char* part) {
  return matching(session, company::kEntity, where::contains(field, part));
}
Ids starting(Session& session, FieldNo field, const char* prefix) {
  return matching(session, company::kEntity, where::starts_with(field, prefix));
}

const Case kCases[] = {
    {"contains finds a part anywhere, byte by byte",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       CHECK(containing(*session, company::kName, "ромашка") == Ids{1, 2, 9});
       CHECK(containing(*session, company::kName, "омашк") == Ids{1, 2, 4, 9});
       CHECK(containing(*session, company::kName, "Ром") == Ids{4});
       CHECK(containing(*session, company::kName, "нет такого").empty());
       CHECK(containing(*session, company::kInn, "ромашка") == Ids{1, 2});
     }},
    {"contains finds parts of one and two letters",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       CHECK(containing(*session, company::kName, "о") == Ids{1, 2, 3, 4, 9});
       CHECK(containing(*session, company::kName, "ро") == Ids{1, 2, 3, 9});
       CHECK(containing(*session, company::kName, "ab") == Ids{6});
       CHECK(containing(*session, company::kName, "b") == Ids{5, 6});
     }},
    {"an empty part is in every text, but not in null",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       CHECK(containing(*session, company::kName, "") == Ids{1, 2, 3, 4, 5, 6, 7, 8, 9});
       CHECK(containing(*session, company::kInn, "") == Ids{1, 2, 3, 4, 5, 6, 7, 8});
       CHECK(starting(*session, company::kInn, "") == Ids{1, 2, 3, 4, 5, 6, 7, 8});
     }},
    {"nothing in a part is a wildcard, an operator or a quote",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       for (const FieldNo field : {company::kName, company::kInn}) {
         CHECK(containing(*session, field, "%") == Ids{5});
         CHECK(containing(*session, field, "e_b") == Ids{5});
         CHECK(containing(*session, field, "r_s").empty());
         CHECK(containing(*session, field, "% \"rose") == Ids{5});
         CHECK(containing(*session, field, "*") == Ids{7});
         CHECK(containing(*session, field, "ром OR ab").empty());
         CHECK(containing(*session, field, "'").empty());
         CHECK(starting(*session, field, "100%") == Ids{5});
         CHECK(starting(*session, field, "1__%").empty());
         CHECK(starting(*session, field, "*") == Ids{7});
         CHECK(starting(*session, field, "[").empty());
       }
     }},
    {"signs between letters of two bytes are signs, in a store without rows as well",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session&) {});
       write(*store, [](Session& session) {
         for (const char* part : {"ИП_Иванов", "да_нет", "по%цене", "а_но", "%_а_%", "ё%ё"}) CHECK(containing(session, company::kName, part).empty());
         for (const char* text : {"ип_иванов", "скидка 50% сразу", "10%_скидка", "а_но_вый"})
           insert(session, company::kEntity, {{company::kName, text}});
       });
       const auto session = store->read();

       CHECK(containing(*session, company::kName, "п_и") == Ids{1});
       CHECK(containing(*session, company::kName, "ип_иванов") == Ids{1});
       CHECK(containing(*session, company::kName, "0% с") == Ids{2});
       CHECK(containing(*session, company::kName, "% с") == Ids{2});
       CHECK(containing(*session, company::kName, "%_с") == Ids{3});
       CHECK(containing(*session, company::kName, "а_но") == Ids{4});
       CHECK(containing(*session, company::kName, "а_н_").empty());
     }},
    {"a part may have bytes that are no text: they are compared as they are",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       for (const FieldNo field : {company::kName, company::kInn}) {
         const bool all = field == company::kName;
         CHECK(containing(*session, field, "\xD1\x80\xD0\xBE\xD0") == (all ? Ids{1, 2, 3, 9} : Ids{1, 2, 3}));      // "ро" and half of "м"
         CHECK(containing(*session, field, "\x80\xD0\xBE\xD0\xBC\xD0") == (all ? Ids{1, 2, 9} : Ids{1, 2}));        // half of "р", "ом", half of "а"
         CHECK(containing(*session, field, "\xFF\xFF\xFF").empty());
         CHECK(matching(*session, company::kEntity, where::contains(field, std::string("ром\0ашка", 15))).empty());
       }
     }},
    {"a part may be longer than any text",
     [](const StoreUnderTest& under_test) {
       std::string book;
       for (int page = 0; page < 20'000; ++page) book += "страница " + std::to_string(page) + ", ";
       const auto store = shop_with(under_test, [&](Session& session) {
         texts(session);
         insert(session, company::kEntity, {{company::kName, "# " + book}, {company::kInn, "# " + book}});
       });
       const auto session = store->read();

       for (const FieldNo field : {company::kName, company::kInn}) {
         CHECK(matching(*session, company::kEntity, where::contains(field, book)) == Ids{10});
         CHECK(matching(*session, company::kEntity, where::contains(field, book + "конец")).empty());
       }
     }},
    {"starts_with finds beginnings, byte by byte",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       const auto session = store->read();

       CHECK(starting(*session, company::kInn, "ром") == Ids{1, 3});
       CHECK(starting(*session, company::kInn, "ромашка") == Ids{1});
       CHECK(starting(*session, company::kInn, "Р") == Ids{4});
       CHECK(starting(*session, company::kInn, "ромашка и").empty());
       CHECK(starting(*session, company::kName, "\xD1") == Ids{1, 3, 9});  // the first byte of "р"
     }},
    {"the search sees what was written last",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, texts);
       write(*store, [](Session& session) {
         update(session, company::kEntity, 1, row(session, company::kEntity, 1).version, {{company::kName, "василёк"}});
         refresh(session, company::kEntity, 2, {{company::kName, "василёк плюс"}});
         erase(session, company::kEntity, 9, row(session, company::kEntity, 9).version);

         CHECK(containing(session, company::kName, "ромашка").empty());
         CHECK(containing(session, company::kName, "василёк") == Ids{1, 2});
       });
       {
         const auto dropped = store->write(monday());
         insert(*dropped, company::kEntity, {{company::kName, "ещё один василёк"}});
         update(*dropped, company::kEntity, 1, row(*dropped, company::kEntity, 1).version, {{company::kName, "пион"}});
       }
       const auto session = store->read();

       CHECK(containing(*session, company::kName, "ромашка").empty());
       CHECK(containing(*session, company::kName, "василёк") == Ids{1, 2});
       CHECK(containing(*session, company::kName, "пион").empty());
     }},
    {"a searched field that is null again is found no more",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         insert(session, call::kEntity, {{call::kAt, 1}, {call::kNote, "перезвонить"}});
         insert(session, call::kEntity, {{call::kAt, 2}});
         update(session, call::kEntity, 1, row(session, call::kEntity, 1).version, {{call::kNote, kNull}});
         update(session, call::kEntity, 2, row(session, call::kEntity, 2).version, {{call::kNote, "звонить"}});
       });
       const auto session = store->read();

       CHECK(matching(*session, call::kEntity, where::contains(call::kNote, "звонить")) == Ids{2});
     }},
    {"a part is looked for through references and inside other tests",
     [](const StoreUnderTest& under_test) {
       const auto store = shop_with(under_test, [](Session& session) {
         texts(session);
         insert(session, person::kEntity, {{person::kName, "Анна"}, {person::kCompany, 1}});
         insert(session, person::kEntity, {{person::kName, "Борис"}, {person::kCompany, 6}});
       });
       const auto session = store->read();
       const Path company_name(person::kCompany, company::kName);

       CHECK(matching(*session, person::kEntity, where::contains(company_name, "машка")) == Ids{1});
       CHECK(matching(*session, person::kEntity, where::starts_with(company_name, "ромашк")) == Ids{1});
       CHECK(matching(*session, person::kEntity, where::none({where::contains(company_name, "машка")})) == Ids{2});
       CHECK(matching(*session, company::kEntity,
                      where::any({where::contains(company::kName, "rose"), where::contains(company::kInn, "плюс")})) ==
             Ids{2, 5});
       CHECK(matching(*session, company::kEntity,
                      where::exists(person::kEntity, person::kCompany, kId,
                                    {where::contains(company_name, "машка")})) == Ids{1});
     }},
};

}  // namespace

std::span<const Case> text_cases() { return kCases; }

}  // namespace crm::conformance
