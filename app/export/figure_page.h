// What a view shows as a figure for paper.
#pragma once

#include <string>
#include <string_view>

#include "app/figure/page.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow {

/// Without a caption. `measured` and `pinned` as exported() takes them (export.h).
figure::Page figure_page(const session::Scene& scene, const ui::Measurements& measured,
                         const ui::Measurements& pinned);

/// Anybody's bytes as text that paper takes: well-formed UTF-8 in one line.
std::string on_paper(std::string_view text, std::size_t longest = std::string_view::npos);

}  // namespace gradflow
