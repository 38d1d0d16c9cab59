// A hand that does in the window what a lesson's setting says: it finds the control and moves it, and never
// touches the scene itself.
#pragma once

#include "app/lessons/lesson.h"
#include "app/tests/driver.h"

namespace gradflow::testing {

/// Throws std::logic_error where no control does it.
void do_by_hand(Driver& driver, const lessons::Setting& setting);

/// All of a solution, one after the other; settles.
void do_by_hand(Driver& driver, const std::vector<lessons::Setting>& settings);

}  // namespace gradflow::testing
