// Documents of the host as JSON (E8).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

HostDocumentKindId kind_of(Crm& crm, std::string_view code) {
  Query query;
  query.filter = where::eq(HostDocumentKind::kCode, std::string(code));
  const auto found = crm.list<HostDocumentKind>(query);
  if (found.empty())
    refuse(Code::not_found, {"record.not_found", HostDocumentKind::kEntity, HostDocumentKind::kCode, 0, shorten(code), "host_document_kind"});
  return found.front().id;
}

/// The members of an object as fields of a record; all violations at once.
template <class E>
E entity_of(Crm& crm, json::object object) {
  resolve_external(crm, object);
  Record record(E::kEntity);
  std::vector<Violation> violations;
  set_fields(record, object, violations);
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return from_row<E>(record.row);
}

std::string report_json(Crm& crm, const PostingReport& report) {
  static constexpr const char* kWhat[] = {"made", "changed", "undone", "changed_since", "refused", "nothing"};
  json::array steps;
  for (const PostingStep& step : report.steps) {
    json::object one{{"what", kWhat[static_cast<int>(step.what)]}, {"rule_id", step.rule.value}};
    if (step.event) one["event_id"] = step.event.value;
    if (!step.why.empty()) one["why"] = json::parse(violations_json(step.why, crm.language()));
    steps.push_back(std::move(one));
  }
  json::object out{{"repeated", report.repeated}, {"steps", std::move(steps)}};
  if (report.document) out["document_id"] = report.document.value;
  return json::serialize(out);
}

}  // namespace

std::string post_document_json(Crm& crm, std::string_view text, bool dry_run) {
  const json::value parsed = parse_json(crm, text);
  const JsonAt at(parsed);
  if (!parsed.is_object()) bad_json(at, "a document: an object");
  json::object object = parsed.get_object();
  const json::value* kind = object.if_contains("kind");
  if (!kind || !kind->is_string()) bad_json(at, "kind: the code of a kind of documents");
  const HostDocumentKindId kind_id = kind_of(crm, kind->get_string());
  object.erase("kind");
  std::vector<HostDocumentLine> lines;
  if (const json::value* given = parsed.get_object().if_contains("lines")) {
    for (const JsonAt& line : elements_in(at.inside(*given))) {
      if (!line->is_object()) bad_json(line, "a line: an object");
      lines.push_back(placed(line, [&] { return entity_of<HostDocumentLine>(crm, line->get_object()); }));
    }
    object.erase("lines");
  }
  auto document = entity_of<HostDocument>(crm, std::move(object));
  document.kind = kind_id;
  return report_json(crm, crm.post_document(document, lines, dry_run));
}

std::string unpost_document_json(Crm& crm, std::string_view kind, std::string_view key, bool dry_run) {
  return report_json(crm, crm.unpost_document(kind_of(crm, kind), key, dry_run));
}

}  // namespace crm
