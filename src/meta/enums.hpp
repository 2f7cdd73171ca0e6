// The enumerations of the model with their codes and captions.
#pragma once

#include "crm/meta/meta.hpp"

namespace crm::enums {

extern const EnumInfo kMatrixPolicy, kCompanyStatus, kContactKind, kLegalForm, kPrecision, kAssignmentRole, kReceiptKind,
    kPriority, kState, kVerification, kOutcomeKind, kRescheduleKind, kCharacteristicKind, kClassifierKind, kSubject,
    kNoticeKind, kNoticeState, kTrigger, kRecipientRole, kRoleScope, kRoleMatrix, kDocumentDoes, kEffectiveState,
    kHostFeed, kPlanMeasure, kFunnelCase, kDimension, kFigure, kEventsCounted;

/// All of them, for constants and forms.
std::span<const EnumInfo* const> all();

}  // namespace crm::enums
