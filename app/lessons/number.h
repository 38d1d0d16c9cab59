// "3.0 ± 0.2 = top(B) / top(A)": a number that is told, and what it is measured by.
#pragma once

#include <string_view>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

/// An expression and how far a measurement may lie from the number told.
struct Expected {
  Expression expression;
  Tolerance tolerance;
};

/// "EXPRESSION ± 0.2" or "EXPRESSION ± 10 %"; without ± the tolerance is 0. Throws InputError.
Expected read_expected(std::string_view text);

/// "TOLD ± TOLERANCE = EXPRESSION"; without ± the last digit that is told may be rounded. Throws InputError.
Number read_number(std::string_view text);

/// "below 5", "5 to 15", "above 15". Throws InputError.
Range read_range(std::string_view text);

}  // namespace gradflow::lessons
