// print_landmarks WIDTH HEIGHT NAME [VALUE...]: where a control of the default window lies at that size, as
// "x y" a line: its centre, or with values the places of those values along its scale. For scripts that drive
// the real window.
#include <cmath>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "app/tests/driver.h"

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: print_landmarks WIDTH HEIGHT NAME [VALUE...]\n";
    return 2;
  }
  try {
    gradflow::testing::Stage stage;
    stage.width = std::atoi(argv[1]);
    stage.height = std::atoi(argv[2]);
    gradflow::testing::Driver driver(stage);
    driver.settle();
    const gradflow::ui::Landmark& landmark = driver.landmark(argv[3]);
    const auto print = [&](float x) {
      std::cout << std::lround(x) << ' ' << std::lround(landmark.rect.center_y()) << '\n';
    };
    if (argc == 4) print(landmark.rect.center_x());
    for (int i = 4; i < argc; ++i) print(landmark.x.value().x_of(std::atof(argv[i])));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "print_landmarks: " << error.what() << '\n';
    return 1;
  }
}
