// Running text in lines: words of different letters, broken at spaces.
#pragma once

#include <string>
#include <vector>

#include "app/figure/document.h"
#include "app/figure/faces.h"
#include "app/lessons/lesson.h"

namespace gradflow {

/// How a text is set where its spans say nothing else.
struct TextSetting {
  double size = 10.5, leading = 15.5;
  figure::Rgb color = {};
  bool strong = false;
};

/// Text of one look within a line.
struct TextRun {
  double x = 0, width = 0;  // from the line's left end
  std::string words;
  figure::TextLook look;
  std::string link = {};
};
using TextLine = std::vector<TextRun>;

/// At least one line. A word that is wider than a line is broken anywhere.
std::vector<TextLine> lines_of(const lessons::Spans& spans, const TextSetting& setting, double width,
                               figure::Faces* faces);

/// How wide the text is in one line, and its widest word.
struct TextExtent {
  double line = 0, word = 0;
};
TextExtent extent_of(const lessons::Spans& spans, const TextSetting& setting, figure::Faces* faces);

/// From the middle of a line down to where letters stand, in units of their size.
inline constexpr double kBaseLine = 0.36;

}  // namespace gradflow
