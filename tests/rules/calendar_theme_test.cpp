#include "crm/rules/calendar_theme.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crm;

namespace {

using State = EffectiveState;
using Priority = Event::Priority;

CalendarStyle style(std::optional<State> state, std::optional<Priority> priority, const char* background, const char* ink = "") {
  CalendarStyle out;
  out.state = state;
  out.priority = priority;
  out.background = background;
  out.ink = ink;
  return out;
}

double ratio(const char* one, const char* other) { return contrast(*parse_colour(one), *parse_colour(other)); }

}  // namespace

TEST_CASE("colours") {
  CHECK(parse_colour("#1f2933") == Colour{31, 41, 51});
  CHECK(parse_colour("#FFFFFF") == Colour{255, 255, 255});
  CHECK(parse_colour("#abcdef") == Colour{171, 205, 239});
  CHECK(parse_colour("#ABCDEF") == Colour{171, 205, 239});
  for (const char* bad : {"", "#FFF", "1F2933", "#1F293G", "#1f293g", "#1f293`", "#1F293@", "#1F293/", "#1F293:", "1234567", "#1F29333", "red", "#1F293 "}) CHECK_FALSE(parse_colour(bad));
}

TEST_CASE("contrast as WCAG defines it") {
  CHECK(ratio("#000000", "#FFFFFF") == doctest::Approx(21));
  CHECK(ratio("#FFFFFF", "#FFFFFF") == doctest::Approx(1));
  CHECK(ratio("#010101", "#000000") == doctest::Approx(1.00607).epsilon(0.000001));  // 1/255/12.92 above 0.05
  // The known edge of AA on white: #767676 is the lightest grey that passes (4.54), #777777 fails (4.48).
  CHECK(ratio("#767676", "#FFFFFF") == doctest::Approx(4.54).epsilon(0.001));
  CHECK(ratio("#FFFFFF", "#777777") == doctest::Approx(4.48).epsilon(0.001));
  CHECK(ratio("#FF0000", "#FFFFFF") == doctest::Approx(3.998).epsilon(0.001));
  CHECK(ratio("#0000FF", "#FFFFFF") == doctest::Approx(8.59).epsilon(0.001));
}

TEST_CASE("the line that says most goes first, each colour by itself") {
  CalendarTheme theme;
  theme.id = {1};
  std::vector<CalendarStyle> styles = {style({}, {}, "#000001", "#00000A"), style({}, Priority::high, "#000002"),
                                       style(State::held, {}, "#000003", "#00000C"), style(State::held, Priority::high, "#000004")};
  for (CalendarStyle& s : styles) s.theme = {1};
  styles[1].bold = true;
  styles[2].italic = true;
  CalendarStyle foreign = style({}, {}, "#0000FF");
  foreign.theme = {2};
  styles.insert(styles.begin(), foreign);
  const CalendarLooks looks(theme, styles);

  CHECK(looks.at(State::planned, Priority::normal) == CalendarLook{"#000001", "#00000A", "#00000A", false, false, false});
  CHECK(looks.at(State::planned, Priority::high) == CalendarLook{"#000002", "#00000A", "#00000A", true, false, false});
  CHECK(looks.at(State::held, Priority::low) == CalendarLook{"#000003", "#00000C", "#00000C", false, true, false});
  CHECK(looks.at(State::held, Priority::high) == CalendarLook{"#000004", "#00000C", "#00000C", true, true, false});
  CHECK(CalendarLooks(theme, {}).at(State::held, Priority::high) == CalendarLook{"#FFFFFF", "#1F2933", "#1F2933", false, false, false});
}

TEST_CASE("everything that the built-in theme writes can be read (WCAG AA), and its states are told apart") {
  const CalendarTheme theme = standard_theme();
  for (const std::string& under : {theme.paper, theme.off_hours, theme.today}) CHECK(ratio(under.c_str(), theme.ink.c_str()) >= 4.5);
  const CalendarLooks looks(theme, standard_styles());
  for (int state = 0; state < 6; ++state) {
    for (int priority = 0; priority < 4; ++priority) {
      const CalendarLook& look = looks.at(static_cast<State>(state), static_cast<Priority>(priority));
      CHECK(ratio(look.background.c_str(), look.ink.c_str()) >= 4.5);
      for (int other = 0; other < state; ++other) {
        const CalendarLook& not_it = looks.at(static_cast<State>(other), static_cast<Priority>(priority));
        CHECK(look.background != not_it.background);
        CHECK(look.ink != not_it.ink);
        CHECK(look.accent != look.ink);
      }
    }
  }
  CHECK_FALSE(least_readable(looks));
  CHECK_FALSE(theme.name_ru.empty());
  CHECK_FALSE(theme.name_en.empty());
  CHECK_FALSE(looks.at(State::planned, Priority::normal).bold);
  // Colour alone tells nothing to who does not see it: postponed is italic, cancelled struck, overdue is listed apart; high is bold.
  CHECK(looks.at(State::postponed, Priority::normal).italic);
  CHECK(looks.at(State::cancelled, Priority::normal).struck);
  CHECK(looks.at(State::planned, Priority::high).bold);
  CHECK(looks.at(State::planned, Priority::very_high).accent != looks.at(State::planned, Priority::high).accent);
}

TEST_CASE("the least readable look is named") {
  CalendarTheme theme;
  const std::vector<CalendarStyle> styles = {style({}, {}, "#FFFFFF", "#777777"), style(State::cancelled, Priority::low, "#FFFFFF", "#AAAAAA")};
  const auto worst = least_readable(CalendarLooks(theme, styles));
  REQUIRE(worst);
  CHECK(worst->state == State::cancelled);
  CHECK(worst->priority == Priority::low);
  CHECK(worst->contrast == doctest::Approx(2.32).epsilon(0.01));
}

TEST_CASE("of two lines that both fit, that of the state goes first, in whatever order they stand") {
  CalendarTheme theme;
  std::vector<CalendarStyle> styles = {style({}, Priority::high, "#000002"), style(State::held, {}, "#000003")};
  CHECK(CalendarLooks(theme, styles).at(State::held, Priority::high).background == "#000003");
  std::ranges::reverse(styles);
  CHECK(CalendarLooks(theme, styles).at(State::held, Priority::high).background == "#000003");
}

TEST_CASE("of looks that are read alike the first is named; a colour that is none is not judged") {
  CalendarTheme theme;
  const auto worst = least_readable(CalendarLooks(theme, std::vector{style({}, {}, "#FFFFFF", "#777777")}));
  REQUIRE(worst);
  CHECK(worst->state == State::planned);
  CHECK(worst->priority == Priority::low);
  CHECK_FALSE(least_readable(CalendarLooks(theme, std::vector{style({}, {}, "white", "#777777")})));
  CHECK_FALSE(least_readable(CalendarLooks(theme, std::vector{style({}, {}, "#FFFFFF", "grey")})));
}

TEST_CASE("a state or a priority that only a later release knows is drawn as planned, as normal") {
  const CalendarLooks looks(standard_theme(), standard_styles());
  CHECK(looks.at(static_cast<State>(6), Priority::low) == looks.at(State::planned, Priority::low));
  CHECK(looks.at(State::held, static_cast<Priority>(4)) == looks.at(State::held, Priority::normal));
}
