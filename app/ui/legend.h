// Which curves a legend shows: a click hides one, a second click on it shows it alone, a third shows all.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace gradflow::ui {

class Legend {
 public:
  void click(std::size_t entry);
  bool hidden(std::size_t entry) const;

 private:
  std::vector<bool> hidden_;
  std::optional<std::size_t> alone_;
};

}  // namespace gradflow::ui
