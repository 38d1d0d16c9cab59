// Numbers as text: the shortest digits that read back as the same double.
#pragma once

#include <string>

namespace gradflow {

/// "0.1", "1e-05", "12", "inf", "-inf", "nan".
std::string shortest(double value);

}  // namespace gradflow
