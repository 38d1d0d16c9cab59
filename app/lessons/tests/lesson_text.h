// A small lesson that is good, for tests to read and to break.
#pragma once

#include <string>
#include <string_view>

namespace gradflow::lessons::test {

inline constexpr std::string_view kLesson = R"(# A title

What it is about.

## First

```scene
A = pre-ln
B = post-ln
depth = 6
highlight = depth.slider, stack.B.ffn.residual
```

At depth {6 = depth(A)} the ratio is {2.6 ± 20 % = top(B) / top(A)}.

```task
do: Cut the *residual* of the feed-forward in B.
hint: Click the wire.
when: residual(B, ffn) == off
solution:
  B.sublayers.ffn.residual = false
```

```question
ask: Which is right?
hint: Not the other.
right: This
  Because {1 = 1}.
wrong: That
  Because not,
  and that is all.
```

## Second

```question
ask: How deep is A?
answer: depth(A) ± 0.5
because: It has {6 = depth(A)} layers.
```

```predict
ask: From {6 = depth(A)} to twice that?
set: depth = 12
guess: Less
  below 7
guess: More
  7 to 100
guess: Much more
  above 100
reveal: depth(A)
because: It is {12 = depth(A)}.
```
)";

/// kLesson with the first `from` replaced.
inline std::string lesson_with(std::string_view from, std::string_view to) {
  std::string text(kLesson);
  const std::size_t place = text.find(from);
  return place == std::string::npos ? "no such text" : text.replace(place, from.size(), to);
}

}  // namespace gradflow::lessons::test
