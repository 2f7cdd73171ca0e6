// Random parts of texts, of whatever people type, are found as by the memory store.
#include <doctest/doctest.h>

#include <random>

#include "crm/stores/memory.hpp"
#include "shop.hpp"

namespace crm::conformance {
namespace {

/// Letters of one to four bytes, digits, wildcards, quotes and what other search languages read as operators; letters that Unicode folds to others.
const char* const kSigns[] = {"а", "б", "н",  "А",  "ё",  "Ё", "й", "и\u0306", "a",  "b",  "B",  "n",  "1",  "0",  "%",      "_",          "*",  "?",
                              "[", "]", "^",  "\"", "'",  "\\", "-", "(",       ")",  " ",  ".",  "@",  "+",  ":",  "\u212A", "\u1E9E",     "ß",  "İ",
                              "ı", "K", "k",  "Ω",  "Ω",  "ſ",  "€", "漢",      "😀", "\U00010400", "\U00010428", "\uFFFD", "\uFFFF", "\n", " OR ", "NOT "};

/// A firm whose companies, people and calls have such texts, here and in the memory store.
class SearchTwins {
 public:
  explicit SearchTwins(const StoreUnderTest& under_test)
      : random_(seed()), texts_(random_texts()), reference_(open_memory_store(shop())), tested_(under_test.make(shop())) {
    for (Store* store : {reference_.get(), tested_.get()}) write(*store, [&](Session& session) { fill(session); });
  }

  /// How many of the questions found something.
  int ask(int questions) {
    const auto left = reference_->read();
    const auto right = tested_->read();
    int found = 0;
    for (int i = 0; i < questions; ++i) {
      const Query query = this->query();
      const auto expected = rows(*left, query);
      INFO("part: ", part_, ", question ", i, ", CRM_SEED=", seed());
      REQUIRE(rows(*right, query) == expected);
      if (i % 16 == 0) compare_counts(*left, *right, query);
      found += !expected.empty();
    }
    return found;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  std::string signs(std::size_t most) {
    std::string text;
    for (auto n = below(most + 1); n > 0; --n) text += kSigns[below(std::size(kSigns))];
    return text;
  }

  std::vector<std::string> random_texts() {
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i) texts.push_back(signs(12) + std::to_string(i));  // unique, as the shop wants them
    return texts;
  }

  void fill(Session& session) const {
    for (const std::string& text : texts_) {
      const Id id = insert(session, company::kEntity, {{company::kName, text}, {company::kInn, text}}).id;
      const Id who = insert(session, person::kEntity, {{person::kName, texts_[texts_.size() - static_cast<std::size_t>(id)]}, {person::kCompany, id}}).id;
      insert(session, call::kEntity, {{call::kPerson, who}, {call::kAt, id % 7}, {call::kNote, id % 5 == 0 ? Value() : Value(text)}});
    }
  }

  /// A part of a text that is stored, often with one sign changed, or what is stored nowhere.
  std::string part() {
    if (below(6) == 0) return signs(5);
    const std::string& text = texts_[below(texts_.size())];
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < text.size(); ++at)
      if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) starts.push_back(at);
    starts.push_back(text.size());
    const auto from = below(starts.size());
    const auto to = std::min(from + below(7), starts.size() - 1);
    std::string part = text.substr(starts[from], starts[to] - starts[from]);
    if (below(3) == 0 && to > from) part.replace(0, starts[from + 1] - starts[from], kSigns[below(std::size(kSigns))]);
    return part;
  }

  Filter text_test(Path path) {
    part_ = part();
    return below(3) == 0 ? where::starts_with(path, part_) : where::contains(path, part_);
  }

  Filter filter() {
    const Path name = below(2) == 0 ? company::kName : company::kInn;
    switch (below(7)) {
      case 0: return where::any({text_test(name), text_test(company::kName)});
      case 1: return where::none({text_test(name)});
      case 2: return where::all({text_test(name), text_test(company::kName), where::ge(kId, static_cast<Id>(below(60)))});
      case 3:
        return where::exists(person::kEntity, person::kCompany, kId,
                             {where::exists(call::kEntity, call::kPerson, kId, {text_test(call::kNote)})});
      case 4: return where::exists(person::kEntity, person::kCompany, kId, {text_test({person::kCompany, company::kName})});
      default: return text_test(name);
    }
  }

  Query query() {
    Query query;
    query.entity = company::kEntity;
    query.columns = {kId};
    query.filter = filter();
    if (below(3) == 0) query.order = {{company::kName, below(2) == 0}};
    if (below(4) == 0) query.limit = static_cast<std::int64_t>(1 + below(5));
    if (below(4) == 0) {
      query.after = {static_cast<Id>(below(60))};
      if (!query.order.empty()) query.after.insert(query.after.begin(), Value(texts_[below(texts_.size())]));
    }
    return query;
  }

  void compare_counts(Session& left, Session& right, const Query& query) {
    Aggregate aggregate;
    aggregate.entity = query.entity;
    aggregate.filter = query.filter;
    aggregate.measures = {{Measure::Fn::count, {}}, {Measure::Fn::max, company::kName}};
    REQUIRE(right.aggregate(aggregate) == left.aggregate(aggregate));
  }

  std::mt19937_64 random_;
  std::vector<std::string> texts_;
  std::unique_ptr<Store> reference_;
  std::unique_ptr<Store> tested_;
  std::string part_;
};

const Case kCases[] = {
    {"whatever people type into a search is found as by the memory store",
     [](const StoreUnderTest& under_test) {
       SearchTwins twins(under_test);

       CHECK(twins.ask(under_test.searches) > under_test.searches / 3);
     }},
};

}  // namespace

std::span<const Case> search_cases() { return kCases; }

}  // namespace crm::conformance
