/// Sales funnels as data (M12): ordered stages and what enters into each.
#pragma once

#include <string>

#include "crm/model/event.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// M12: воронка продаж.
struct Funnel {
  static constexpr EntityNo kEntity = 60;
  enum Field : FieldNo { kCode = 3, kNameRu, kNameEn, kCaseOf, kRetired };
  /// What goes through the funnel (Definitions, Funnel: a case).
  enum class Case : std::int32_t {
    company = 0,
    company_product = 1,  ///< a company once for each product
    deal = 2,             ///< by the events' `case` key; one without a key is its company's
  };

  FunnelId id;
  Version version = 0;
  std::string code;       ///< unique
  std::string name_ru;
  std::string name_en;
  Case case_of = Case::company;
  bool retired = false;
};

/// A stage; they are passed in the order of `place`, the last one is *won*.
struct FunnelStage {
  static constexpr EntityNo kEntity = 61;
  enum Field : FieldNo { kFunnel = 3, kPlace, kCode, kNameRu, kNameEn };

  FunnelStageId id;
  Version version = 0;
  FunnelId funnel;
  std::int32_t place = 1; ///< 1..; unique in its funnel
  std::string code;
  std::string name_ru;
  std::string name_en;
};

/// What enters into a stage: events of a type, at their start when it is held, else at their transition into the state; or posted documents of
/// a kind, at their date. Without a stage: what loses the case, a document of the kind (refusal outcomes lose by themselves).
struct FunnelRule {
  static constexpr EntityNo kEntity = 62;
  enum Field : FieldNo { kFunnel = 3, kStage, kType, kState, kDocumentKind };

  IdOf<FunnelRule> id;
  Version version = 0;
  FunnelId funnel;
  FunnelStageId stage;
  EventTypeId type;       ///< either this
  Event::State state = Event::State::held;
  HostDocumentKindId document_kind;  ///< or this
};

}  // namespace crm
