#!/bin/sh
# run.sh [SECONDS]: builds the fuzz targets and runs each for so long (60 unless said), starting from the kept
# corpus. What it finds new stays in build/fuzz/corpus/; what breaks lies in build/fuzz/ as crash-*.
set -eu
seconds=${1:-60}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=$root/build/fuzz
cd "$root"
cmake --preset fuzz
cmake --build --preset fuzz
for target in stack preset tensor; do
  mkdir -p "$build/corpus/$target"
  echo "fuzz_$target for $seconds s"
  "$build/bin/fuzz_$target" -max_total_time="$seconds" -timeout=10 -max_len=16384 -print_final_stats=1 \
    -artifact_prefix="$build/crash-$target-" -dict="$here/json.dict" \
    "$build/corpus/$target" "$here/corpus/$target" >"$build/$target.log" 2>&1 || {
    tail -n 40 "$build/$target.log"
    exit 1
  }
  grep -E 'number_of_executed_units|new_units_added' "$build/$target.log"
done
