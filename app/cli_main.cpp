// gradflow-cli: the program without a window.
#include "app/cli/run.h"

int main(int argc, char** argv) { return gradflow::cli::run(argc, argv); }
