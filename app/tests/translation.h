// A window in a language without a single English letter, and all texts that it shows.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/walk.h"
#include "app/tests/driver.h"
#include "core/io/tests/other_language.h"

namespace gradflow::testing {

class Translation : public ::testing::Test {
 protected:
  using Texts = std::set<std::string, std::less<>>;

  static Stage stage_of(session::View view);
  Driver& open(session::View view) { return open(stage_of(view)); }
  Driver& open(const Stage& stage);

  void unfold();
  /// The mouse over all that there is.
  void point_at_everything();
  /// Opens a list, points at its entries and leaves it.
  void look_into(const std::string& name);

  std::size_t texts() const { return texts_.size(); }
  void keep(const std::string& text) { texts_.insert(text); }

  /// What lessons say is data, for they are translated file by file.
  void allow_what_is_said_in(const std::vector<lessons::CourseEntry>& lessons);

  /// These were shown in the other language, with whatever values.
  void expect_shown(std::initializer_list<std::string_view> english) const;
  /// Keys such as init.gain and attention.w_q stay, and what a test allows.
  void expect_all_translated(const Texts& allowed = {});

 private:
  std::string without_lessons(std::string text) const;

  Texts texts_;
  std::string said_;                 // in lessons
  std::vector<std::string> quoted_;  // titles, names and formulas of lessons, which the window's texts quote
  test::OtherLanguage language_;
  std::unique_ptr<Driver> driver_;  // one window lives at a time
};

}  // namespace gradflow::testing
