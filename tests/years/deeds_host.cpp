// What the host brings: documents posted, revised, un-posted; receipts and shipments (E8, M10, X1).
#include "deeds.hpp"

namespace crm::years {
namespace {

void draw_post(Drawing& drawing, Step& step) {
  const bool again = drawing.one_in(3) && !drawing.documents.empty();
  step.args = {again ? drawing.one_of(drawing.documents) : drawing.key, drawing.of(3), drawing.one_of(drawing.companies),
               2 + drawing.of(kProducts - 2), drawing.of(6), drawing.of(5), drawing.one_in(2) ? drawing.one_of(drawing.users) : -1, drawing.of(12)};
  step.who = -1;
  if (!again) drawing.documents.push_back(drawing.key);
  if (drawing.documents.size() > 40) drawing.documents.erase(drawing.documents.begin());
}

void play_post(const Turn& turn) {
  HostDocument document;
  document.key = "D" + std::to_string(turn.arg(0));
  document.kind = turn.the<HostDocumentKind>(turn.arg(0) % 3);
  document.revision = turn.step.number - (turn.arg(5) == 0 ? 40 : 0);
  document.date = turn.day(-turn.arg(4));
  document.company = turn.the<Company>(turn.arg(2));
  if (turn.arg(6) >= 0) document.user = turn.the<User>(turn.arg(6));
  document.number = std::to_string(turn.arg(0));
  document.amount = Money{turn.step.number * 100, Currency("RUB")};
  std::vector<HostDocumentLine> lines;
  for (int i = 0; i < turn.arg(7) % 3; ++i) {
    HostDocumentLine& line = lines.emplace_back();
    line.product = turn.the<Product>(2 + (turn.arg(3) - 2 + i) % (kProducts - 2));
    line.quantity = Decimal{Decimal::kScale};
    line.amount = Money{turn.step.number * 50, Currency("RUB")};
  }
  const PostingReport report = turn.db.post_document(document, lines, turn.arg(7) == 11 && !turn.house.unit);
  for (const PostingStep& step : report.steps)
    if (step.what == PostingStep::What::made && step.event) turn.made(step.event);
}

void draw_unpost(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.documents)};
  step.who = -1;
}
void play_unpost(const Turn& turn) { turn.db.unpost_document(turn.the<HostDocumentKind>(turn.arg(0) % 3), "D" + std::to_string(turn.arg(0))); }

void draw_receipt(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.companies), drawing.of(2), drawing.of(9), drawing.of(50) - 4, drawing.one_in(3) ? -1 : 2 + drawing.of(kProducts - 2),
               drawing.one_in(3) ? drawing.one_of(drawing.users) : -1, drawing.of(8)};
  step.who = -1;
  drawing.receipts.push_back(drawing.key);
}
void play_receipt(const Turn& turn) {
  Receipt receipt;
  receipt.company = turn.the<Company>(turn.arg(0));
  receipt.kind = static_cast<Receipt::Kind>(turn.arg(1));
  receipt.date = turn.day(-turn.arg(2));
  receipt.amount = Money{turn.arg(3) * 12'345, Currency(turn.arg(6) ? "RUB" : "EUR")};
  if (turn.arg(4) >= 0) {
    receipt.product = turn.the<Product>(turn.arg(4));
    receipt.quantity = Decimal{turn.arg(3) * Decimal::kScale / 2};
  }
  if (turn.arg(5) >= 0) receipt.user = turn.the<User>(turn.arg(5));
  receipt.number = std::to_string(turn.step.number);
  turn.db.save(receipt);
  turn.made(receipt.id);
}

void draw_corrected(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.receipts), drawing.of(100)};
  step.who = -1;
}
void play_corrected(const Turn& turn) {
  Receipt receipt = turn.db.load(turn.the<Receipt>(turn.arg(0)));
  receipt.amount->minor += turn.arg(1);
  turn.db.save(receipt);
}

constexpr Deed kDeeds[] = {
    {"posts document {0} of company {e2}, product {3}, {4} days ago, of an older revision if 0: {5}, for user {6}, {7} lines (dry if 11)", 25,
     draw_post, play_post},
    {"un-posts document {0}", 8, draw_unpost, play_unpost},
    {"brings a receipt (a shipment if {1}) of company {e0}, {2} days ago, amount {3}, product {4}, user {5}, euros if 0: {6}", 22, draw_receipt, play_receipt},
    {"corrects receipt {e0} by {1}", 5, draw_corrected, play_corrected},
};

}  // namespace

std::span<const Deed> deeds_of_the_host() { return kDeeds; }

}  // namespace crm::years
